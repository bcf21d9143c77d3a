//! `--format github`: commands of a workflow, which become annotations of a pull request.

use std::io::{self, Write};

use pipewright_source::{Diagnostic, Severity};

use super::run_report::Report;
use crate::printable::printable_lines;

/// Writes `::error file=…,line=…::message` for each finding, and a command for each path that was not checked.
pub(super) fn write(report: &Report<'_>, output: &mut dyn Write) -> io::Result<()> {
    for found in report.diagnostics {
        let Some(range) = report.range(found.span) else {
            continue;
        };
        let (start, end) = (range.start, range.end);
        // Columns are only taken where the end is on the same line.
        let columns = if start.line == end.line {
            let last = end.column.saturating_sub(1).max(start.column);
            format!(",col={},endColumn={last}", start.column)
        } else {
            String::new()
        };
        writeln!(
            output,
            "::{} file={},line={},endLine={}{columns},title={}::{}",
            command(found.severity),
            property(report.name(found.span)),
            start.line,
            end.line,
            property(found.rule),
            data(&text(found)),
        )?;
    }
    for failure in &report.failures {
        let file = failure.file.as_deref().map(property);
        let file = file.map_or_else(String::new, |file| format!(" file={file}"));
        writeln!(output, "::error{file}::{}", data(&failure.sentence()))?;
    }
    Ok(())
}

const fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

/// Message and help, a line each.
fn text(found: &Diagnostic) -> String {
    match &found.help {
        Some(help) => format!("{}\n{help}", found.message),
        None => found.message.clone(),
    }
}

/// A text behind the colons, in which what begins a command or a line is escaped.
fn data(text: &str) -> String {
    let text = printable_lines(text).replace('%', "%25");
    text.replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
