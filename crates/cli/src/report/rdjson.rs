//! `--format rdjson`: the Reviewdog Diagnostic Format, for comments of a review with suggestions in them.

use std::io::{self, Write};

use pipewright_source::{Applicability, Fix, Severity, Span};
use serde::Serialize;

use super::run_report::Report;
use crate::printable::json_lines;

#[derive(Serialize)]
struct Document<'a> {
    source: Source,
    diagnostics: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Finding<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

/// `line` and `column` from 1, columns in bytes.
#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'static str>,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

/// Writes the document.
pub(super) fn write(report: &Report<'_>, output: &mut dyn Write) -> io::Result<()> {
    let findings = report.diagnostics.iter().filter_map(|found| {
        let help = found.help.as_ref();
        let help = help.map_or_else(String::new, |help| format!("\n{help}"));
        let related = found.related.iter().filter_map(|label| {
            Some(Related {
                message: &label.message,
                location: location(report, label.span)?,
            })
        });
        Some(Finding {
            message: format!("{}{help}", found.message),
            location: location(report, found.span)?,
            severity: severity(found.severity),
            code: Code {
                value: found.rule,
                url: pipewright_lint::rule(found.rule).and_then(|rule| rule.url),
            },
            suggestions: found
                .fixes
                .iter()
                .filter_map(|fix| suggestion(report, found.span, fix))
                .collect(),
            related_locations: related.collect(),
        })
    });
    let document = Document {
        source: Source { name: "pipewright" },
        diagnostics: findings.collect(),
    };
    writeln!(output, "{}", json_lines(&document)?)
}

/// A fix of one edit in the finding's file: each suggestion is taken by itself, so that one of several edits would do
/// half of the work.
fn suggestion<'a>(report: &Report<'_>, found: Span, fix: &'a Fix) -> Option<Suggestion<'a>> {
    match fix.edits.as_slice() {
        [edit] if edit.span.file == found.file => {
            (fix.applicability != Applicability::DisplayOnly).then_some(())?;
            Some(Suggestion {
                range: range(report, edit.span)?,
                text: &edit.replacement,
            })
        }
        _ => None,
    }
}

fn location<'a>(report: &Report<'a>, span: Span) -> Option<Location<'a>> {
    Some(Location {
        path: report.name(span),
        range: range(report, span)?,
    })
}

fn range(report: &Report<'_>, span: Span) -> Option<Range> {
    let lines = report.sources.get(span.file)?.line_index();
    let position = |byte| {
        let at = lines.utf8(byte);
        Position {
            line: at.line,
            column: at.column,
        }
    };
    Some(Range {
        start: position(span.range.start()),
        end: position(span.range.end()),
    })
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    }
}
