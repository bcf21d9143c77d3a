//! What a line says by itself. Bytes are those of the whole text; a line ends at its line break or with the text.

use crate::ScalarStyle;

/// The longest key in bytes: the parser looks no further than 1,024 characters for the colon.
const LONGEST_KEY: usize = 1000;

/// The end of the line that holds `at`.
pub(super) fn end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |length| at + length)
}

pub(super) fn skip_spaces(bytes: &[u8], at: usize, end: usize) -> usize {
    let rest = bytes.get(at..end).unwrap_or_default();
    let spaces = rest.iter().position(|byte| *byte != b' ');
    spaces.map_or(end.max(at), |spaces| at + spaces)
}

/// Whether a blank stands at `at`, or the end of the line.
pub(super) fn is_blank_or_end(bytes: &[u8], at: usize, end: usize) -> bool {
    at >= end || bytes[at] == b' '
}

/// What stands behind the dashes of a line.
pub(super) enum Content {
    /// A key with its colon.
    Key(Key),
    /// Something else.
    Value,
}

/// A key of at most [`LONGEST_KEY`] bytes.
pub(super) struct Key {
    /// The text of a key in quotes.
    pub(super) quoted: Option<Quoted>,
    /// Its end.
    pub(super) end: usize,
    /// Where its colon stands.
    pub(super) colon: usize,
}

/// Tells a key from a value. `None` where that is not certain.
pub(super) fn content(text: &str, at: usize, end: usize) -> Option<Content> {
    let bytes = text.as_bytes();
    let key = match bytes[at] {
        quote @ (b'"' | b'\'') => {
            let Some(quoted) = quoted(bytes, at, end, quote) else {
                return Some(Content::Value);
            };
            let colon = quoted.end;
            if bytes.get(colon) != Some(&b':') || !is_blank_or_end(bytes, colon + 1, end) {
                return Some(Content::Value);
            }
            Key {
                quoted: Some(quoted),
                end: quoted.end,
                colon,
            }
        }
        b'[' | b'{' | b'|' | b'>' => return Some(Content::Value),
        _ => {
            let plain = plain(bytes, at, end)?;
            if !plain.is_key {
                return Some(Content::Value);
            }
            Key {
                quoted: None,
                end: plain.end,
                colon: plain.next,
            }
        }
    };
    (key.end - at <= LONGEST_KEY).then_some(Content::Key(key))
}

/// A plain text on one line.
pub(super) struct Plain {
    /// Its end, without the blanks behind it.
    pub(super) end: usize,
    /// Where the colon or the comment behind it stands, or the end of the line.
    pub(super) next: usize,
    /// Whether a colon stands there.
    pub(super) is_key: bool,
}

/// Reads a plain text that begins at `at`. `None` where none does.
pub(super) fn plain(bytes: &[u8], at: usize, end: usize) -> Option<Plain> {
    if !begins_plain(bytes, at, end) {
        return None;
    }
    let mut next = at;
    let mut is_key = false;
    loop {
        let Some(length) = memchr::memchr2(b':', b'#', &bytes[next..end]) else {
            next = end;
            break;
        };
        next += length;
        if bytes[next] == b':' && is_blank_or_end(bytes, next + 1, end) {
            is_key = true;
            break;
        }
        if bytes[next] == b'#' && bytes[next - 1] == b' ' {
            break;
        }
        next += 1;
    }
    let blanks = bytes[at..next].iter().rev();
    let blanks = blanks.take_while(|byte| **byte == b' ').count();
    let end = next - blanks;
    (end > at).then_some(Plain { end, next, is_key })
}

fn begins_plain(bytes: &[u8], at: usize, end: usize) -> bool {
    match bytes[at] {
        b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>' | b'\''
        | b'"' | b'%' | b'@' | b'`' | b'?' | b':' => false,
        b'-' => !is_blank_or_end(bytes, at + 1, end),
        _ => true,
    }
}

/// A text in quotes.
#[derive(Clone, Copy)]
pub(super) struct Quoted {
    /// Behind the closing quote.
    pub(super) end: usize,
    pub(super) style: ScalarStyle,
    /// Whether its value is another than what stands between the quotes.
    pub(super) is_escaped: bool,
}

/// Reads a text whose opening quote stands at `at`. `None` where it does not end before `end`, or has an escape that is
/// not one of the common.
pub(super) fn quoted(bytes: &[u8], at: usize, end: usize, quote: u8) -> Option<Quoted> {
    let (style, escape) = match quote {
        b'"' => (ScalarStyle::DoubleQuoted, b'\\'),
        _ => (ScalarStyle::SingleQuoted, b'\''),
    };
    let mut is_escaped = false;
    let mut next = at + 1;
    loop {
        next += memchr::memchr2(quote, escape, bytes.get(next..end)?)?;
        let follows = bytes.get(next + 1).filter(|_| next + 1 < end);
        match (bytes[next], follows) {
            (b'\'', Some(b'\''))
            | (b'\\', Some(b'n' | b't' | b'r' | b'"' | b'\\' | b'/' | b' ' | b'\n')) => {
                is_escaped = true;
                next += 2;
            }
            (b'\\', _) => return None,
            _ => {
                return Some(Quoted {
                    end: next + 1,
                    style,
                    is_escaped,
                });
            }
        }
    }
}

/// How far the text of a block scalar is indented whose first line is at `start`: as its first line that is not blank.
/// `None` where there is none, where a blank line before it is longer, and where a tab stands in front.
pub(super) fn indent_of_text(bytes: &[u8], start: usize) -> Option<usize> {
    let mut longest_blank = 0;
    let mut start = start;
    while start < bytes.len() {
        let end = end(bytes, start);
        let first = skip_spaces(bytes, start, end);
        let indent = first - start;
        if first < end {
            let is_certain = bytes[first] != b'\t' && longest_blank <= indent;
            return is_certain.then_some(indent);
        }
        longest_blank = longest_blank.max(indent);
        start = end + 1;
    }
    None
}
