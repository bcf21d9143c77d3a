//! What stands below the excerpt of a finding: what to write instead, and where the same mistake stands again.

use std::fmt::{self, Formatter};

use crate::layout::{Layout, wrapping};
use crate::report::also::{listed, on_lines};

/// How many other names are told; the rest are counted.
const MOST_NAMES: usize = 20;

/// Where the same mistake stands again in its file.
#[derive(Debug)]
pub(super) struct Also {
    /// The 1-based lines.
    pub(super) lines: Vec<u32>,
    /// The name that it has there, where that is another.
    pub(super) name: Option<String>,
}

/// Writes `   = help: …` and `   = also on lines 3, 9 and 12`, for an excerpt whose line numbers have so many digits.
pub(super) fn write(
    finding: &dyn miette::Diagnostic,
    also: &[Also],
    digits: usize,
    layout: Layout,
    f: &mut Formatter<'_>,
) -> fmt::Result {
    if let Some(help) = finding.help() {
        note("help:", &help.to_string(), digits, layout, f)?;
    }
    match also {
        [] => Ok(()),
        also => note("also", &places(also), digits, layout, f),
    }
}

/// `on lines 3 and 9, `B` on line 12`.
fn places(also: &[Also]) -> String {
    let (told, counted) = also.split_at(also.len().min(MOST_NAMES));
    let mut places: Vec<String> = Vec::new();
    for Also { lines, name } in told {
        let name = name
            .as_ref()
            .map_or_else(String::new, |name| format!("`{name}` "));
        places.push(format!("{name}{} {}", on_lines(lines), listed(lines)));
    }
    if !counted.is_empty() {
        places.push(format!("{} more", counted.len()));
    }
    places.join(", ")
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
