//! Texts of others, made fit to be shown: what a terminal would obey, and what nobody can see, is written as an escape.
//!
//! An escape sequence could rewrite what the reader sees, a change of writing direction could show an expression other
//! than the one that runs, and two names may differ in a character without width. Text and JSON escape the same
//! characters.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

use serde::Serialize;

/// Control and format characters, line and paragraph separators, private use, and whatever else Unicode lets a screen
/// ignore: fillers, variation selectors and tags. Tab and line feed are not among them. By code, without overlap.
const HIDDEN: [(char, char); 31] = [
    ('\0', '\u{8}'),
    ('\u{B}', '\u{1F}'),
    ('\u{7F}', '\u{9F}'),
    ('\u{AD}', '\u{AD}'),
    ('\u{34F}', '\u{34F}'),
    ('\u{600}', '\u{605}'),
    ('\u{61C}', '\u{61C}'),
    ('\u{6DD}', '\u{6DD}'),
    ('\u{70F}', '\u{70F}'),
    ('\u{890}', '\u{891}'),
    ('\u{8E2}', '\u{8E2}'),
    ('\u{115F}', '\u{1160}'),
    ('\u{17B4}', '\u{17B5}'),
    ('\u{180B}', '\u{180F}'),
    ('\u{200B}', '\u{200F}'),
    ('\u{2028}', '\u{202E}'),
    ('\u{2060}', '\u{206F}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{E000}', '\u{F8FF}'),
    ('\u{FE00}', '\u{FE0F}'),
    ('\u{FEFF}', '\u{FEFF}'),
    ('\u{FFA0}', '\u{FFA0}'),
    ('\u{FFF0}', '\u{FFFB}'),
    ('\u{110BD}', '\u{110BD}'),
    ('\u{110CD}', '\u{110CD}'),
    ('\u{13430}', '\u{1343F}'),
    ('\u{1BCA0}', '\u{1BCA3}'),
    ('\u{1D173}', '\u{1D17A}'),
    ('\u{E0000}', '\u{E0FFF}'),
    ('\u{F0000}', '\u{FFFFD}'),
    ('\u{100000}', '\u{10FFFD}'),
];

/// Whether a screen would obey or swallow a character instead of showing it. Tab and line feed are shown.
pub(crate) fn is_hidden(c: char) -> bool {
    match c {
        '\t' | '\n' | ' '..='~' => false,
        _ => {
            let after = HIDDEN.partition_point(|(first, _)| *first <= c);
            after > 0 && c <= HIDDEN[after - 1].1
        }
    }
}

/// Adds a character as it is shown: itself, or `\u{1b}`.
pub(crate) fn push_visible(text: &mut String, c: char) {
    if is_hidden(c) {
        text.extend(c.escape_unicode());
    } else {
        text.push(c);
    }
}

/// `text` on one line, with hidden characters as escapes. Line breaks become blanks.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    let is_break = |c: char| c == '\n' || c == '\r';
    if !text.chars().any(|c| is_break(c) || is_hidden(c)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        push_visible(&mut shown, if is_break(c) { ' ' } else { c });
    }
    Cow::Owned(shown)
}

/// The same for a text of several lines, which stay.
pub(crate) fn printable_lines(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let lines = text.split('\n');
    let lines = lines.map(|line| printable(line.strip_suffix('\r').unwrap_or(line)));
    Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
}

/// JSON that was written, with hidden characters as JSON escapes them. It means the same.
pub(crate) fn escaped_json(json: String) -> String {
    if json.bytes().all(|byte| byte < 0x7F) || !json.chars().any(is_hidden) {
        return json;
    }
    let mut escaped = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // A text takes whatever is written into it.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// A value as JSON on one line.
pub(crate) fn json_line(value: &impl Serialize) -> io::Result<String> {
    Ok(escaped_json(serde_json::to_string(value)?))
}

/// A value as JSON on lines of its own, indented, without a line break at the end.
pub(crate) fn json_lines(value: &impl Serialize) -> io::Result<String> {
    Ok(escaped_json(serde_json::to_string_pretty(value)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_that_of_unicode() {
        let hidden = r"[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}--\t\n]";
        let hidden = fancy_regex::Regex::new(hidden).unwrap();
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            assert_eq!(is_hidden(c), hidden.is_match(&text).unwrap(), "{c:?}");
        }
    }

    #[test]
    fn what_is_hidden_becomes_an_escape() {
        let cases = [
            (
                "a\x1B[31mb\u{202E}c\u{9B}d",
                r"a\u{1b}[31mb\u{202e}c\u{9b}d",
            ),
            ("two\r\nlines\ttab", "two  lines\ttab"),
            (
                "zero\u{200B}width\u{E0041}\u{E000}",
                r"zero\u{200b}width\u{e0041}\u{e000}",
            ),
            ("plain 😀 é text", "plain 😀 é text"),
        ];
        for (text, shown) in cases {
            assert_eq!(printable(text), shown);
        }
        assert_eq!(printable_lines("a\x07\r\nb\rc\n"), "a\\u{7}\nb c\n");
    }

    #[test]
    fn escaped_json_means_the_same() {
        let text = "\u{1B}\u{7F}\u{9B}\u{200B}\u{202E}\u{E000}\u{E0041} 😀 \\ \"";
        let json = json_line(&text).unwrap();
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        assert!(!json.chars().any(is_hidden), "{json}");
        assert!(json.contains(r"\udb40\udc41"), "{json}");
    }
}
