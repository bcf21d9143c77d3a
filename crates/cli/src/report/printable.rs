//! Text from a file, made safe for a terminal.

use std::borrow::Cow;

/// What stands for a character that must not reach a terminal: an escape sequence could rewrite what the reader sees,
/// and a change of writing direction could show an expression other than the one that runs.
pub(crate) fn visible(c: char) -> char {
    match c {
        '\t' => c,
        '\0'..='\x1F' => {
            char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        '\x7F' => '\u{2421}',
        '\u{80}'..='\u{9F}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// `text` on one line and without characters that change how a terminal shows it. Line breaks become blanks.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    let replaced = |c: char| {
        if c == '\n' || c == '\r' {
            ' '
        } else {
            visible(c)
        }
    };
    if text.chars().all(|c| replaced(c) == c) {
        return Cow::Borrowed(text);
    }
    text.chars().map(replaced).collect()
}

/// The same for a text of several lines, which stay.
pub(crate) fn printable_lines(text: &str) -> String {
    let lines: Vec<Cow<'_, str>> = text.lines().map(printable).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_direction_marks_become_visible() {
        assert_eq!(
            printable("a\x1B[31mb\u{202E}c\u{9B}d"),
            "a␛[31mb\u{FFFD}c\u{FFFD}d"
        );
        assert_eq!(printable("two\nlines\ttab"), "two lines\ttab");
        assert!(matches!(printable("plain 😀 text"), Cow::Borrowed(_)));
    }
}
