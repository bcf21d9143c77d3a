//! `--format human`: each finding with its place in the file.

mod excerpt;
mod finding;
mod help;
mod kin;
mod label;
mod line;
mod screen;

use std::fmt;
use std::io::{self, Write};

use miette::ReportHandler as _;
use pipewright_lint::mistakes;

use super::also::{also_lines, lines};
use super::nodes::NodeOf;
use super::run_report::Report;
use crate::layout::{Layout, wrapping};
use finding::{Finding, one_line};
use help::Also;
use kin::Kind;
use screen::Screen;

/// Writes every finding, and the summary where there was something to check.
pub(super) fn write(report: &Report<'_>, layout: Layout, output: &mut dyn Write) -> io::Result<()> {
    for kind in kin::kinds(mistakes(report.sources, report.diagnostics)) {
        writeln!(output, "{}", OnScreen::new(report, &kind, layout))?;
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
    let further = [report.summary.fixable(), report.summary.left_out()];
    for line in further.into_iter().flatten() {
        writeln!(output, "{}", fitting(&line))?;
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
    fn new(report: &Report<'a>, kind: &Kind<'a>, layout: Layout) -> Self {
        let finding = kind.first.first;
        let node = report.nodes.around(finding.span);
        Self {
            finding: Finding::new(report.sources, finding),
            screen: Screen {
                layout,
                within: node.map_or_else(Vec::new, NodeOf::titles),
                also: also(report, kind),
            },
        }
    }
}

impl fmt::Display for OnScreen<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.screen.debug(&self.finding, f)
    }
}

/// Where the mistake stands again, first under the same name, then under others.
fn also(report: &Report<'_>, kind: &Kind<'_>) -> Vec<Also> {
    let mut own = also_lines(report, &kind.first);
    let mut renamed: Vec<Also> = Vec::new();
    for (name, mistake) in &kind.others {
        let lines = lines(report, mistake);
        let name = name.map(one_line);
        let known = renamed.iter_mut().find(|also| also.name == name);
        match (&name, known) {
            (None, _) => own.extend(lines),
            (Some(_), Some(known)) => known.lines.extend(lines),
            (Some(_), None) => renamed.push(Also { lines, name }),
        }
    }
    let shown = lines(report, &kind.first).first().copied();
    own.retain(|line| Some(*line) != shown);
    own.sort_unstable();
    own.dedup();
    let own = Some(own).filter(|own| !own.is_empty());
    let own = own.map(|lines| Also { lines, name: None });
    own.into_iter().chain(renamed).collect()
}
