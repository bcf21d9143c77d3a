//! The steps of a program that read the text, or keep a place in it.

use super::machine::Machine;
use super::program::{Case, Step};
use super::set::Set;
use super::trail::{NONE, Way};
use super::word;
use crate::OpResult;

/// How many bytes are read in the time of comparing two characters beyond ASCII in any letter case.
const BYTES_A_FOLDING: usize = 64;

/// How many bytes are read in the time of finding that a character is a mark.
const BYTES_A_MARK: usize = 16;

impl Machine<'_, '_> {
    /// A step that either goes on behind what it reads or fails.
    pub(super) fn plain(
        &mut self,
        step: &Step,
        at: usize,
        last_end: usize,
    ) -> OpResult<Option<usize>> {
        let goes_on = match step {
            Step::Text(literal) => {
                self.read(literal.len() / 8)?;
                let rest = &self.text.as_bytes()[at..];
                return Ok(rest
                    .starts_with(literal.as_bytes())
                    .then_some(at + literal.len()));
            }
            Step::One(set) => return Ok(set.length_at(self.text, at).map(|length| at + length)),
            Step::Reference { group, case } => return self.reference(*group, *case, at),
            Step::Mark(slot) => {
                self.trail.set(*slot, at)?;
                true
            }
            Step::Group { number, start } => {
                let start = self.trail.slot(*start);
                self.trail.set(2 * number, start)?;
                self.trail.set(2 * number + 1, at)?;
                true
            }
            Step::LoopStart { count, start } => {
                self.trail.set(*count, 0)?;
                self.trail.set(*start, NONE)?;
                true
            }
            Step::Open(slot) => {
                let height = self.trail.height();
                self.trail.set(*slot, height)?;
                true
            }
            Step::Close(slot) => {
                let height = self.trail.slot(*slot);
                self.read(self.trail.height() - height)?;
                self.trail.close(height);
                true
            }
            Step::IsAt(slot) => self.trail.slot(*slot) == at,
            Step::TextStart => at == 0,
            Step::TextEnd => at == self.text.len(),
            Step::Boundary(wanted) => self.is_boundary(at)? == *wanted,
            Step::LastEnd => at == last_end,
            _ => false,
        };
        Ok(goes_on.then_some(at))
    }

    /// Reads characters of a set; `next` is the step behind the run.
    pub(super) fn run_of(
        &mut self,
        set: &Set,
        (least, most): (usize, usize),
        possessive: bool,
        next: usize,
        from: usize,
    ) -> OpResult<Option<usize>> {
        let (mut at, mut count, mut floor) = (from, 0, from);
        while count < most
            && let Some(length) = set.length_at(self.text, at)
        {
            at += length;
            count += 1;
            if count == least {
                floor = at;
            }
        }
        self.read(at - from)?;
        if count < least {
            return Ok(None);
        }
        if !possessive && at > floor {
            self.trail.open(Way::Shorter {
                step: next,
                floor,
                at,
            })?;
        }
        Ok(Some(at))
    }

    /// Goes back by `least` characters, and leaves the way to more.
    pub(super) fn back(
        &mut self,
        least: usize,
        most: usize,
        next: usize,
        from: usize,
    ) -> OpResult<Option<usize>> {
        let mut before = self.text[..from].chars().rev();
        let mut at = from;
        for _ in 0..least {
            let Some(c) = before.next() else {
                self.read(from - at)?;
                return Ok(None);
            };
            at -= c.len_utf8();
        }
        self.read(from - at)?;
        if most > least {
            self.trail.open(Way::Earlier {
                step: next,
                at,
                left: most - least,
            })?;
        }
        Ok(Some(at))
    }

    fn is_boundary(&mut self, at: usize) -> OpResult<bool> {
        let (is_boundary, marks) = word::boundary(self.text, at);
        self.read(marks.saturating_mul(BYTES_A_MARK))?;
        Ok(is_boundary)
    }

    /// What a group matched, once more.
    fn reference(&mut self, group: usize, case: Case, at: usize) -> OpResult<Option<usize>> {
        let (start, end) = (self.trail.slot(2 * group), self.trail.slot(2 * group + 1));
        if end == NONE {
            return Ok(None);
        }
        let wanted = &self.text[start..end];
        let rest = &self.text[at..];
        if case == Case::Same {
            self.read(wanted.len().min(rest.len()) / 8)?;
            return Ok(rest.starts_with(wanted).then_some(at + wanted.len()));
        }
        let mut behind = rest.chars();
        for one in wanted.chars() {
            self.read(if one.is_ascii() { 1 } else { BYTES_A_FOLDING })?;
            if !behind.next().is_some_and(|other| is_same(one, other, case)) {
                return Ok(None);
            }
        }
        Ok(Some(self.text.len() - behind.as_str().len()))
    }
}

/// Whether two characters are the same in some letter case.
fn is_same(one: char, other: char, case: Case) -> bool {
    if one.eq_ignore_ascii_case(&other) {
        return true;
    }
    let is_beyond_ascii = !one.is_ascii() || !other.is_ascii();
    case == Case::Any
        && is_beyond_ascii
        && Set::of_char(one, true).is_some_and(|cases| cases.contains(other))
}
