//! What a change changes, for people at a terminal.

use pipewright_analysis::Snapshot;
use pipewright_compare::{Comparison, Difference, Reader};
use pipewright_source::{Diagnostic, Severity, Span};
use similar::{ChangeTag, TextDiff};

use super::Sides;
use super::sentences::{
    add, change, gone, headline, inside, order, outermost, renamed, under, verdict,
};
use crate::Streams;
use crate::counted::counted;
use crate::exit::Failure;
use crate::layout::Layout;
use crate::printable::printable;

/// How many lines of a text are shown that differ.
const MOST_LINES: usize = 20;

/// Writes what differs, then one line on everything.
pub(crate) fn write_diff(
    comparison: &Comparison,
    sides: &Sides,
    layout: Layout,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let mut text = String::new();
    for difference in comparison.all() {
        let told = Told { sides, layout };
        told.part(difference, &mut text);
        text.push('\n');
    }
    add(&mut text, format!("{}\n", headline(comparison)));
    write!(streams.output, "{text}")?;
    Ok(())
}

struct Told<'a> {
    sides: &'a Sides,
    layout: Layout,
}

impl Told<'_> {
    fn part(&self, of: &Difference, text: &mut String) {
        let palette = self.layout.palette;
        let title = format!("{} {}", of.kind.as_str(), printable(&of.identifier));
        let file = printable(&of.file);
        add(
            text,
            format!("{} ({file}){}\n", palette.strong().style(title), change(of)),
        );
        let mut line = |sentence: String| add(text, format!("  {}\n", printable(&sentence)));
        if let Some((before, after)) = &of.verdicts.refused {
            match (before, after) {
                (_, Some(why)) => line(format!("! Harness refuses it: {why}")),
                (Some(why), None) => line(format!("+ Harness refused it before: {why}")),
                (None, None) => {}
            }
        }
        for name in &of.names.gone {
            line(format!("- {}", gone(name)));
            self.readers(&name.readers, &mut line);
        }
        for name in &of.names.renamed {
            line(format!("~ {}", renamed(name)));
            self.readers(&name.readers, &mut line);
        }
        for name in &of.names.new {
            line(format!("+ {name} is new"));
        }
        for moved in &of.order {
            line(format!("~ {}", order(moved)));
        }
        for differs in outermost(of) {
            let under = under(differs);
            let under = if under.is_empty() {
                under
            } else {
                format!("{under}: ")
            };
            line(format!("~ {under}{}", verdict(differs)));
            line(format!("    before: {}", differs.before.reason));
            line(format!("    after:  {}", differs.after.reason));
            let more = inside(of, differs);
            if more > 0 {
                line(format!("    and {} in it", counted(more, "node")));
            }
        }
        for setting in &of.settings {
            let name = if setting.fqn.is_empty() {
                setting.setting.clone()
            } else {
                format!("{} {}", setting.fqn, setting.setting)
            };
            line(format!("~ {name}"));
            for changed in changed_lines(setting.before.as_deref(), setting.after.as_deref()) {
                line(format!("    {changed}"));
            }
        }
        for found in &of.findings.new {
            line(format!("+ {}", finding(&self.sides.head, found)));
        }
        for found in &of.findings.gone {
            line(format!("- {}", finding(&self.sides.base, found)));
        }
        for note in &of.verdicts.notes {
            line(format!("note: {note}"));
        }
    }

    fn readers(&self, readers: &[Reader], line: &mut impl FnMut(String)) {
        for reader in readers {
            let place = place(&self.sides.head, reader.span);
            line(format!(
                "    {} reads {} ({place})",
                reader.fqn, reader.path
            ));
        }
    }
}

fn finding(snapshot: &Snapshot, finding: &Diagnostic) -> String {
    let place = place(snapshot, finding.span);
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    format!("{place}: {severity}[{}] {}", finding.rule, finding.message)
}

/// `file:line:column` where a span starts.
pub(super) fn place(snapshot: &Snapshot, span: Span) -> String {
    snapshot.source(span.file).map_or_else(String::new, |file| {
        let at = file.line_index().scalar(file.text(), span.range.start());
        format!("{}:{}:{}", file.name(), at.line, at.column)
    })
}

/// The lines of a text that differ, with `-` and `+` in front.
pub(super) fn changed_lines(before: Option<&str>, after: Option<&str>) -> Vec<String> {
    let ended = |text: Option<&str>| text.map_or(String::new(), |text| format!("{text}\n"));
    let (before, after) = (ended(before), ended(after));
    let diff = TextDiff::from_lines(&before, &after);
    let changes = diff.iter_all_changes();
    let changes = changes.filter_map(|change| {
        let sign = match change.tag() {
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
            ChangeTag::Equal => return None,
        };
        Some(format!("{sign} {}", change.value().trim_end_matches('\n')))
    });
    let mut lines: Vec<String> = changes.collect();
    if lines.len() > MOST_LINES {
        let more = lines.len() - MOST_LINES;
        lines.truncate(MOST_LINES);
        lines.push(format!("… and {} more", counted(more, "line")));
    }
    lines
}
