//! The program of a text as it grows: hidden names or texts of values where the islands stood.

use std::collections::HashSet;

use pipewright_source::TextRange;

use crate::concat::{Noticed, Reason};
use crate::error::Error;
use crate::parts::Parts;

/// A program and where each part of it comes from.
#[derive(Debug)]
pub(crate) struct Program {
    text: String,
    noticed: Noticed,
    /// The parts in order.
    parts: Vec<Part>,
    /// The hidden names in it.
    names: HashSet<String>,
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
            names: HashSet::new(),
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

    /// Writes the text of the value of the island at `source`.
    pub(crate) fn push_spliced(&mut self, text: &str, source: TextRange) {
        self.push(text, source, true);
    }

    /// Writes the hidden name of the island at `source`.
    pub(crate) fn push_variable(&mut self, name: &str, source: TextRange) {
        self.push(name, source, true);
        self.names.insert(name.to_owned());
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

    /// Whether the text of a string value may be written next, for the island at `index` of the source.
    pub(crate) fn decide(&self, source: &Parts, index: usize) -> Reason {
        let question_after = source.has_question_after(index);
        self.noticed
            .decide(&self.text, source.after(index), question_after)
    }

    /// The program as people read it: with the islands of `source` in the place of hidden names.
    pub(crate) fn shown(&self, source: &str) -> String {
        let mut shown = String::with_capacity(self.text.len());
        let mut start = 0;
        for part in &self.parts {
            let text = &self.text[start..part.end];
            let hidden = part.island && self.names.contains(text);
            shown.push_str(if hidden {
                part.source.slice(source)
            } else {
                text
            });
            start = part.end;
        }
        shown
    }

    /// A text that may quote this program, with the islands of `source` in the place of hidden names.
    pub(crate) fn told(&self, text: &str, source: &str) -> String {
        let mut told = text.to_owned();
        let mut start = 0;
        for part in self.parts.iter().filter(|part| part.end > 0) {
            let text = &self.text[start..part.end];
            if part.island && self.names.contains(text) && told.contains(text) {
                told = told.replace(text, part.source.slice(source));
            }
            start = part.end;
        }
        told
    }

    /// The error of this program as one of `source`: its place is where the place in the program comes from, and its
    /// message speaks of islands and not of hidden names.
    pub(crate) fn blame(&self, error: &Error, source: &str) -> Error {
        let message = self.told(&error.message, source);
        let Some(range) = error.range else {
            return Error {
                message,
                ..error.clone()
            };
        };
        let start = self.origin(range.start() as usize).start();
        let end = match (range.end() as usize).checked_sub(1) {
            Some(last) if !range.is_empty() => self.origin(last).end(),
            _ => start,
        };
        let range = TextRange::new(start, end.max(start));
        Error {
            message,
            range: Some(range),
            kind: error.kind,
        }
    }

    /// Whether the byte at `offset` is the first of what stands for an island.
    pub(crate) fn starts_island(&self, offset: u32) -> bool {
        let offset = offset as usize;
        let index = self.parts.partition_point(|part| part.end <= offset);
        let start = index
            .checked_sub(1)
            .map_or(0, |before| self.parts[before].end);
        self.parts
            .get(index)
            .is_some_and(|part| part.island && start == offset)
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
        const SOURCE: &str = "a + <+bc> * d";
        let mut program = Program::with_capacity(0);
        program.push_source("a + ", 4);
        program.push_variable("VAR123", TextRange::new(4, 9));
        program.push_source(" * d", 13);
        let blamed = |start, end| {
            let error = Error::new(ErrorKind::Hint, "x").at(TextRange::new(start, end));
            program.blame(&error, SOURCE).range.unwrap()
        };
        assert_eq!(blamed(0, 1), TextRange::new(0, 1));
        assert_eq!(blamed(5, 8), TextRange::new(4, 9));
        assert_eq!(blamed(0, 10), TextRange::new(0, 9));
        assert_eq!(blamed(13, 14), TextRange::new(12, 13));
        assert_eq!(blamed(14, 14), TextRange::new(13, 13));
        assert!(program.starts_island(4) && !program.starts_island(5) && !program.starts_island(0));
        assert_eq!(program.shown(SOURCE), SOURCE);
        let error = Error::new(ErrorKind::UndefinedVariable, "nothing is named VAR123");
        assert_eq!(
            program.blame(&error, SOURCE).message,
            "nothing is named <+bc>"
        );
    }
}
