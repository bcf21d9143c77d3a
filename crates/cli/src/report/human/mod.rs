//! `--format human`: each finding with its place in the file.

mod excerpt;
mod finding;
mod help;
mod label;
mod line;
mod screen;

use std::fmt;
use std::io::{self, Write};

use miette::ReportHandler as _;
use pipewright_lint::{Mistake, mistakes};

use super::also::also_lines;
use super::nodes::NodeOf;
use super::run_report::Report;
use crate::layout::{Layout, wrapping};
use finding::Finding;
use screen::Screen;

/// Writes every finding, and the summary where there was something to check.
pub(super) fn write(report: &Report<'_>, layout: Layout, output: &mut dyn Write) -> io::Result<()> {
    for mistake in mistakes(report.sources, report.diagnostics) {
        writeln!(output, "{}", OnScreen::new(report, &mistake, layout))?;
    }
    if report.summary.files == 0 || !report.with_summary {
        return Ok(());
    }
    let fitting = |text: &str| textwrap::fill(text, wrapping(layout.columns).break_words(true));
    let sentence = fitting(&report.summary.sentence());
    for line in sentence.lines() {
        writeln!(output, "{}", layout.palette.strong().style(line))?;
    }
    for line in report.summary.lines() {
        writeln!(output, "{}", fitting(&line))?;
    }
    if let Some(fixable) = report.summary.fixable() {
        writeln!(output, "{}", fitting(&fixable))?;
    }
    if !report.diagnostics.is_empty() {
        writeln!(output, "`pipewright explain RULE` tells more")?;
    }
    Ok(())
}

/// A finding as text, and a line break behind it.
struct OnScreen<'a> {
    finding: Finding<'a>,
    screen: Screen,
}

impl<'a> OnScreen<'a> {
    fn new(report: &Report<'a>, mistake: &Mistake<'a>, layout: Layout) -> Self {
        let finding = mistake.first;
        let node = report.nodes.around(finding.span);
        Self {
            finding: Finding::new(report.sources, finding),
            screen: Screen {
                layout,
                within: node.map_or_else(Vec::new, NodeOf::titles),
                also: also_lines(report, mistake),
            },
        }
    }
}

impl fmt::Display for OnScreen<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.screen.debug(&self.finding, f)
    }
}
