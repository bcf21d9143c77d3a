//! What would run, with words in place of types.

use pipewright_analysis::Prepared;
use pipewright_simulate::{self as simulate, PlanError};

use crate::{Error, Values};

pub use pipewright_simulate::{Failure, Generation, Given, Reading};

/// What would run.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Plan {
    /// How the run ends, in the engine's word; `UNKNOWN` where that rests on something that is not given.
    pub status: String,
    /// The pipeline, then every node below it in the order in which they start.
    pub nodes: Vec<PlanNode>,
    /// What else there is to say, a sentence each.
    pub notes: Vec<String>,
}

/// A pipeline, stage, group, step or loop, and what becomes of it.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct PlanNode {
    /// Its fully qualified name, with the suffixes of the turns it stands in.
    pub fqn: String,
    /// `pipeline`, `stage`, `group`, `step` or `loop`.
    pub kind: String,
    /// `runs`, `skipped`, `unknown`, `failed`, `ignored`, `aborted`, `rolled-back` or `not-reached`.
    pub verdict: String,
    /// The engine's word; `None` where it is not reached, or unknown.
    pub status: Option<String>,
    /// Why, in one sentence.
    pub reason: String,
    /// The predicate that decides whether it runs.
    pub condition: Option<String>,
    /// The names that would decide an unknown verdict, sorted.
    pub needs: Vec<String>,
    /// The action of a failure strategy, or of somebody who intervened, that decided about its last record.
    pub action: Option<String>,
    /// How many records were started for it, one more with each retry.
    pub attempts: u32,
    /// The type of its last record's failure, also if it was ignored.
    pub error_type: Option<String>,
    /// The outermost node around it that was skipped.
    pub within: Option<String>,
    /// Whether the verdict rests on which of several branches is faster.
    pub race: bool,
    /// Whether it stands below a rollback section.
    pub rollback: bool,
    /// The verdict in the documented reading, where that differs.
    pub documented: Option<String>,
}

impl From<Values> for Given {
    fn from(values: Values) -> Self {
        Self::from(values.given().clone())
    }
}

pub(crate) fn plan(prepared: &Prepared, given: &Given) -> Result<Plan, Error> {
    let plan = simulate::plan(prepared, given).map_err(|error| match error {
        PlanError::NotFound { sentence, .. } => Error::not_found(sentence, &[]),
        refused => Error::input(refused.to_string()),
    })?;
    Ok(Plan {
        status: plan
            .status
            .map_or("UNKNOWN", simulate::Status::as_str)
            .to_owned(),
        nodes: plan.nodes.into_iter().map(PlanNode::from).collect(),
        notes: plan.notes,
    })
}

impl From<simulate::PlanNode> for PlanNode {
    fn from(node: simulate::PlanNode) -> Self {
        let word = |word: &str| word.to_owned();
        Self {
            fqn: node.fqn,
            kind: word(node.kind.as_str()),
            verdict: word(node.verdict.as_str()),
            status: node.status.map(|status| word(status.as_str())),
            reason: node.reason,
            condition: node.condition,
            needs: node.needs,
            action: node.action.map(word),
            attempts: node.attempts,
            error_type: node.error_type.map(|fault| word(fault.as_str())),
            within: node.within,
            race: node.race,
            rollback: node.rollback,
            documented: node.documented.map(|verdict| word(verdict.as_str())),
        }
    }
}
