//! The matches of a pattern in a text.

use std::ops::Range;

use super::linear::Linear;
use super::machine::Machine;
use crate::OpResult;
use crate::budget;
use crate::limits::WORK_A_MATCH;

/// The byte ranges of a match: the whole and each group that took part.
#[derive(Clone, Debug)]
pub struct Match {
    pub(super) groups: Vec<Option<Range<usize>>>,
}

impl Match {
    /// The bytes of the whole match.
    pub fn range(&self) -> Range<usize> {
        self.group(0).unwrap_or_default()
    }

    /// The bytes of a group, if it took part; group 0 is the whole match.
    pub fn group(&self, number: usize) -> Option<Range<usize>> {
        self.groups.get(number).cloned().flatten()
    }

    /// How much memory it takes, in bytes.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Self>() + self.groups.len() * size_of::<Option<Range<usize>>>()
    }

    /// The number of capturing groups.
    pub(crate) fn group_count(&self) -> usize {
        self.groups.len().saturating_sub(1)
    }
}

/// What finds the matches.
pub(super) enum Finder<'p, 't> {
    Literal(&'p str),
    /// With what tells the groups of its matches, if it does not itself.
    Linear(&'p Linear, Option<Machine<'p, 't>>),
    Machine(Machine<'p, 't>),
}

/// A search that goes from match to match.
pub(super) struct Search<'p, 't> {
    text: &'t str,
    finder: Finder<'p, 't>,
    from: usize,
    last_end: usize,
}

impl<'p, 't> Search<'p, 't> {
    pub(super) fn new(text: &'t str, finder: Finder<'p, 't>) -> Self {
        Self {
            text,
            finder,
            from: 0,
            last_end: 0,
        }
    }

    /// The next match, paid for.
    pub(super) fn next(&mut self) -> OpResult<Option<Match>> {
        if self.from > self.text.len() {
            return Ok(None);
        }
        let found = match &mut self.finder {
            Finder::Literal(literal) => find_literal(self.text, literal, self.from)?,
            Finder::Linear(linear, groups) => match (linear.find(self.text, self.from)?, groups) {
                (Some(found), Some(groups)) => groups
                    .find(found.range().start, self.last_end)?
                    .or(Some(found)),
                (found, _) => found,
            },
            Finder::Machine(machine) => machine.find(self.from, self.last_end)?,
        };
        let Some(found) = found else {
            self.from = self.text.len() + 1;
            return Ok(None);
        };
        budget::spend(WORK_A_MATCH)?;
        let range = found.range();
        self.last_end = range.end;
        self.from = range.end;
        if range.is_empty() {
            let next = self.text[range.end..].chars().next();
            self.from += next.map_or(1, char::len_utf8);
        }
        Ok(Some(found))
    }
}

fn find_literal(text: &str, literal: &str, from: usize) -> OpResult<Option<Match>> {
    let found = text[from..].find(literal).map(|at| from + at);
    let end = found.map_or(text.len(), |at| at + literal.len());
    budget::spend((end - from) as u64)?;
    Ok(found.map(|at| Match {
        groups: vec![Some(at..end)],
    }))
}
