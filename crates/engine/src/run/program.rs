//! The program of a text as it grows: hidden names or texts of values where the islands stood.

use std::collections::HashMap;
use std::ops::Range;

use pipewright_jexl::ErrorKind;
use pipewright_jexl::limits::MAX_SOURCE_BYTES;
use pipewright_source::TextRange;
use pipewright_syntax::{Token, TokenKind, tokens};

use crate::concat::{Noticed, Reason};
use crate::error::Error;
use crate::parts::Parts;
use crate::run::hidden::hidden_names_in;

/// The longest program whose names are looked at, in bytes: it is cut into tokens for it.
const LONGEST_SEARCHED: usize = 16_384;

/// A program and where each part of it comes from.
#[derive(Debug)]
pub(crate) struct Program {
    text: String,
    noticed: Noticed,
    /// The parts in order.
    parts: Vec<Part>,
    /// The hidden names in it, each with the place of its island.
    names: HashMap<String, TextRange>,
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
            names: HashMap::new(),
        }
    }

    /// What was written so far.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether it may be so long.
    ///
    /// # Errors
    /// Of kind `limit` for one that would be refused before it is read, whatever is still to be written.
    pub(crate) fn check_length(&self) -> Result<(), Error> {
        if self.text.len() <= MAX_SOURCE_BYTES {
            return Ok(());
        }
        let message = format!("the source is longer than {MAX_SOURCE_BYTES} bytes");
        Err(Error::new(ErrorKind::Limit, message))
    }

    /// Writes text of the source that ends at `end` there.
    pub(crate) fn push_source(&mut self, text: &str, end: u32) {
        let len = u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.push_text(text, TextRange::new(end.saturating_sub(len), end), false);
    }

    /// Writes the text of the value of the island at `source`.
    pub(crate) fn push_spliced(&mut self, text: &str, source: TextRange) {
        self.push_text(text, source, true);
    }

    /// Writes the hidden name of the island at `source`, in which there is nothing to notice.
    pub(crate) fn push_variable(&mut self, name: &str, source: TextRange) {
        self.push(name, source, true);
        self.names.insert(name.to_owned(), source);
    }

    /// Writes a text, and notices what is in it.
    fn push_text(&mut self, text: &str, source: TextRange, island: bool) {
        let seen = self.text.len();
        self.push(text, source, island);
        self.noticed.notice(&self.text, seen);
    }

    fn push(&mut self, text: &str, source: TextRange, island: bool) {
        self.text.push_str(text);
        let end = self.text.len();
        self.parts.push(Part {
            end,
            source,
            island,
        });
    }

    /// Whether the text of a string value may be written next, for the island at `index` of the source. `looked` grows
    /// by the characters that were looked at.
    pub(crate) fn decide(&self, source: &Parts, index: usize, looked: &mut usize) -> Reason {
        let question_after = source.has_question_after(index);
        self.noticed
            .decide(&self.text, source.after(index), question_after, looked)
    }

    /// The program as people read it: with the islands of `source` in the place of hidden names.
    pub(crate) fn shown(&self, source: &str) -> String {
        let mut shown = String::with_capacity(self.text.len());
        let mut start = 0;
        for part in &self.parts {
            let text = &self.text[start..part.end];
            let hidden = part.island && self.names.contains_key(text);
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
        let mut told = String::with_capacity(text.len());
        let mut copied = 0;
        for (at, name) in hidden_names_in(text) {
            let Some(island) = self.names.get(name).filter(|_| at >= copied) else {
                continue;
            };
            told.push_str(&text[copied..at]);
            told.push_str(island.slice(source));
            copied = at + name.len();
        }
        told.push_str(&text[copied..]);
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

    /// The names that come of an island and the letters beside it: each as it stands in `source`, and as it is looked
    /// up; without the latter where it has a hidden name in it. Strings, and paths that it is a part of, are none.
    pub(crate) fn glued_names(&self, source: &str) -> Vec<(String, Option<String>)> {
        if self.text.len() > LONGEST_SEARCHED || !self.has_glued_island() {
            return Vec::new();
        }
        let tokens: Vec<_> = tokens(&self.text)
            .into_iter()
            .filter(Token::is_significant)
            .collect();
        let text_at = |at: usize| tokens.get(at).map(|token| token.range.slice(&self.text));
        let mut found = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let is_part = at.checked_sub(1).and_then(text_at) == Some(".")
                || matches!(text_at(at + 1), Some("." | "(" | "["));
            let range = token.range.to_usize();
            if token.kind == TokenKind::Name && !is_part && self.is_glued(&range) {
                let name = &self.text[range.clone()];
                let written = self.origin(range.start).cover(self.origin(range.end - 1));
                let is_hidden = self.names.keys().any(|hidden| name.contains(&**hidden));
                let name = (!is_hidden).then(|| name.to_owned());
                found.push((written.slice(source).to_owned(), name));
            }
        }
        found
    }

    /// Whether a letter or another island stands directly beside an island.
    fn has_glued_island(&self) -> bool {
        let mut start = 0;
        self.parts.iter().any(|part| {
            let (before, after) = (&self.text[..start], &self.text[part.end..]);
            start = part.end;
            part.island && (before.ends_with(is_word) || after.starts_with(is_word))
        })
    }

    /// Whether an island with more than itself makes up the name at `range`.
    fn is_glued(&self, range: &Range<usize>) -> bool {
        let first = self.parts.partition_point(|part| part.end <= range.start);
        let mut start = first
            .checked_sub(1)
            .map_or(0, |before| self.parts[before].end);
        let parts = self.parts[first..].iter().map(|part| {
            let begins = start;
            start = part.end;
            (part, begins)
        });
        let mut parts = parts.take_while(|(_, begins)| *begins < range.end);
        parts.any(|(part, begins)| {
            let is_inside = range.start <= begins && part.end <= range.end && begins < part.end;
            part.island && is_inside && part.end - begins < range.len()
        })
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

    /// Whether the byte at `offset` stands for an island.
    pub(crate) fn is_of_island(&self, offset: u32) -> bool {
        let index = self
            .parts
            .partition_point(|part| part.end <= offset as usize);
        self.parts.get(index).is_some_and(|part| part.island)
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

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_island_glued_to_letters_is_one_name() {
        const SOURCE: &str = "<+a> ? <+b>tail : \"<+c>x\" + y.<+d>z + <+e>";
        let mut program = Program::with_capacity(0);
        program.push_variable("VARA", TextRange::new(0, 4));
        program.push_source(" ? ", 7);
        program.push_spliced("B", TextRange::new(7, 11));
        program.push_source("tail : \"", 19);
        program.push_spliced("C", TextRange::new(19, 23));
        program.push_source("x\" + y.", 30);
        program.push_spliced("D", TextRange::new(30, 34));
        program.push_source("z + ", 38);
        program.push_variable("VARE", TextRange::new(38, 42));
        let glued = [("<+b>tail".to_owned(), Some("Btail".to_owned()))];
        assert_eq!(program.glued_names(SOURCE), glued);
    }

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
    }

    #[test]
    fn a_message_speaks_of_islands() {
        const SOURCE: &str = "<+a><+bc>";
        const NAMES: [&str; 2] = [
            "VARCUOTWPDISK2YJC7A1VARPGRO2P373OJKWVKG",
            "VARCUOTWPDISK2YJC7B2VARPGRO2P373OJKWVKH",
        ];
        let mut program = Program::with_capacity(0);
        program.push_variable(NAMES[0], TextRange::new(0, 4));
        program.push_variable(NAMES[1], TextRange::new(4, 9));
        let other = NAMES[0].replace("7A1", "7A3");
        let message = format!("nothing is named {}x: {other}", NAMES.concat());
        assert_eq!(
            program.told(&message, SOURCE),
            format!("nothing is named <+a><+bc>x: {other}")
        );
    }
}
