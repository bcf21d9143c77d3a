//! A finding in miette's terms.

use std::fmt;

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use pipewright_source::{Diagnostic, Label, Severity, SourceFile, Sources, Span};

use crate::printable::printable;

/// A finding, with the places in its own file as labels. What it says about other files follows as related findings.
#[derive(Debug)]
pub(super) struct Finding<'a> {
    rule: Option<&'static str>,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
    source: Option<Source<'a>>,
    labels: Vec<LabeledSpan>,
    elsewhere: Vec<Self>,
}

impl<'a> Finding<'a> {
    /// What is to be said of a finding in one of these files.
    pub(super) fn new(sources: &'a Sources, diagnostic: &'a Diagnostic) -> Self {
        let here = diagnostic.span.file;
        let related = diagnostic.related.iter();
        let (same_file, other_files): (Vec<&Label>, Vec<&Label>) =
            related.partition(|label| label.span.file == here);
        let main = LabeledSpan::new_primary_with_span(
            diagnostic.label.as_deref().map(one_line),
            source_span(diagnostic.span),
        );
        let further = same_file.into_iter().map(further);
        Self {
            rule: Some(diagnostic.rule),
            severity: diagnostic.severity,
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            source: sources.get(here).map(Source),
            labels: std::iter::once(main).chain(further).collect(),
            elsewhere: other_files
                .into_iter()
                .map(|label| Self::elsewhere(sources, label))
                .collect(),
        }
    }

    fn elsewhere(sources: &'a Sources, label: &'a Label) -> Self {
        Self {
            rule: None,
            severity: Severity::Info,
            message: &label.message,
            help: None,
            source: sources.get(label.span.file).map(Source),
            labels: vec![further(label)],
            elsewhere: Vec::new(),
        }
    }
}

fn further(label: &Label) -> LabeledSpan {
    LabeledSpan::new_with_span(Some(one_line(&label.message)), source_span(label.span))
}

/// A text on one line in which nothing moves the cursor.
pub(super) fn one_line(text: &str) -> String {
    printable(text).replace('\t', " ")
}

fn source_span(span: Span) -> SourceSpan {
    let range = span.range.to_usize();
    (range.start..range.end).into()
}

impl fmt::Display for Finding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&one_line(self.message))
    }
}

impl std::error::Error for Finding<'_> {}

impl miette::Diagnostic for Finding<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.rule?))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let lines = self.help?.lines().map(one_line);
        Some(Box::new(lines.collect::<Vec<_>>().join("\n")))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        let source = self.source.as_ref()?;
        Some(source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
        let findings = self.elsewhere.iter();
        let findings = findings.map(|finding| finding as &dyn miette::Diagnostic);
        Some(Box::new(findings))
    }
}

/// A file that gives its lines without reading it again.
#[derive(Clone, Copy, Debug)]
struct Source<'a>(&'a SourceFile);

impl SourceCode for Source<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (text, index) = (self.0.text(), self.0.line_index());
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let start = number(span.offset());
        let end = span.offset().saturating_add(span.len());
        if end > text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let first = index.line(start).saturating_sub(number(lines_before));
        let last = index.line(number(end)).saturating_add(number(lines_after));
        let begin = index.line_start(first.max(1)).unwrap_or(0) as usize;
        let behind = index.line_start(last.saturating_add(1));
        let behind = behind.map_or(text.len(), |start| start as usize);
        let at = index.scalar(text, start);
        Ok(Box::new(MietteSpanContents::new_named(
            one_line(self.0.name()),
            &text.as_bytes()[begin..behind],
            (begin..behind).into(),
            first.max(1) as usize - 1,
            at.column as usize - 1,
            (last - first.max(1) + 1) as usize,
        )))
    }
}
