//! `--format json` and `jsonl`: the documented shape, as structures that serialise to it.

use std::io::{self, Write};

use pipewright_source::{Diagnostic, Edit, Fix, Label, Sources};
use serde::Serialize;

use super::nodes::{NodeOf, Nodes};
use super::place::Range;
use super::run_report::{NotChecked, Report};
use super::summary::{LeftOut, Summary};
use crate::printable::{json_line, json_lines};

/// The version of the shape; it grows when a field changes its meaning or goes.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    diagnostics: Vec<Finding<'a>>,
    failures: &'a [NotChecked],
    summary: &'a Summary,
    omitted: LeftOut,
}

#[derive(Serialize)]
pub(super) struct Finding<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    label: Option<&'a str>,
    help: Option<&'a str>,
    url: Option<&'static str>,
    file: &'a str,
    span: Range,
    text: &'a str,
    /// The name of the innermost node around it.
    fqn: Option<String>,
    related: Vec<Related<'a>>,
    fixes: Vec<Remedy<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    file: &'a str,
    span: Range,
}

#[derive(Serialize)]
struct Remedy<'a> {
    title: &'a str,
    applicability: &'static str,
    edits: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    file: &'a str,
    start: u32,
    end: u32,
    replacement: &'a str,
}

/// Writes one object that holds everything, and a line break.
pub(super) fn write(report: &Report<'_>, output: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        version: VERSION,
        diagnostics: findings(report.sources, report.nodes, report.diagnostics).collect(),
        failures: &report.failures,
        summary: report.summary,
        omitted: report.summary.left_out,
    };
    writeln!(output, "{}", json_lines(&document)?)
}

/// Writes one object a line for each finding.
pub(super) fn write_lines(report: &Report<'_>, output: &mut dyn Write) -> io::Result<()> {
    for finding in findings(report.sources, report.nodes, report.diagnostics) {
        writeln!(output, "{}", json_line(&finding)?)?;
    }
    Ok(())
}

/// Findings as they stand in the list of the document.
pub(super) fn findings<'a>(
    sources: &'a Sources,
    nodes: &'a Nodes<'a>,
    diagnostics: &'a [Diagnostic],
) -> impl Iterator<Item = Finding<'a>> {
    diagnostics
        .iter()
        .filter_map(move |diagnostic| finding(sources, nodes, diagnostic))
}

fn finding<'a>(
    sources: &'a Sources,
    nodes: &Nodes<'a>,
    diagnostic: &'a Diagnostic,
) -> Option<Finding<'a>> {
    let file = sources.get(diagnostic.span.file)?;
    Some(Finding {
        rule: diagnostic.rule,
        severity: diagnostic.severity.as_str(),
        message: &diagnostic.message,
        label: diagnostic.label.as_deref(),
        help: diagnostic.help.as_deref(),
        url: pipewright_lint::rule(diagnostic.rule).and_then(|rule| rule.url),
        file: file.name(),
        span: Range::new(file, diagnostic.span),
        text: sources.slice(diagnostic.span),
        fqn: nodes.around(diagnostic.span).map(NodeOf::fqn),
        related: diagnostic
            .related
            .iter()
            .filter_map(|label| related(sources, label))
            .collect(),
        fixes: diagnostic
            .fixes
            .iter()
            .map(|fix| remedy(sources, fix))
            .collect(),
    })
}

fn related<'a>(sources: &'a Sources, label: &'a Label) -> Option<Related<'a>> {
    let file = sources.get(label.span.file)?;
    Some(Related {
        message: &label.message,
        file: file.name(),
        span: Range::new(file, label.span),
    })
}

fn remedy<'a>(sources: &'a Sources, fix: &'a Fix) -> Remedy<'a> {
    let edits = fix.edits.iter();
    Remedy {
        title: &fix.title,
        applicability: fix.applicability.as_str(),
        edits: edits.filter_map(|edit| change(sources, edit)).collect(),
    }
}

fn change<'a>(sources: &'a Sources, edit: &'a Edit) -> Option<Change<'a>> {
    Some(Change {
        file: sources.get(edit.span.file)?.name(),
        start: edit.span.range.start(),
        end: edit.span.range.end(),
        replacement: &edit.replacement,
    })
}
