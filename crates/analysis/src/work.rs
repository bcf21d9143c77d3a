//! What was done so far: so that tests can show that nothing is done twice.

use std::sync::atomic::{AtomicU64, Ordering};

/// How often something was made since the first text was put in; the same for a snapshot and its clones.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Work {
    /// Texts of files parsed as YAML and read as documents.
    pub parsed: u64,
    /// Files whose references were followed in their own text.
    pub analysed: u64,
    /// Files put together with the templates and pipelines they use.
    pub written_out: u64,
    /// Pipelines made ready for evaluation.
    pub prepared: u64,
    /// Distinct texts with expressions that were parsed.
    pub expressions: u64,
}

/// One count, shared between threads.
#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn step(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The counts of a snapshot and its clones, but for those of expressions.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) parsed: Counter,
    pub(crate) analysed: Counter,
    pub(crate) written_out: Counter,
    pub(crate) prepared: Counter,
}
