//! Findings of the rules.

use std::fmt;
use std::ops::Range;

use pipewright_analysis::Snapshot;
use pipewright_lint::{Options, check_all};
use pipewright_source as source;

use crate::Project;

/// Something that is wrong in a file, or probably not meant.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The rule: `parallel-step-reference`.
    pub rule: String,
    /// How bad it is.
    pub severity: Severity,
    /// The fact.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// The name of the file.
    pub file: String,
    /// Where it stands in the file, in bytes.
    pub range: Range<usize>,
    /// Where that begins.
    pub start: Position,
    /// Where that ends.
    pub end: Position,
    /// Edits that mend it.
    pub fixes: Vec<Fix>,
}

/// A place in a text: line and column from 1, columns count Unicode scalar values.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

impl Position {
    fn of(snapshot: &Snapshot, file: source::FileId, offset: u32) -> Self {
        let place = snapshot.source(file).map(|file| {
            let place = file.line_index().scalar(file.text(), offset);
            (place.line, place.column)
        });
        let (line, column) = place.unwrap_or((1, 1));
        Self { line, column }
    }
}

/// How bad a finding is. Displays as `info`, `warning` or `error`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Probably not meant.
    Warning,
    /// Cannot work.
    Error,
}

/// Edits that belong together.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Fix {
    /// What it does.
    pub title: String,
    /// `safe` (means the same, but right), `unsafe` (look at it) or `display-only`.
    pub applicability: String,
    /// The edits.
    pub edits: Vec<Edit>,
}

/// A part of a file and what to put in its place.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Edit {
    /// The name of the file.
    pub file: String,
    /// The bytes to be replaced.
    pub range: Range<usize>,
    /// What to put there.
    pub replacement: String,
}

/// What the rules find in one text. `name` is the path it would have in a repository.
///
/// ```
/// let text = "pipeline:\n  identifier: p\n  name: <+pipeline.nmae>\n";
/// let findings = pipewright::check_text("pipeline.yaml", text);
/// assert_eq!(findings.len(), 1);
/// assert_eq!((findings[0].start.line, findings[0].start.column), (3, 20));
/// ```
pub fn check_text(name: &str, text: &str) -> Vec<Diagnostic> {
    let mut project = Project::new();
    project.set_text(name, text);
    project.check()
}

impl Project {
    /// What the rules that are on by default find in all texts, by file, start and rule.
    pub fn check(&self) -> Vec<Diagnostic> {
        let mut found: Vec<Diagnostic> = check_all(&self.snapshot, &Options::default())
            .iter()
            .map(|diagnostic| public(&self.snapshot, diagnostic))
            .collect();
        found.sort_by(|a, b| {
            let key = |of: &Diagnostic| (of.range.start, of.rule.clone());
            a.file.cmp(&b.file).then_with(|| key(a).cmp(&key(b)))
        });
        found
    }
}

fn public(snapshot: &Snapshot, found: &source::Diagnostic) -> Diagnostic {
    let name = |span: source::Span| {
        let file = snapshot.source(span.file);
        file.map_or_else(String::new, |file| file.name().to_owned())
    };
    let edit = |edit: &source::Edit| Edit {
        file: name(edit.span),
        range: edit.span.range.to_usize(),
        replacement: edit.replacement.clone(),
    };
    let fixes = found.fixes.iter().map(|fix| Fix {
        title: fix.title.clone(),
        applicability: fix.applicability.as_str().to_owned(),
        edits: fix.edits.iter().map(edit).collect(),
    });
    let place = |offset| Position::of(snapshot, found.span.file, offset);
    Diagnostic {
        rule: found.rule.to_owned(),
        severity: match found.severity {
            source::Severity::Info => Severity::Info,
            source::Severity::Warning => Severity::Warning,
            source::Severity::Error => Severity::Error,
        },
        message: found.message.clone(),
        help: found.help.clone(),
        file: name(found.span),
        range: found.span.range.to_usize(),
        start: place(found.span.range.start()),
        end: place(found.span.range.end()),
        fixes: fixes.collect(),
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}
