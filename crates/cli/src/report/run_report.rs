//! What a run has to report.

use pipewright_source::{Diagnostic, Sources};

use super::nodes::Nodes;
use super::summary::Summary;

/// All findings of one run.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    /// The files the findings point into.
    pub(crate) sources: &'a Sources,
    /// The findings by file, start and rule.
    pub(crate) diagnostics: &'a [Diagnostic],
    /// Where in their pipelines they stand.
    pub(crate) nodes: &'a Nodes<'a>,
    /// What was to be checked and was not.
    pub(crate) failures: Vec<NotChecked>,
    /// How many there are.
    pub(crate) summary: &'a Summary,
}

/// A path that could not be read, or a file that could not be checked.
#[derive(Debug, serde::Serialize)]
pub(crate) struct NotChecked {
    /// The path as given; `None` where it is about all files together.
    pub(crate) file: Option<String>,
    /// Why, as half a sentence.
    pub(crate) reason: String,
}
