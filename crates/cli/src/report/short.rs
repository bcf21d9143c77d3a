//! `--format short`: one line a mistake, as compilers print it and editors read it.

use std::io::{self, Write};

use pipewright_lint::mistakes;

use super::also::{also_lines, also_on};
use super::run_report::Report;
use crate::layout::Layout;
use crate::printable::printable;

/// Writes `file:line:column: severity[rule] message` for each mistake.
pub(super) fn write(report: &Report<'_>, layout: Layout, output: &mut dyn Write) -> io::Result<()> {
    let palette = layout.palette;
    for mistake in mistakes(report.sources, report.diagnostics) {
        let diagnostic = mistake.first;
        let Some(file) = report.sources.get(diagnostic.span.file) else {
            continue;
        };
        let at = file
            .line_index()
            .scalar(file.text(), diagnostic.span.range.start());
        writeln!(
            output,
            "{}:{}:{}: {}[{}] {}{}",
            palette.strong().style(printable(file.name())),
            at.line,
            at.column,
            palette
                .severity(diagnostic.severity)
                .style(diagnostic.severity.as_str()),
            diagnostic.rule,
            printable(&diagnostic.message),
            also_on(&also_lines(report, &mistake)),
        )?;
    }
    Ok(())
}
