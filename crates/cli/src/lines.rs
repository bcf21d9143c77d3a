//! Lines of a stream, of bounded length.

use std::borrow::Cow;
use std::io::{self, BufRead, Read as _};

/// The bytes a line may have, without its end.
pub(crate) const MAX_LINE: usize = 16 << 20;

/// Reads lines.
pub(crate) struct Lines<'a> {
    input: &'a mut dyn BufRead,
    line: Vec<u8>,
}

/// One line.
#[derive(PartialEq, Eq, Debug)]
pub(crate) enum Line<'a> {
    /// The line without its end.
    Whole(&'a str),
    /// A line that is no UTF-8.
    NoText {
        /// The line with U+FFFD for the bytes that are no text.
        readable: Cow<'a, str>,
        /// Before the first byte that is no text.
        offset: usize,
    },
    /// A line of more than [`MAX_LINE`] bytes, which is passed over; as far as it was read.
    TooLong(Cow<'a, str>),
}

impl<'a> Lines<'a> {
    pub(crate) fn new(input: &'a mut dyn BufRead) -> Self {
        Self {
            input,
            line: Vec::new(),
        }
    }

    /// The next line; `None` at the end of the stream.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        let most = MAX_LINE as u64 + 1;
        let mut piece = self.input.take(most);
        if piece.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        if self.line.len() > MAX_LINE && self.line.last() != Some(&b'\n') {
            self.input.skip_until(b'\n')?;
            return Ok(Some(Line::TooLong(String::from_utf8_lossy(&self.line))));
        }
        let bytes = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
        Ok(Some(match str::from_utf8(bytes) {
            Ok(text) => Line::Whole(text),
            Err(error) => Line::NoText {
                readable: String::from_utf8_lossy(bytes),
                offset: error.valid_up_to(),
            },
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let mut text = vec![b'x'; MAX_LINE];
        text.extend(b"\n\n");
        text.extend(vec![b'y'; MAX_LINE + 1]);
        text.extend(b"\nlast\xFF");
        let mut input = text.as_slice();
        let mut lines = Lines::new(&mut input);
        let longest = "x".repeat(MAX_LINE);
        let begun = "y".repeat(MAX_LINE + 1);
        for expected in [
            Line::Whole(&longest),
            Line::Whole(""),
            Line::TooLong(begun.into()),
            Line::NoText {
                readable: "last\u{FFFD}".into(),
                offset: 4,
            },
        ] {
            let found = lines.next().expect("bytes in memory can be read");
            assert!(found == Some(expected), "another line was read");
        }
        let end = lines.next().expect("bytes in memory can be read");
        assert!(end.is_none());
    }
}
