//! Where a failure is shown, and what stands there.

use granit_parser::ErrorKind;
use pipewright_source::TextRange;

use crate::events::Failure;
use crate::lines::{line_after, line_at, line_number};

/// Whether a tab is to blame.
pub(crate) fn is_tab(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabAtBlockScalarStart
            | ErrorKind::TabInPlainScalar
    )
}

/// The first tab in the indentation of the line at `at` or the one after it.
pub(super) fn tab(text: &str, at: usize) -> Option<TextRange> {
    let line = line_at(text, at);
    let next = line_after(text, &line);
    [Some(line), next].into_iter().flatten().find_map(|line| {
        let written = &text[line.clone()];
        let indentation = &written[..written.len() - written.trim_start().len()];
        let tab = line.start + indentation.find('\t')?;
        Some(TextRange::of(tab, tab + 1))
    })
}

/// `at`, or the beginning of the character it is in.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// From `at` to the next blank; at the end of a line, the last character before it.
pub(super) fn word(text: &str, at: usize) -> TextRange {
    let line = line_at(text, at);
    let rest = &text[at..line.end];
    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    if length > 0 {
        return TextRange::of(at, at + length);
    }
    if let Some(blank) = rest.chars().next() {
        return TextRange::of(at, at + blank.len_utf8());
    }
    let before = text[..at].trim_end();
    let last = before.chars().next_back().map_or(0, char::len_utf8);
    TextRange::of(before.len() - last, before.len())
}

/// The quote at `at`, as messages show it.
pub(super) fn quote_at(text: &str, at: usize) -> &str {
    text[at..]
        .get(..1)
        .filter(|quote| matches!(*quote, "\"" | "'"))
        .map_or("quote", |quote| if quote == "\"" { "`\"`" } else { "`'`" })
}

/// Tells where the text in quotes begins, if that is not the line of `at`.
pub(super) fn opened_above(text: &str, at: usize, failure: &Failure) -> String {
    let opened = failure
        .opening_quote(text)
        .map(|open| line_number(text, open));
    match opened {
        Some(line) if line != line_number(text, at) => {
            format!(", and the text it closes begins on line {line}")
        }
        _ => String::new(),
    }
}
