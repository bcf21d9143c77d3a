//! Lines of a text by byte offset.

use std::ops::Range;

/// The line that holds the byte `at`, without its line break. An offset in the line break or at the end of the text
/// belongs to the line before it.
pub(crate) fn line_at(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let at = at.min(bytes.len());
    let start = memchr::memrchr2(b'\n', b'\r', &bytes[..at]).map_or(0, |before| before + 1);
    let end = memchr::memchr2(b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |length| at + length);
    start..end
}

/// The line after `line`, if there is one.
pub(crate) fn line_after(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    let rest = text.get(line.end..)?;
    let length = if rest.starts_with("\r\n") { 2 } else { 1 };
    (rest.len() > length).then(|| line_at(text, line.end + length))
}

/// The last line before the one that begins at `start` that is more than blanks.
pub(crate) fn written_line_before(text: &str, start: usize) -> Option<Range<usize>> {
    let end = text.get(..start)?.trim_end().len();
    (end > 0).then(|| line_at(text, end))
}

/// The 1-based number of the line that holds the byte `at`.
pub(crate) fn line_number(text: &str, at: usize) -> usize {
    let before = text.get(..line_at(text, at).start).unwrap_or_default();
    1 + before.lines().count()
}

/// Where the value begins in which the byte `at` stands: behind the dashes and the first key of the line. A key that
/// has an expression in it is a part of the value.
pub(crate) fn value_start(text: &str, line_start: usize, at: usize) -> usize {
    let mut start = line_start;
    loop {
        let rest = &text[start..at];
        start += rest.len() - rest.trim_start_matches([' ', '\t']).len();
        match text[start..at].strip_prefix('-') {
            Some(rest) if rest.starts_with([' ', '\t']) => start += 1,
            _ => break,
        }
    }
    let value = &text[start..at];
    let key_end = value
        .find(": ")
        .filter(|key_end| !value[..*key_end].contains("<+"));
    let Some(key_end) = key_end else { return start };
    let rest = &value[key_end + 2..];
    start + key_end + 2 + rest.len() - rest.trim_start_matches([' ', '\t']).len()
}
