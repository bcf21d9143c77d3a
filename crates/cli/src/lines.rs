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
    /// The line without its end; bytes that are no UTF-8 are U+FFFD.
    Whole(Cow<'a, str>),
    /// A line of more than [`MAX_LINE`] bytes, which is passed over.
    TooLong,
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
            self.line = Vec::new();
            self.input.skip_until(b'\n')?;
            return Ok(Some(Line::TooLong));
        }
        let text = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
        Ok(Some(Line::Whole(String::from_utf8_lossy(text))))
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
        for expected in [
            Line::Whole(longest.into()),
            Line::Whole("".into()),
            Line::TooLong,
            Line::Whole("last\u{FFFD}".into()),
        ] {
            let found = lines.next().expect("bytes in memory can be read");
            assert!(found == Some(expected), "another line was read");
        }
        let end = lines.next().expect("bytes in memory can be read");
        assert!(end.is_none());
    }
}
