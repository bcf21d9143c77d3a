//! Plain, single-quoted and double-quoted scalars: escapes, and line breaks that fold to blanks.

use pipewright_source::TextRange;

use super::recorder::{Recorder, break_len};
use crate::ScalarStyle;

/// Decodes the bytes between the quotes, or of the whole plain scalar.
pub(super) fn decode(text: &str, inner: TextRange, style: ScalarStyle) -> Recorder<'_> {
    let range = inner.to_usize();
    let end = range.end.min(text.len());
    let bytes = &text.as_bytes()[..end];
    let mut out = Recorder::new(text);
    let mut at = range.start;
    while at < end {
        let rest = &bytes[at..];
        at = match (rest[0], style) {
            (b'\r' | b'\n', _) => fold(&mut out, bytes, at, Fold::Blank),
            (b' ' | b'\t', _) => blanks(&mut out, bytes, at),
            (b'\'', ScalarStyle::SingleQuoted) => {
                out.replaced("'", at, (at + 2).min(end));
                at + 2
            }
            (b'\\', ScalarStyle::DoubleQuoted) => escape(&mut out, bytes, at),
            _ => {
                let plain = rest.iter().position(|byte| is_special(*byte, style));
                let next = plain.map_or(end, |length| at + length);
                out.verbatim(at, next);
                next
            }
        };
    }
    out
}

fn is_special(byte: u8, style: ScalarStyle) -> bool {
    match byte {
        b'\r' | b'\n' | b' ' | b'\t' => true,
        b'\'' => style == ScalarStyle::SingleQuoted,
        b'\\' => style == ScalarStyle::DoubleQuoted,
        _ => false,
    }
}

/// Blanks in front of a line break vanish; all others stay.
fn blanks(out: &mut Recorder<'_>, bytes: &[u8], at: usize) -> usize {
    let next = skip_blanks(bytes, at);
    if break_len(bytes, next) == 0 {
        out.verbatim(at, next);
    }
    next
}

fn skip_blanks(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    let length = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
    at + length.count()
}

/// What the first line break of a run becomes if no empty line follows.
#[derive(Clone, Copy, PartialEq)]
enum Fold {
    Blank,
    Nothing,
}

/// One line break folds away; each empty line after it stays as a line break. The blanks that begin a line vanish.
fn fold(out: &mut Recorder<'_>, bytes: &[u8], at: usize, first: Fold) -> usize {
    let first_end = at + break_len(bytes, at);
    let mut next = skip_blanks(bytes, first_end);
    let mut empty_lines = 0;
    while break_len(bytes, next) > 0 {
        let end = next + break_len(bytes, next);
        out.line_break(next, end);
        empty_lines += 1;
        next = skip_blanks(bytes, end);
    }
    if empty_lines == 0 && first == Fold::Blank {
        out.replaced(" ", at, first_end);
    }
    next
}

/// A backslash and what follows. What is no escape stays as it is; the comparison with the parser's value tells.
fn escape(out: &mut Recorder<'_>, bytes: &[u8], at: usize) -> usize {
    let Some(letter) = bytes.get(at + 1) else {
        out.verbatim(at, at + 1);
        return at + 1;
    };
    let simple = match letter {
        b'\r' | b'\n' => return fold(out, bytes, at + 1, Fold::Nothing),
        b'x' => return hexadecimal(out, bytes, at, 2),
        b'u' => return hexadecimal(out, bytes, at, 4),
        b'U' => return hexadecimal(out, bytes, at, 8),
        b'0' => "\0",
        b'a' => "\u{7}",
        b'b' => "\u{8}",
        b't' | b'\t' => "\t",
        b'n' => "\n",
        b'v' => "\u{b}",
        b'f' => "\u{c}",
        b'r' => "\r",
        b'e' => "\u{1b}",
        b' ' => " ",
        b'"' => "\"",
        b'/' => "/",
        b'\\' => "\\",
        b'N' => "\u{85}",
        b'_' => "\u{a0}",
        b'L' => "\u{2028}",
        b'P' => "\u{2029}",
        _ => {
            out.verbatim(at, at + 1);
            return at + 1;
        }
    };
    out.replaced(simple, at, at + 2);
    at + 2
}

/// `\x41`, `\u0041`, `\U00000041`; two `\u` that make a surrogate pair are one character.
fn hexadecimal(out: &mut Recorder<'_>, bytes: &[u8], at: usize, digits: usize) -> usize {
    let end = at + 2 + digits;
    let first = digits_at(bytes, at + 2, digits);
    let (code, end) = match first {
        Some(high @ 0xD800..=0xDBFF) if bytes.get(end..end + 2) == Some(b"\\u") => {
            match digits_at(bytes, end + 2, 4) {
                Some(low @ 0xDC00..=0xDFFF) => (
                    Some(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)),
                    end + 6,
                ),
                _ => (None, end),
            }
        }
        code => (code, end),
    };
    if let Some(c) = code.and_then(char::from_u32) {
        out.replaced(c.encode_utf8(&mut [0; 4]), at, end);
        end
    } else {
        out.verbatim(at, at + 1);
        at + 1
    }
}

fn digits_at(bytes: &[u8], at: usize, digits: usize) -> Option<u32> {
    let text = std::str::from_utf8(bytes.get(at..at + digits)?).ok()?;
    u32::from_str_radix(text, 16).ok()
}
