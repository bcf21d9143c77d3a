//! Files by name, their pipelines, and positions in these.

use std::path::PathBuf;

use pyo3::prelude::*;

use crate::code_points::CodePoints;
use crate::error;
use crate::evaluation::{Rendered, decided, evaluated, rendered_of};
use crate::finding::{Diagnostic, diagnostics};
use crate::given::values_of;
use crate::plan::{Asked, Plan, plan};
use crate::texts::Texts;
use crate::value::python_of;

/// The files of a repository, in memory. Threads may share it.
///
/// >>> import pipewright as pw
/// >>> project = pw.Project()
/// >>> project.set_text("p.yaml", "pipeline: {identifier: p, variables: [{name: tag, type: String, value: v1}]}")
/// >>> project.pipeline("p.yaml").get("pipeline.variables.tag").value
/// 'v1'
#[pyclass(frozen, module = "pipewright")]
#[derive(Debug, Default)]
pub(crate) struct Project(std::sync::Mutex<pipewright::Project>);

impl Project {
    /// A copy, which is cheap, so that nothing is held while Python runs.
    fn now(&self) -> pipewright::Project {
        self.held().clone()
    }

    fn held(&self) -> std::sync::MutexGuard<'_, pipewright::Project> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[pymethods]
impl Project {
    #[new]
    fn new() -> Self {
        Self::default()
    }

    /// The YAML and JSON files below a directory, as the command line finds them. Their names are their paths below it,
    /// with `/`. Raises `Error` of the kind `not-found` where there is no such directory.
    #[staticmethod]
    fn open(py: Python<'_>, directory: PathBuf) -> PyResult<Self> {
        let project = py.detach(|| pipewright::Project::open(directory));
        let project = project.map_err(|error| error::error(py, &error))?;
        Ok(Self(project.into()))
    }

    /// Puts a text in, or in the place of the one of that name. Names are paths with `/`: which files belong together
    /// follows from them.
    fn set_text(&self, py: Python<'_>, name: &str, text: &str) {
        py.detach(|| self.held().set_text(name, text));
    }

    /// Takes a text out. Whether there was one.
    fn remove(&self, name: &str) -> bool {
        self.held().remove(name)
    }

    /// The names of the texts, sorted.
    fn names(&self) -> Vec<String> {
        self.held().names()
    }

    /// What the rules that are on by default find in all texts, by file, start and rule.
    fn check(&self, py: Python<'_>) -> PyResult<Vec<Diagnostic>> {
        let project = self.now();
        let found = py.detach(|| project.check());
        diagnostics(py, found, |name| project.text(name))
    }

    /// The pipeline of a text, or what its template holds of one; of several the first pipeline. It stays as it is now.
    /// Raises `Error` of the kind `not-found` where there is no such text, or it holds no pipeline.
    fn pipeline(&self, py: Python<'_>, name: &str) -> PyResult<Pipeline> {
        let project = self.now();
        let pipeline = py.detach(|| project.pipeline(name));
        let pipeline = pipeline.map_err(|error| error::error(py, &error))?;
        Ok(Pipeline {
            name: name.to_owned(),
            inner: pipeline,
            project,
        })
    }

    fn __repr__(&self) -> String {
        format!("<Project of {} texts>", self.held().names().len())
    }
}

/// A pipeline of a project, with the templates at hand written out.
#[pyclass(frozen, module = "pipewright")]
#[derive(Debug)]
pub(crate) struct Pipeline {
    /// The name of its text.
    #[pyo3(get)]
    name: String,
    inner: pipewright::Pipeline,
    project: pipewright::Project,
}

/// What stands at a fully qualified name.
#[pyclass(frozen, get_all, module = "pipewright")]
#[derive(Debug)]
pub(crate) struct Named {
    /// Its value, as far as the files tell.
    value: Py<PyAny>,
    /// The file in which it is written; `None` for what only a run makes.
    file: Option<String>,
    /// Where it begins in that file.
    start: Option<usize>,
    /// Where it ends.
    end: Option<usize>,
}

/// A path that an expression of a pipeline names.
#[pyclass(frozen, eq, get_all, module = "pipewright")]
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Reference {
    /// The path as it is written; parts that only a run knows as `*`.
    path: String,
    /// The file in which it is written.
    file: String,
    /// Where it begins in that file.
    start: usize,
    /// Where it ends.
    end: usize,
    /// The fully qualified name of the node that reads.
    from_: String,
    /// The fully qualified name of what it points at.
    to: Option<String>,
    /// What became of it: `resolved`, `undefined`, `parallel`, `later`, `run-time`, `unknown`, …
    outcome: String,
}

#[pymethods]
impl Pipeline {
    /// What stands at a fully qualified name. Raises `Error` of the kind `not-found` where the pipeline has no such
    /// name.
    fn get(&self, py: Python<'_>, fqn: &str) -> PyResult<Named> {
        let named = py.detach(|| self.inner.get(fqn));
        let named = named.map_err(|error| error::error(py, &error))?;
        let text = named
            .file
            .as_deref()
            .and_then(|file| self.project.text(file));
        let place = text.zip(named.range);
        let place = place.map(|(text, range)| CodePoints::new(&text).range(&range));
        let (start, end) = place.unzip();
        Ok(Named {
            value: python_of(py, named.value.as_engine_value())?.unbind(),
            file: named.file,
            start,
            end,
        })
    }

    /// The position of a node or setting by its fully qualified name, or of the only node with an identifier. Raises
    /// `Error` of the kind `not-found` where there is none.
    fn at(&self, py: Python<'_>, name: &str) -> PyResult<Scope> {
        let scope = self.inner.at(name);
        scope.map(Scope).map_err(|error| error::error(py, &error))
    }

    /// The position at a line and column of the file, both from 1. Raises `Error` of the kind `not-found` where the
    /// pipeline is not around it.
    fn at_position(&self, py: Python<'_>, line: u32, column: u32) -> PyResult<Scope> {
        let scope = self.inner.at_position(line, column);
        scope.map(Scope).map_err(|error| error::error(py, &error))
    }

    /// Every path that expressions of the pipeline name, in the order of the file, and what became of it.
    fn references(&self, py: Python<'_>) -> Vec<Reference> {
        let references = py.detach(|| self.inner.references());
        let mut texts = Texts::new(|file: &str| self.project.text(file));
        let reference = |reference: pipewright::Reference| {
            let (start, end) = texts.range(&reference.file, &reference.range);
            Reference {
                path: reference.path,
                file: reference.file,
                start,
                end,
                from_: reference.from,
                to: reference.to,
                outcome: reference.outcome,
            }
        };
        references.into_iter().map(reference).collect()
    }

    /// Which stages, groups and steps would run under what is given, and why.
    ///
    /// `fail` holds fully qualified names, as `pipewright plan --fail` takes them (also `FQN:TYPE` and `FQN:TYPE@N`);
    /// `intervene` pairs of a name and an action. Raises `Error` of the kinds `not-found` and `input`.
    #[pyo3(signature = (values = None, *, fail = Vec::new(), intervene = Vec::new(), skip_stages = Vec::new(),
        only_stages = Vec::new(), engine = None, reading = None))]
    #[expect(clippy::too_many_arguments, reason = "each is a keyword of Python")]
    fn plan(
        &self,
        py: Python<'_>,
        values: Option<&Bound<'_, PyAny>>,
        fail: Vec<String>,
        intervene: Vec<(String, String)>,
        skip_stages: Vec<String>,
        only_stages: Vec<String>,
        engine: Option<String>,
        reading: Option<String>,
    ) -> PyResult<Plan> {
        let asked = Asked {
            fail,
            intervene,
            skip_stages,
            only_stages,
            engine,
            reading,
        };
        plan(py, &self.inner, values, asked)
    }

    fn __repr__(&self) -> String {
        format!("<Pipeline of {}>", self.name)
    }
}

#[pymethods]
impl Named {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let value = self.value.bind(py).repr()?;
        Ok(format!("<Named {value}>"))
    }
}

#[pymethods]
impl Reference {
    fn __repr__(&self) -> String {
        format!("<Reference {} {}>", self.path, self.outcome)
    }
}

/// A node or setting of a pipeline: expressions see what they would see there in a run, with given values for what only
/// a run can tell.
#[pyclass(frozen, module = "pipewright")]
#[derive(Debug)]
pub(crate) struct Scope(pipewright::Scope);

#[pymethods]
impl Scope {
    /// The value of an expression that is read here, as `evaluate` gives it.
    #[pyo3(signature = (text, values = None))]
    fn evaluate<'py>(
        &self,
        py: Python<'py>,
        text: &str,
        values: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let values = values_of(values)?;
        let value = py.detach(|| self.0.evaluate(text, &values));
        evaluated(py, text, value)
    }

    /// Whether a condition that stands here holds, as `condition` decides it.
    #[pyo3(signature = (text, values = None))]
    fn condition<'py>(
        &self,
        py: Python<'py>,
        text: &str,
        values: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let values = values_of(values)?;
        let decision = py.detach(|| self.0.condition(text, &values));
        decided(py, text, decision)
    }

    /// A text with its expressions replaced, read here, as `render` does it.
    #[pyo3(signature = (text, values = None))]
    fn render(
        &self,
        py: Python<'_>,
        text: &str,
        values: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Rendered> {
        let values = values_of(values)?;
        let rendered = py.detach(|| self.0.render(text, &values));
        rendered_of(py, text, rendered)
    }

    /// Whether the node's own `when` lets it run, once what is around it runs.
    #[pyo3(signature = (values = None))]
    fn runs<'py>(
        &self,
        py: Python<'py>,
        values: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let values = values_of(values)?;
        let decision = py.detach(|| self.0.runs(&values));
        decided(py, "", decision)
    }
}
