//! What would run.

use pipewright::{Failure, Generation, Given, Reading};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::error;
use crate::given::values_of;

/// What would run: the pipeline's status and every node with its verdict and the reason.
#[pyclass(frozen, get_all, module = "pipewright")]
#[derive(Debug)]
pub(crate) struct Plan {
    /// How the run ends, in the engine's word; `UNKNOWN` where that rests on something that is not given.
    status: String,
    /// The pipeline, then every node below it in the order in which they start.
    nodes: Vec<Py<PlanNode>>,
    /// What else there is to say, a sentence each.
    notes: Vec<String>,
}

/// A pipeline, stage, group, step or loop, and what becomes of it.
#[pyclass(frozen, eq, get_all, module = "pipewright")]
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct PlanNode {
    /// Its fully qualified name, with the suffixes of the turns it stands in.
    fqn: String,
    /// `pipeline`, `stage`, `group`, `step` or `loop`.
    kind: String,
    /// `runs`, `skipped`, `unknown`, `failed`, `ignored`, `aborted`, `rolled-back` or `not-reached`.
    verdict: String,
    /// The engine's word; `None` where it is not reached, or unknown.
    status: Option<String>,
    /// Why, in one sentence.
    reason: String,
    /// The predicate that decides whether it runs.
    condition: Option<String>,
    /// The names that would decide an unknown verdict, sorted.
    needs: Vec<String>,
    /// The action of a failure strategy, or of somebody who intervened, that decided about its last record.
    action: Option<String>,
    /// How many records were started for it, one more with each retry.
    attempts: u32,
    /// The type of its last record's failure, also if it was ignored.
    error_type: Option<String>,
    /// The outermost node around it that was skipped.
    within: Option<String>,
    /// Whether the verdict rests on which of several branches is faster.
    race: bool,
    /// Whether it stands below a rollback section.
    rollback: bool,
    /// The verdict in the documented reading, where that differs.
    documented: Option<String>,
}

#[pymethods]
impl Plan {
    /// The plan as `pipewright plan --format json` prints it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("status", &self.status)?;
        let nodes = self.nodes.iter().map(|node| node.get().to_dict(py));
        dict.set_item("nodes", nodes.collect::<PyResult<Vec<_>>>()?)?;
        Ok(dict)
    }

    fn __repr__(&self) -> String {
        format!("<Plan {}, {} nodes>", self.status, self.nodes.len())
    }
}

#[pymethods]
impl PlanNode {
    /// The node as `pipewright plan --format json` prints it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("fqn", &self.fqn)?;
        dict.set_item("kind", &self.kind)?;
        dict.set_item("verdict", &self.verdict)?;
        dict.set_item("status", self.status.as_ref())?;
        dict.set_item("reason", &self.reason)?;
        dict.set_item("condition", self.condition.as_ref())?;
        dict.set_item("needs", &self.needs)?;
        dict.set_item("action", self.action.as_ref())?;
        dict.set_item("attempts", self.attempts)?;
        dict.set_item("errorType", self.error_type.as_ref())?;
        dict.set_item("within", self.within.as_ref())?;
        dict.set_item("race", self.race)?;
        dict.set_item("rollback", self.rollback)?;
        dict.set_item("documented", self.documented.as_ref())?;
        Ok(dict)
    }

    fn __repr__(&self) -> String {
        format!("<PlanNode {} {}>", self.fqn, self.verdict)
    }
}

/// What a plan is asked under, as Python gives it.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    pub(crate) fail: Vec<String>,
    pub(crate) intervene: Vec<(String, String)>,
    pub(crate) skip_stages: Vec<String>,
    pub(crate) only_stages: Vec<String>,
    pub(crate) engine: Option<String>,
    pub(crate) reading: Option<String>,
}

/// The plan of a pipeline.
pub(crate) fn plan(
    py: Python<'_>,
    pipeline: &pipewright::Pipeline,
    values: Option<&Bound<'_, PyAny>>,
    asked: Asked,
) -> PyResult<Plan> {
    let mut given = Given::from(values_of(values)?);
    for text in &asked.fail {
        let failure = Failure::parse(text).map_err(|why| error::input(py, &why))?;
        given = given.failure(failure);
    }
    given.interventions = asked.intervene;
    given.skip_stages = asked.skip_stages;
    given.only_stages = asked.only_stages;
    if let Some(engine) = &asked.engine {
        given.engine = word(
            py,
            engine,
            &[
                ("2023", Generation::Of2023),
                ("current", Generation::Current),
            ],
        )?;
    }
    if let Some(reading) = &asked.reading {
        given.reading = word(
            py,
            reading,
            &[
                ("engine", Reading::Engine),
                ("documented", Reading::Documented),
            ],
        )?;
    }
    let plan = py.detach(|| pipeline.plan(&given));
    let plan = plan.map_err(|error| error::error(py, &error))?;
    let nodes = plan
        .nodes
        .into_iter()
        .map(|node| Py::new(py, node_of(node)));
    Ok(Plan {
        status: plan.status,
        nodes: nodes.collect::<PyResult<Vec<_>>>()?,
        notes: plan.notes,
    })
}

/// What a word of these stands for.
fn word<T: Copy>(py: Python<'_>, word: &str, words: &[(&str, T)]) -> PyResult<T> {
    let found = words.iter().find(|(known, _)| *known == word);
    found.map(|(_, meant)| *meant).ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
        error::input(py, &format!("`{word}` is none of {}", known.join(", ")))
    })
}

fn node_of(node: pipewright::PlanNode) -> PlanNode {
    PlanNode {
        fqn: node.fqn,
        kind: node.kind,
        verdict: node.verdict,
        status: node.status,
        reason: node.reason,
        condition: node.condition,
        needs: node.needs,
        action: node.action,
        attempts: node.attempts,
        error_type: node.error_type,
        within: node.within,
        race: node.race,
        rollback: node.rollback,
        documented: node.documented,
    }
}
