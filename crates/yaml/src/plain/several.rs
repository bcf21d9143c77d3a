//! Texts that go on over several lines: in quotes, or plain.

use pipewright_source::TextRange;

use super::Reader;
use super::line::{self, Quoted, is_blank_or_end, quoted};
use crate::ScalarStyle;
use crate::decode::flow_text;

impl Reader<'_> {
    /// Reads a text in quotes that does not end on its first line. Every line of it must stand deeper than the
    /// collection that it is a value of.
    pub(super) fn quoted_over_lines(&self, at: usize, quote: u8) -> Option<Quoted> {
        let column = self.open.last()?.column;
        let quoted = quoted(self.bytes, at, self.bytes.len(), quote)?;
        let mut start = line::end(self.bytes, at) + 1;
        while start < quoted.end {
            let end = line::end(self.bytes, start);
            let first = line::skip_spaces(self.bytes, start, end);
            if first < end && !self.is_deep_line(start, first, end, column) {
                return None;
            }
            start = end + 1;
        }
        Some(Quoted {
            is_escaped: true,
            ..quoted
        })
    }

    /// Where a plain text ends whose first line is read: on it at `last`, or on one of the lines behind the end of that
    /// line, `end`. `None` where that is not certain.
    pub(super) fn plain_end(&self, last: usize, end: usize) -> Option<usize> {
        let column = self.open.last()?.column;
        let mut last = last;
        let mut start = end + 1;
        while start < self.bytes.len() {
            let end = line::end(self.bytes, start);
            let first = line::skip_spaces(self.bytes, start, end);
            if first < end {
                if first - start <= column || self.bytes[first] == b'#' {
                    break;
                }
                if !self.is_deep_line(start, first, end, column) || !goes_on(self.bytes, first, end)
                {
                    return None;
                }
                let blanks = self.bytes[first..end].iter().rev();
                let blanks = blanks.take_while(|byte| **byte == b' ').count();
                last = end - blanks;
            }
            start = end + 1;
        }
        Some(last)
    }

    /// A plain text of several lines.
    pub(super) fn plain_over_lines(&mut self, start: usize, end: usize) {
        let range = TextRange::of(start, end);
        let (value, map) = flow_text(self.text, range, ScalarStyle::Plain);
        self.leaf(value.into(), ScalarStyle::Plain, map, range);
    }

    fn is_deep_line(&self, start: usize, first: usize, end: usize, column: usize) -> bool {
        first - start > column && memchr::memchr(b'\t', &self.bytes[first..end]).is_none()
    }
}

/// Whether a line can only be more of a plain text: nothing in it is a key, a dash or a comment.
fn goes_on(bytes: &[u8], first: usize, end: usize) -> bool {
    let is_sign = matches!(bytes[first], b'-' | b'?' | b':');
    if is_sign && is_blank_or_end(bytes, first + 1, end) {
        return false;
    }
    let mut next = first;
    while let Some(length) = memchr::memchr2(b':', b'#', &bytes[next..end]) {
        next += length;
        let is_certain = match bytes[next] {
            b':' => !is_blank_or_end(bytes, next + 1, end),
            _ => bytes[next - 1] != b' ',
        };
        if !is_certain {
            return false;
        }
        next += 1;
    }
    true
}
