//! What a change changes, as a comment for a pull request.

use pipewright_analysis::Snapshot;
use pipewright_compare::{Comparison, Difference};
use pipewright_source::Diagnostic;

use super::Sides;
use super::diff_text::changed_lines;
use super::sentences::{
    add, change, cut, gone, headline, inside, order, outermost, place, refused, renamed, setting,
    under, verdict,
};
use crate::Streams;
use crate::counted::counted;
use crate::exit::Failure;
use crate::printable::printable;

/// What forges take as one comment, with room to spare.
const MAX_CHARACTERS: usize = 60_000;

/// What says that something was left out; it fits into the room that is kept for it.
const ROOM_FOR_END: usize = 300;

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
    let mut item = |sentence: String| {
        let inner = sentence.trim_start();
        let indent = &sentence[..sentence.len() - inner.len()];
        add(&mut text, format!("{indent}- {inner}\n"));
    };
    if let Some((_, said)) = refused(of) {
        item(escaped(&said));
    }
    for name in &of.names.gone {
        item(escaped(&gone(name)));
        for reader in &name.readers {
            let place = place(&sides.head, reader.span).unwrap_or_default();
            item(format!(
                "  still read by {} ({})",
                escaped(&reader.fqn),
                escaped(&place)
            ));
        }
    }
    for name in &of.names.renamed {
        item(escaped(&renamed(name)));
    }
    for name in &of.names.new {
        item(format!("{} is new", escaped(name)));
    }
    for moved in &of.order {
        item(escaped(&order(moved)));
    }
    for differs in outermost(of) {
        let more = match inside(of, differs) {
            0 => String::new(),
            count => format!(", and {} in it", counted(count, "node")),
        };
        item(format!(
            "{}**{}**{more}",
            escaped(&under(differs)),
            escaped(&verdict(differs))
        ));
        item(format!("  before: {}", escaped(&differs.before.reason)));
        item(format!("  after: {}", escaped(&differs.after.reason)));
    }
    for of in &of.settings {
        item(format!("{}:", escaped(&setting(of))));
        let lines = changed_lines(of.before.as_deref(), of.after.as_deref());
        for line in lines {
            item(format!("  `{}`", code(&cut(&line))));
        }
    }
    for value in &of.values {
        item(format!("{} comes to another text:", escaped(&value.fqn)));
        for line in changed_lines(Some(&value.before), Some(&value.after)) {
            item(format!("  `{}`", code(&cut(&line))));
        }
    }
    let finding = |finding: &Diagnostic, what: &str, side: &Snapshot| {
        let place = place(side, finding.span).unwrap_or_default();
        let message = escaped(&finding.message);
        format!(
            "{what} finding `{}`: {message} ({})",
            finding.rule,
            escaped(&place)
        )
    };
    for found in &of.findings.new {
        item(finding(found, "new", &sides.head));
    }
    for found in &of.findings.gone {
        item(finding(found, "gone", &sides.base));
    }
    text + "\n</details>\n"
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
