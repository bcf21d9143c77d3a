//! Runs a program over a text, one way after the other, and pays for every step it takes.

use super::Match;
use super::program::{Loop, Program, Step};
use super::trail::{NONE, Trail, Way};
use crate::OpResult;
use crate::budget;
use crate::limits::WORK_A_REGEX_STEP;

/// How much is paid at once, in units of work.
const PAYMENT: u64 = 4096;

/// A search over one text.
#[derive(Debug)]
pub(super) struct Machine<'p, 't> {
    program: &'p Program,
    pub(super) text: &'t str,
    pub(super) trail: Trail,
    /// What was done and not yet paid, in units of work.
    owed: u64,
}

impl<'p, 't> Machine<'p, 't> {
    pub(super) fn new(program: &'p Program, text: &'t str) -> Self {
        Self {
            program,
            text,
            trail: Trail::new(program.slots),
            owed: program.slots as u64,
        }
    }

    /// The first match at or after the byte `from`; the last one ended at `last_end`.
    pub(super) fn find(&mut self, from: usize, last_end: usize) -> OpResult<Option<Match>> {
        let mut start = from;
        let found = loop {
            match self.candidate(start)? {
                Some(candidate) => start = candidate,
                None => break None,
            }
            if let Some(end) = self.run(start, last_end)? {
                break Some(self.take(start, end));
            }
            start += char_length(self.text, start).unwrap_or(1);
        };
        self.settle()?;
        Ok(found)
    }

    /// The first place from `start` on where a match could begin.
    fn candidate(&mut self, start: usize) -> OpResult<Option<usize>> {
        if start > self.text.len() || (self.program.is_anchored && start > 0) {
            return Ok(None);
        }
        let Some(first) = &self.program.first else {
            return Ok(Some(start));
        };
        let mut at = start;
        while let Some(length) = char_length(self.text, at) {
            if first.length_at(self.text, at).is_some() {
                self.read(at - start)?;
                return Ok(Some(at));
            }
            at += length;
        }
        self.read(at - start)?;
        Ok(None)
    }

    /// The match, and the slots as they were before.
    fn take(&mut self, start: usize, end: usize) -> Match {
        let mut groups = vec![Some(start..end)];
        groups.extend((1..self.program.groups).map(|group| {
            let (start, end) = (self.trail.slot(2 * group), self.trail.slot(2 * group + 1));
            (end != NONE).then_some(start..end)
        }));
        self.trail.clear();
        self.owed += self.trail.len() as u64;
        Match { groups }
    }

    /// Pays for reading `count` bytes, or as many ways.
    pub(super) fn read(&mut self, count: usize) -> OpResult<()> {
        self.pay(count as u64)
    }

    /// Pays for `work` units of work, at the latest with the next ones.
    fn pay(&mut self, work: u64) -> OpResult<()> {
        self.owed = self.owed.saturating_add(work);
        if self.owed < PAYMENT {
            return Ok(());
        }
        self.settle()
    }

    fn settle(&mut self) -> OpResult<()> {
        budget::spend(std::mem::take(&mut self.owed))
    }

    /// Where a match that begins at `start` ends.
    fn run(&mut self, start: usize, last_end: usize) -> OpResult<Option<usize>> {
        let program = self.program;
        let (mut step, mut at) = (0, start);
        loop {
            self.pay(WORK_A_REGEX_STEP)?;
            let next = match &program.steps[step] {
                Step::Match => return Ok(Some(at)),
                Step::Jump(target) => {
                    step = *target;
                    continue;
                }
                Step::Split(first, second) => {
                    self.trail.open(Way::Step { step: *second, at })?;
                    step = *first;
                    continue;
                }
                Step::Run {
                    set,
                    least,
                    most,
                    possessive,
                } => self.run_of(set, (*least, *most), *possessive, step + 1, at)?,
                Step::LoopTurn { count, start } => {
                    self.trail.set(*count, self.trail.slot(*count) + 1)?;
                    self.trail.set(*start, at)?;
                    Some(at)
                }
                Step::Loop(repeated) => {
                    step = self.decide(repeated, step + 1, at)?;
                    continue;
                }
                Step::Back { least, most } => self.back(*least, *most, step + 1, at)?,
                Step::Return(slot) => Some(self.trail.slot(*slot)),
                Step::Refuse(height) => {
                    self.refuse(self.trail.slot(*height))?;
                    None
                }
                other => self.plain(other, at, last_end)?,
            };
            if let Some(next) = next {
                at = next;
                step += 1;
            } else if let Some(way) = self.go_back()? {
                (step, at) = way;
            } else {
                return Ok(None);
            }
        }
    }

    /// The step that a loop goes on with.
    fn decide(&mut self, repeated: &Loop, turn: usize, at: usize) -> OpResult<usize> {
        let count = self.trail.slot(repeated.count);
        if self.trail.slot(repeated.start) == at {
            return Ok(repeated.next);
        }
        if count < repeated.least {
            return Ok(turn);
        }
        if count >= repeated.most {
            return Ok(repeated.next);
        }
        let (first, second) = if repeated.greedy {
            (turn, repeated.next)
        } else {
            (repeated.next, turn)
        };
        self.trail.open(Way::Step { step: second, at })?;
        Ok(first)
    }

    /// Fails, and takes everything back that happened above `height`.
    fn refuse(&mut self, height: usize) -> OpResult<()> {
        self.read(self.trail.height() - height)?;
        self.trail.undo_to(height);
        Ok(())
    }

    /// The step and the position of the way that was opened last.
    fn go_back(&mut self) -> OpResult<Option<(usize, usize)>> {
        let (way, looked_at) = self.trail.go_back(self.text);
        self.read(looked_at)?;
        Ok(way)
    }
}

/// How many bytes the character at the byte `at` has; `None` at the end of the text.
pub(super) fn char_length(text: &str, at: usize) -> Option<usize> {
    text[at..].chars().next().map(char::len_utf8)
}
