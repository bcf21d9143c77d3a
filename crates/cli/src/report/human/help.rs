//! What stands below the excerpt of a finding: what to write instead, and where the same mistake stands again.

use std::fmt::{self, Formatter};

use crate::layout::{Layout, wrapping};

/// How many lines are told where the same mistake stands again; the rest are counted.
const MOST_LINES: usize = 20;

/// Writes `   = help: …` and `   = also on lines 3, 9 and 12`, for an excerpt whose line numbers have so many digits.
pub(super) fn write(
    finding: &dyn miette::Diagnostic,
    also: &[u32],
    digits: usize,
    layout: Layout,
    f: &mut Formatter<'_>,
) -> fmt::Result {
    if let Some(help) = finding.help() {
        note("help:", &help.to_string(), digits, layout, f)?;
    }
    let (told, counted) = also.split_at(also.len().min(MOST_LINES));
    let mut lines: Vec<String> = told.iter().map(u32::to_string).collect();
    if !counted.is_empty() {
        lines.push(format!("{} more", counted.len()));
    }
    match lines.as_slice() {
        [] => Ok(()),
        [line] => note("also on line", line, digits, layout, f),
        [lines @ .., last] => {
            let lines = format!("{} and {last}", lines.join(", "));
            note("also on lines", &lines, digits, layout, f)
        }
    }
}

/// A note of a strong first word and a text of some lines.
fn note(
    word: &str,
    text: &str,
    digits: usize,
    layout: Layout,
    f: &mut Formatter<'_>,
) -> fmt::Result {
    let (gutter, strong) = (layout.palette.gutter(), layout.palette.strong());
    let margin = " ".repeat(digits);
    let hanging = " ".repeat(digits + 4 + word.len());
    let columns = layout.columns - hanging.len();
    let mut is_first = true;
    for line in text.lines() {
        for line in textwrap::wrap(line, wrapping(columns).break_words(true)) {
            if is_first {
                let (sign, word) = (gutter.style("="), strong.style(word));
                writeln!(f, "{margin} {sign} {word} {line}")?;
            } else {
                writeln!(f, "{hanging}{line}")?;
            }
            is_first = false;
        }
    }
    Ok(())
}
