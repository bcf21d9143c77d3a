//! What a change changes, for people at a terminal.

use pipewright_compare::{Comparison, Difference};

use super::Sides;
use super::sentences::{add, change, headline};
use super::told::{findings, told};
use crate::Streams;
use crate::exit::Failure;
use crate::layout::Layout;
use crate::printable::printable;

/// Writes what differs, then one line on everything.
pub(crate) fn write_diff(
    comparison: &Comparison,
    sides: &Sides,
    layout: Layout,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let mut text = String::new();
    for difference in comparison.all() {
        part(difference, sides, layout, &mut text);
        text.push('\n');
    }
    add(&mut text, format!("{}\n", headline(comparison)));
    write!(streams.output, "{text}")?;
    Ok(())
}

fn part(of: &Difference, sides: &Sides, layout: Layout, text: &mut String) {
    let title = format!("{} {}", of.kind.as_str(), printable(&of.identifier));
    let title = layout.palette.strong().style(title);
    let file = printable(&of.file);
    add(text, format!("{title} ({file}){}\n", change(of)));
    let mut line = |sentence: String| add(text, format!("  {}\n", printable(&sentence)));
    for one in told(of, sides) {
        let under = one.under.unwrap_or_default();
        line(format!("{} {under}{}", one.sign, one.said));
        for below in one.more.iter().chain(&one.lines) {
            line(format!("    {below}"));
        }
    }
    for (is_new, found, place) in findings(of, sides) {
        let sign = if is_new { '+' } else { '-' };
        let severity = found.severity.as_str();
        let (rule, message) = (found.rule, &found.message);
        line(format!("{sign} {place}: {severity}[{rule}] {message}"));
    }
    for note in &of.verdicts.notes {
        line(format!("note: {note}"));
    }
}
