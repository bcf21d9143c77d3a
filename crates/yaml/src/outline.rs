//! What is open where a line begins, in so few lines that the parser can begin there and not at the beginning of the
//! file.
//!
//! To get past what is not YAML, a text is read again for each line that may be to blame. In front of these lines
//! nothing changes: what [`plain`] read of it is put into an outline, one line for each collection that is open. Behind
//! the outline the parser reads what it would read behind the whole.

use std::ops::ControlFlow;

use pipewright_source::TextRange;

use crate::decode::Source;
use crate::events::{self, Failure};
use crate::plain;

/// The beginning of a text, and what stands for it.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// How far it goes: a line begins here.
    pub(crate) end: usize,
    /// The lines that open what is open there.
    pub(crate) lines: String,
    /// The last scalar before it.
    pub(crate) last_scalar: Option<TextRange>,
}

/// Outlines of a text that may change behind them, each of a longer part than the one before it.
#[derive(Debug, Default)]
pub(crate) struct Outlines(Vec<Outline>);

impl Outlines {
    /// How far the longest goes.
    pub(crate) fn end(&self) -> usize {
        self.0.last().map_or(0, |last| last.end)
    }

    /// Goes as far as `text` is plain lines; gives where the parser stops behind that.
    pub(crate) fn first_failure(&mut self, text: &str) -> Option<Failure> {
        self.advance(text, text.len());
        self.probe(text)
    }

    /// Goes to a line that begins before `until`, and as near to it as is certain whatever becomes of the text from
    /// there on.
    pub(crate) fn advance(&mut self, text: &str, until: usize) {
        while self.0.last().is_some_and(|last| last.end > until) {
            self.0.pop();
        }
        let whole = Outline::default();
        let last = self.0.last().unwrap_or(&whole);
        let added = last.lines.len();
        let next = plain::outlines(&last.read(text), until - last.end + added);
        let next = next.into_iter().filter(|next| next.end > added);
        let next = next.map(|next| last.of_text(next)).collect::<Vec<_>>();
        self.0.extend(next);
    }

    /// Where the parser stops in `text`, which begins as the text of the outlines. What reads as plain lines it reads
    /// to the end.
    pub(crate) fn probe(&self, text: &str) -> Option<Failure> {
        let whole = Outline::default();
        self.0.last().unwrap_or(&whole).probe(text)
    }
}

impl Outline {
    fn probe(&self, text: &str) -> Option<Failure> {
        let read = self.read(text);
        if plain::read(Source::new(&read)).is_some() {
            return None;
        }
        let failure = events::run(&read, |_, _| ControlFlow::Continue(()))?;
        let Some(at) = self.offset_in_text(failure.at) else {
            // It is an error of the outline: only the text tells where it stands there.
            return events::run(text, |_, _| ControlFlow::Continue(()));
        };
        let last_scalar = failure.last_scalar.and_then(|range| self.in_text(range));
        Some(Failure {
            at,
            kind: failure.kind,
            last_scalar: last_scalar.or(self.last_scalar),
            open_flow: failure.open_flow.and_then(|at| self.offset_in_text(at)),
        })
    }

    /// The outline of what was read behind this one as one of the text.
    fn of_text(&self, next: Self) -> Self {
        let last_scalar = next.last_scalar.and_then(|range| self.in_text(range));
        Self {
            end: next.end - self.lines.len() + self.end,
            lines: next.lines,
            last_scalar: last_scalar.or(self.last_scalar),
        }
    }

    /// The outline with the rest of a text.
    fn read(&self, text: &str) -> String {
        let rest = &text[self.end..];
        let mut read = String::with_capacity(self.lines.len() + rest.len());
        read.push_str(&self.lines);
        read.push_str(rest);
        read
    }

    fn in_text(&self, range: TextRange) -> Option<TextRange> {
        let (start, end) = (range.start(), range.end());
        Some(TextRange::new(
            self.offset_in_text(start)?,
            self.offset_in_text(end)?,
        ))
    }

    /// Where what stands at an offset behind the outline stands in the text.
    fn offset_in_text(&self, offset: u32) -> Option<u32> {
        let behind = (offset as usize).checked_sub(self.lines.len())?;
        u32::try_from(behind + self.end).ok()
    }
}
