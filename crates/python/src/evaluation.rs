//! Conditions, predicates, expressions and texts.

use pipewright::Decision;
use pyo3::IntoPyObjectExt as _;
use pyo3::prelude::*;

use crate::code_points::CodePoints;
use crate::error::error_in;
use crate::given::values_of;
use crate::unknown::Unknown;
use crate::value::python_of;

/// A rendered text. `str()` of it is the text.
#[pyclass(frozen, get_all, module = "pipewright")]
#[derive(Debug)]
pub(crate) struct Rendered {
    /// The text: what is null stands in it as `null`, what only a run can tell as it was written.
    text: String,
    /// The expressions that are null, from left to right.
    missing: Vec<Py<Unresolved>>,
    /// The expressions that only a run can tell, from left to right.
    unknown: Vec<Py<Unresolved>>,
}

/// An expression without value.
#[pyclass(frozen, eq, get_all, module = "pipewright")]
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Unresolved {
    /// The expression with its delimiters.
    expression: String,
    /// Where it begins in the text.
    start: usize,
    /// Where it ends.
    end: usize,
    /// Why it has no value, as a sentence without a full stop.
    reason: String,
    /// Names that were probably meant.
    suggestions: Vec<String>,
}

/// A path that an expression names: names joined by dots, parts that only a run knows as `*`.
#[pyclass(frozen, eq, hash, get_all, module = "pipewright")]
#[derive(PartialEq, Eq, Hash, Debug)]
pub(crate) struct Name {
    /// The path.
    path: String,
    /// Where it begins in the text.
    start: usize,
    /// Where it ends.
    end: usize,
}

/// A condition that is parsed once and decided many times. Threads may share it.
///
/// >>> import pipewright as pw
/// >>> is_production = pw.Condition("<+env.name> == 'prod'")
/// >>> is_production.decide({"env": {"name": "prod"}}), is_production.decide({"env": {"name": "qa"}})
/// (True, False)
#[pyclass(frozen, module = "pipewright")]
#[derive(Debug)]
pub(crate) struct Condition {
    #[pyo3(get)]
    /// The condition as it was given.
    text: String,
    parsed: pipewright::Condition,
}

#[pymethods]
impl Condition {
    #[new]
    fn new(py: Python<'_>, text: String) -> PyResult<Self> {
        let parsed = py.detach(|| pipewright::Condition::new(&text));
        let parsed = parsed.map_err(|error| error_in(py, &text, &error))?;
        Ok(Self { text, parsed })
    }

    /// Whether it holds with these values: `True`, `False` or `Unknown`. Raises `Error` as `condition` does.
    #[pyo3(signature = (values = None))]
    fn decide<'py>(
        &self,
        py: Python<'py>,
        values: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let values = values_of(values)?;
        let decision = py.detach(|| self.parsed.decide(&values));
        decided(py, &self.text, decision)
    }

    fn __repr__(&self) -> String {
        format!("Condition({:?})", self.text)
    }
}

#[pymethods]
impl Rendered {
    fn __str__(&self) -> &str {
        &self.text
    }

    fn __repr__(&self) -> String {
        format!(
            "<Rendered {:?}, {} missing, {} unknown>",
            self.text,
            self.missing.len(),
            self.unknown.len()
        )
    }
}

#[pymethods]
impl Unresolved {
    fn __repr__(&self) -> String {
        format!(
            "<Unresolved {} at {}..{}: {}>",
            self.expression, self.start, self.end, self.reason
        )
    }
}

#[pymethods]
impl Name {
    fn __repr__(&self) -> String {
        format!("<Name {} at {}..{}>", self.path, self.start, self.end)
    }
}

/// Whether a `when` with this condition lets its node run, whatever happened before: `True`, `False` or `Unknown`.
///
/// The text `true` is true, as is any other that is not empty; `false` and the empty text are false.
///
/// >>> import pipewright as pw
/// >>> pw.condition("<+env.name> == 'prod'", {"env": {"name": "prod"}})
/// True
///
/// Raises `Error` of the kinds `input`, `syntax`, `evaluation` (also for a name alone that is null) and `budget`.
#[pyfunction]
#[pyo3(signature = (text, values = None))]
pub(crate) fn condition<'py>(
    py: Python<'py>,
    text: &str,
    values: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let values = values_of(values)?;
    let decision = py.detach(|| pipewright::condition(text, &values));
    decided(py, text, decision)
}

/// Whether an expression is true: `True`, `False` or `Unknown`. Anything but a Boolean raises `Error`.
///
/// >>> import pipewright as pw
/// >>> pw.predicate("<+n> > 1", {"n": 2})
/// True
#[pyfunction]
#[pyo3(signature = (text, values = None))]
pub(crate) fn predicate<'py>(
    py: Python<'py>,
    text: &str,
    values: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let values = values_of(values)?;
    let decision = py.detach(|| pipewright::predicate(text, &values));
    decided(py, text, decision)
}

/// The value of an expression, in which `<+…>` are names and expressions.
///
/// Null is `None`, numbers are `int`, `float` and `Decimal`, dates `datetime`, lists and maps `list` and `dict`; what
/// only a run can tell is `Unknown`.
///
/// >>> import pipewright as pw
/// >>> pw.evaluate("<+n> + 1", {"n": 2})
/// 3
///
/// Raises `Error` of the kinds `syntax`, `evaluation` and `budget`.
#[pyfunction]
#[pyo3(signature = (text, values = None))]
pub(crate) fn evaluate<'py>(
    py: Python<'py>,
    text: &str,
    values: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let values = values_of(values)?;
    let value = py.detach(|| pipewright::evaluate(text, &values));
    evaluated(py, text, value)
}

/// A text with its expressions replaced.
///
/// >>> import pipewright as pw
/// >>> out = pw.render("echo <+a> <+env.nmae>", {"a": 1})
/// >>> str(out), out.missing[0].expression
/// ('echo 1 null', '<+env.nmae>')
///
/// Raises `Error` of the kinds `syntax`, `evaluation` and `budget`, with the place of the expression that fails.
#[pyfunction]
#[pyo3(signature = (text, values = None))]
pub(crate) fn render<'py>(
    py: Python<'py>,
    text: &str,
    values: Option<&Bound<'py, PyAny>>,
) -> PyResult<Rendered> {
    let values = values_of(values)?;
    let rendered = py.detach(|| pipewright::render(text, &values));
    rendered_of(py, text, rendered)
}

/// The paths that the expressions of a text name, from left to right. Where an expression is broken it names nothing.
///
/// >>> import pipewright as pw
/// >>> pw.names("echo <+artifact.tag>")
/// [<Name artifact.tag at 7..19>]
#[pyfunction]
pub(crate) fn names(py: Python<'_>, text: &str) -> Vec<Name> {
    let points = CodePoints::new(text);
    let names = py.detach(|| pipewright::names(text));
    names
        .into_iter()
        .map(|name| {
            let (start, end) = points.range(&name.range);
            Name {
                path: name.path,
                start,
                end,
            }
        })
        .collect()
}

pub(crate) fn decided<'py>(
    py: Python<'py>,
    text: &str,
    decision: Result<Decision, pipewright::Error>,
) -> PyResult<Bound<'py, PyAny>> {
    match decision.map_err(|error| error_in(py, text, &error))? {
        Decision::True => true.into_bound_py_any(py),
        Decision::False => false.into_bound_py_any(py),
        Decision::Unknown(unknown) => Unknown::new(&unknown).into_bound_py_any(py),
    }
}

pub(crate) fn evaluated<'py>(
    py: Python<'py>,
    text: &str,
    value: Result<pipewright::Value, pipewright::Error>,
) -> PyResult<Bound<'py, PyAny>> {
    let value = value.map_err(|error| error_in(py, text, &error))?;
    python_of(py, value.as_engine_value())
}

pub(crate) fn rendered_of(
    py: Python<'_>,
    text: &str,
    rendered: Result<pipewright::Rendered, pipewright::Error>,
) -> PyResult<Rendered> {
    let rendered = rendered.map_err(|error| error_in(py, text, &error))?;
    let points = CodePoints::new(text);
    let all = |list: Vec<pipewright::Unresolved>| {
        let each = |unresolved: pipewright::Unresolved| {
            let (start, end) = points.range(&unresolved.range);
            let unresolved = Unresolved {
                expression: unresolved.expression,
                start,
                end,
                reason: unresolved.reason,
                suggestions: unresolved.suggestions,
            };
            Py::new(py, unresolved)
        };
        list.into_iter().map(each).collect::<PyResult<Vec<_>>>()
    };
    Ok(Rendered {
        text: rendered.text,
        missing: all(rendered.missing)?,
        unknown: all(rendered.unknown)?,
    })
}
