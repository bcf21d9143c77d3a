//! What stands below the excerpt of a finding: what to write instead, and where the same mistake stands again.

use std::fmt::{self, Formatter};

use crate::layout::{Layout, wrapping};
use crate::report::also::{also_words, listed};

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
    match also {
        [] => Ok(()),
        lines => note(also_words(lines), &listed(lines), digits, layout, f),
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
