//! What a change changes, for people at a terminal.

use pipewright_analysis::Snapshot;
use pipewright_compare::{Comparison, Difference, Reader};
use pipewright_source::Diagnostic;
use similar::{ChangeTag, TextDiff};

use super::Sides;
use super::sentences::{
    add, change, gone, headline, inside, order, outermost, place, refused, renamed, setting, under,
    verdict,
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
        if let Some((sign, said)) = refused(of) {
            line(format!("{sign} {said}"));
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
            line(format!("~ {}{}", under(differs), verdict(differs)));
            line(format!("    before: {}", differs.before.reason));
            line(format!("    after:  {}", differs.after.reason));
            let more = inside(of, differs);
            if more > 0 {
                line(format!("    and {} in it", counted(more, "node")));
            }
        }
        for of in &of.settings {
            line(format!("~ {}", setting(of)));
            for changed in changed_lines(of.before.as_deref(), of.after.as_deref()) {
                line(format!("    {changed}"));
            }
        }
        for value in &of.values {
            line(format!("~ {} comes to another text", value.fqn));
            for changed in changed_lines(Some(&value.before), Some(&value.after)) {
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
            let place = place(&self.sides.head, reader.span).unwrap_or_default();
            line(format!(
                "    {} reads {} ({place})",
                reader.fqn, reader.path
            ));
        }
    }
}

fn finding(snapshot: &Snapshot, finding: &Diagnostic) -> String {
    let place = place(snapshot, finding.span).unwrap_or_default();
    let severity = finding.severity.as_str();
    format!("{place}: {severity}[{}] {}", finding.rule, finding.message)
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
