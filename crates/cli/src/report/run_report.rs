//! What a run has to report.

use pipewright_source::{Diagnostic, FileId, SourceFile, Sources, Span};

use super::nodes::Nodes;
use super::place::Range;
use super::summary::Summary;

/// All findings of one run.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    /// The files the findings point into.
    pub(crate) sources: &'a Sources,
    /// The findings by file, start and rule.
    pub(crate) diagnostics: &'a [Diagnostic],
    /// The files that were checked or have a finding, in their order.
    pub(crate) checked: &'a [FileId],
    /// Where in their pipelines they stand.
    pub(crate) nodes: &'a Nodes<'a>,
    /// What was to be checked and was not.
    pub(crate) failures: Vec<NotChecked>,
    /// How many there are.
    pub(crate) summary: &'a Summary,
    /// Whether people are told.
    pub(crate) with_summary: bool,
}

impl<'a> Report<'a> {
    /// The name of the file a span is in.
    pub(super) fn name(&self, span: Span) -> &'a str {
        self.sources.get(span.file).map_or("", SourceFile::name)
    }

    /// Lines and columns of a span.
    pub(super) fn range(&self, span: Span) -> Option<Range> {
        Some(Range::new(self.sources.get(span.file)?, span))
    }
}

/// A path that could not be read, or a file that could not be checked.
#[derive(Debug, serde::Serialize)]
pub(crate) struct NotChecked {
    /// The path as given; `None` where it is about all files together.
    pub(crate) file: Option<String>,
    /// Why, as half a sentence.
    pub(crate) reason: String,
}

impl NotChecked {
    /// What happened, as a sentence without its end.
    pub(super) fn sentence(&self) -> String {
        match &self.file {
            Some(file) => format!("`{file}` was not checked: {}", self.reason),
            None => format!("the files were not checked together: {}", self.reason),
        }
    }
}
