//! What became of files of tests.

use std::collections::BTreeMap;

use pipewright_simulate::expect::{Coverage, Difference};

/// What became of a file of tests.
#[derive(Debug)]
pub(crate) struct FileOutcome {
    /// Its name.
    pub(crate) file: String,
    /// What became of its tests, in their order.
    pub(crate) tests: Vec<Outcome>,
    /// Why it was not run as a whole, with the place.
    pub(crate) error: Option<String>,
    /// What its tests have seen of each pipeline.
    pub(crate) coverage: BTreeMap<String, Coverage>,
}

/// What became of a test.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) name: String,
    pub(crate) verdict: Verdict,
    /// What would hold, as lines of `expect`.
    pub(crate) would_hold: Vec<String>,
    /// Where its expectations stand, in bytes; `None` where it has none.
    pub(crate) expectations: Option<std::ops::Range<usize>>,
}

/// Whether a test holds.
#[derive(Debug)]
pub(crate) enum Verdict {
    Holds,
    Differs(Vec<Difference>),
    /// It could not be run, and why.
    Error(String),
}

impl Outcome {
    pub(crate) fn is_ok(&self) -> bool {
        matches!(self.verdict, Verdict::Holds)
    }
}

impl FileOutcome {
    /// Whether something in it could not be run.
    pub(crate) fn has_error(&self) -> bool {
        let is_error = |test: &Outcome| matches!(test.verdict, Verdict::Error(_));
        self.error.is_some() || self.tests.iter().any(is_error)
    }
}
