//! What a change changes, as a comment for a pull request.

use pipewright_compare::{Comparison, Difference};

use super::Sides;
use super::sentences::{add, change, headline, outermost};
use super::told::{findings, told};
use crate::Streams;
use crate::exit::Failure;
use crate::printable::printable;

/// What forges take as one comment, with room to spare.
const MAX_CHARACTERS: usize = 60_000;

/// What says that something was left out; it fits into the room that is kept for it.
const ROOM_FOR_END: usize = 300;

/// How many characters of a line are shown.
const LONGEST_LINE: usize = 300;

/// Writes a headline, a table of what differs, and folded details: never more than 60,000 characters.
pub(crate) fn write_diff_markdown(
    comparison: &Comparison,
    sides: &Sides,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    write!(streams.output, "{}", comment(comparison, sides))?;
    Ok(())
}

fn comment(comparison: &Comparison, sides: &Sides) -> String {
    let mut text = format!("**Pipewright:** {}\n", escaped(&headline(comparison)));
    if comparison.is_empty() {
        return text;
    }
    text += "\n| | names | what would run | settings | findings |\n|---|---|---|---|---|\n";
    let mut left_rows = 0;
    for of in comparison.all() {
        let row = row(of);
        if text.chars().count() + row.chars().count() > MAX_CHARACTERS / 2 {
            left_rows += 1;
            continue;
        }
        text += &row;
    }
    if left_rows > 0 {
        add(&mut text, format!("\nand {left_rows} more rows\n"));
    }
    let mut left = 0;
    for of in comparison.all() {
        let details = details(of, sides);
        if text.chars().count() + details.chars().count() > MAX_CHARACTERS - ROOM_FOR_END {
            left += 1;
            continue;
        }
        text += &details;
    }
    if left > 0 {
        add(
            &mut text,
            format!(
                "\nThe details of {left} more do not fit here: `pipewright diff` shows them.\n"
            ),
        );
    }
    text
}

fn row(of: &Difference) -> String {
    let names = &of.names;
    let parts = |parts: &[(usize, &str)]| -> String {
        let there = parts.iter().filter(|(count, _)| *count > 0);
        let said: Vec<String> = there
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        said.join(", ")
    };
    format!(
        "| {} `{}` ({}){} | {} | {} | {} | {} |\n",
        of.kind.as_str(),
        code(&of.identifier),
        escaped(&of.file),
        change(of),
        parts(&[
            (names.gone.len(), "gone"),
            (names.renamed.len(), "renamed"),
            (names.new.len(), "new"),
        ]),
        parts(&[(outermost(of).count(), "other"), (of.order.len(), "moved")]),
        parts(&[(of.settings.len(), "other")]),
        parts(&[
            (of.findings.new.len(), "new"),
            (of.findings.gone.len(), "gone"),
        ]),
    )
}

fn details(of: &Difference, sides: &Sides) -> String {
    let mut text = format!(
        "\n<details><summary>{} <code>{}</code> ({}){}</summary>\n\n",
        of.kind.as_str(),
        html(&of.identifier),
        html(&of.file),
        change(of)
    );
    for one in told(of, sides) {
        let (under, said) = (one.under.as_deref(), escaped(&one.said));
        let item = match under {
            Some(under) => format!("{}**{said}**", escaped(under)),
            None if one.lines.is_empty() => said,
            None => format!("{said}:"),
        };
        add(&mut text, format!("- {item}\n"));
        for more in &one.more {
            add(&mut text, format!("  - {}\n", escaped(more)));
        }
        text += &fenced(&one.lines);
    }
    for (is_new, found, place) in findings(of, sides) {
        let what = if is_new { "new" } else { "gone" };
        let (rule, message) = (found.rule, escaped(&found.message));
        let place = escaped(&place);
        add(
            &mut text,
            format!("- {what} finding `{rule}`: {message} ({place})\n"),
        );
    }
    for note in &of.verdicts.notes {
        add(&mut text, format!("- note: {}\n", escaped(note)));
    }
    text + "\n</details>\n"
}

/// Lines that differ as a block of a list's item, which keeps their blanks and calls nobody.
fn fenced(lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let shown = |line: &String| {
        let line = printable(line);
        let is_long = line.chars().count() > LONGEST_LINE;
        let end = if is_long { "…" } else { "" };
        let kept: String = line.chars().take(LONGEST_LINE).collect();
        format!("  {kept}{end}\n")
    };
    let shown: String = lines.iter().map(shown).collect();
    let ticks = shown.split(|c| c != '`').map(str::len).max();
    let fence = "`".repeat(ticks.unwrap_or(0).max(2) + 1);
    format!("  {fence}diff\n{shown}  {fence}\n")
}

/// A text in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in printable(text).chars() {
        if "\\`*_{}[]<>#|!~&@".contains(c) {
            // A mention would call somebody.
            match c {
                '<' => safe.push_str("&lt;"),
                '&' => safe.push_str("&amp;"),
                '@' => safe.push_str("&#64;"),
                c => safe.extend(['\\', c]),
            }
        } else {
            safe.push(c);
        }
    }
    safe
}

/// A text between two backticks.
fn code(text: &str) -> String {
    printable(text).replace('`', "'").replace('|', "\\|")
}

fn html(text: &str) -> String {
    let text = printable(text).replace('&', "&amp;");
    text.replace('<', "&lt;").replace('@', "&#64;")
}
