//! What a run has to report.

use pipewright_source::{Diagnostic, Sources};

use super::summary::Summary;

/// All findings of one run.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    /// The files the findings point into.
    pub(crate) sources: &'a Sources,
    /// The findings by file, start and rule.
    pub(crate) diagnostics: &'a [Diagnostic],
    /// How many there are.
    pub(crate) summary: Summary,
}
