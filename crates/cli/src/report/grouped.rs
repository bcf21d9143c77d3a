//! `--format grouped`: each file once, and below it a line for each mistake.

use std::io::{self, Write};

use pipewright_lint::mistakes;

use super::also::{also_lines, also_on};
use super::place::Range;
use super::run_report::Report;
use crate::layout::Layout;
use crate::printable::printable;

/// Writes `file`, then `line:column rule message` for each mistake in it.
pub(super) fn write(report: &Report<'_>, layout: Layout, output: &mut dyn Write) -> io::Result<()> {
    let palette = layout.palette;
    let mistakes = mistakes(report.sources, report.diagnostics);
    let of_files = mistakes.chunk_by(|a, b| a.first.span.file == b.first.span.file);
    for (number, of_file) in of_files.enumerate() {
        let Some(file) = report.sources.get(of_file[0].first.span.file) else {
            continue;
        };
        if number > 0 {
            writeln!(output)?;
        }
        writeln!(output, "{}", palette.strong().style(printable(file.name())))?;
        let place = |of: &pipewright_lint::Mistake<'_>| {
            let start = Range::new(file, of.first.span).start;
            format!("{}:{}", start.line, start.column)
        };
        let places: Vec<String> = of_file.iter().map(place).collect();
        let place_width = places.iter().map(String::len).max().unwrap_or(0);
        let rule_width = of_file.iter().map(|of| of.first.rule.len()).max();
        let rule_width = rule_width.unwrap_or(0);
        for (mistake, place) in of_file.iter().zip(places) {
            let found = mistake.first;
            let padding = " ".repeat(rule_width - found.rule.len());
            writeln!(
                output,
                "  {place:place_width$}  {}{padding}  {}{}",
                palette.severity(found.severity).style(found.rule),
                printable(&found.message),
                also_on(&also_lines(report, mistake))
            )?;
        }
    }
    Ok(())
}
