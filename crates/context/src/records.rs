//! What a run has recorded of its nodes, where somebody follows one: then conditions see how far it has come.

use std::fmt;

/// The records of a run that is followed step by step (`spec/model.md` §5).
///
/// Nodes go by their fully qualified names, turns of loops with their suffixes; the name without suffix is the loop.
pub trait Records: fmt::Debug + Send + Sync {
    /// How far a node has come.
    fn recorded(&self, name: &str) -> Recorded;

    /// What the nodes inside a node that have ended come to together; `None` where nobody can tell.
    fn current_status(&self, name: &str) -> Option<&'static str>;

    /// What the turns of a loop that have ended come to together, by the name of the loop.
    fn loop_status(&self, name: &str) -> Option<&'static str>;
}

/// How far a node has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Recorded {
    /// The run has no record of it.
    Nothing,
    /// It has this status.
    Status(&'static str),
    /// Only a real run can tell.
    Unknown,
}

/// The status of what was left out by its condition.
const SKIPPED: &str = "SKIPPED";

impl Recorded {
    /// Whether it was left out by its condition, so that it published nothing.
    pub(crate) fn is_skipped(self) -> bool {
        self == Self::Status(SKIPPED)
    }
}
