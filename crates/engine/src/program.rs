//! The program of a text as it grows: hidden names or texts of values where the islands stood.

use pipewright_source::TextRange;

use crate::concat::{Noticed, Reason};
use crate::error::Error;

/// A program and where each part of it comes from.
#[derive(Debug)]
pub(crate) struct Program {
    text: String,
    noticed: Noticed,
    /// The parts in order.
    parts: Vec<Part>,
}

/// A part of a program.
#[derive(Clone, Copy, Debug)]
struct Part {
    /// Where it ends in the program.
    end: usize,
    /// Where it comes from.
    source: TextRange,
    /// Whether it stands for an island, so that every place in it is the whole island.
    island: bool,
}

impl Program {
    /// An empty program with room for `bytes`.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            noticed: Noticed::default(),
            parts: Vec::new(),
        }
    }

    /// What was written so far.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Writes text of the source that ends at `end` there.
    pub(crate) fn push_source(&mut self, text: &str, end: u32) {
        let len = u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.push(text, TextRange::new(end.saturating_sub(len), end), false);
    }

    /// Writes what stands for the island at `source`.
    pub(crate) fn push_island(&mut self, text: &str, source: TextRange) {
        self.push(text, source, true);
    }

    fn push(&mut self, text: &str, source: TextRange, island: bool) {
        let seen = self.text.len();
        self.text.push_str(text);
        self.noticed.notice(&self.text, seen);
        let end = self.text.len();
        self.parts.push(Part {
            end,
            source,
            island,
        });
    }

    /// Whether the text of a string value may be written next, given what follows its island in the source.
    pub(crate) fn decide(&self, right: &str) -> Reason {
        self.noticed.decide(&self.text, right)
    }

    /// The error at the place in the source its place in the program comes from.
    pub(crate) fn blame(&self, error: Error) -> Error {
        let Some(range) = error.range else {
            return error;
        };
        let start = self.origin(range.start() as usize).start();
        let end = match (range.end() as usize).checked_sub(1) {
            Some(last) if !range.is_empty() => self.origin(last).end(),
            _ => start,
        };
        error.at(TextRange::new(start, end.max(start)))
    }

    /// Where the byte at `offset` comes from.
    fn origin(&self, offset: usize) -> TextRange {
        let index = self.parts.partition_point(|part| part.end <= offset);
        let Some(part) = self.parts.get(index).or(self.parts.last()) else {
            return TextRange::empty(0);
        };
        if part.island {
            return part.source;
        }
        let before_end = u32::try_from(part.end.saturating_sub(offset)).unwrap_or(u32::MAX);
        let start = part.source.end().saturating_sub(before_end);
        let next = (start + 1).min(part.source.end());
        TextRange::new(start, next.max(start))
    }
}

#[cfg(test)]
mod tests {
    use pipewright_jexl::ErrorKind;

    use super::*;

    #[test]
    fn places_in_a_program_lead_back_to_the_source() {
        // Source: `a + <+bc> * d`
        let mut program = Program::with_capacity(0);
        program.push_source("a + ", 4);
        program.push_island("VAR123", TextRange::new(4, 9));
        program.push_source(" * d", 13);
        let blamed = |start, end| {
            let error = Error::new(ErrorKind::Hint, "x").at(TextRange::new(start, end));
            program.blame(error).range.unwrap()
        };
        assert_eq!(blamed(0, 1), TextRange::new(0, 1));
        assert_eq!(blamed(5, 8), TextRange::new(4, 9));
        assert_eq!(blamed(0, 10), TextRange::new(0, 9));
        assert_eq!(blamed(13, 14), TextRange::new(12, 13));
        assert_eq!(blamed(14, 14), TextRange::new(13, 13));
    }
}
