//! What the tries of one question share: the work and the steps they may take, and the programs they have paid for.

use std::cell::{Cell, RefCell};

use foldhash::HashMap;
use pipewright_jexl::limits::MAX_SOURCE_BYTES;
use pipewright_jexl::{ErrorKind, Program, charge_reading, shared_work_left};

use crate::error::Error;
use crate::limits::{MAX_PROGRAM_WORK, MAX_STEPS, READING_WORK, SIGN_WORK, SOURCE_WORK};

/// The budget of a question.
#[derive(Debug)]
pub(crate) struct Budget {
    /// How many units of work are left for reading programs, see [`MAX_PROGRAM_WORK`].
    programs: Cell<u64>,
    /// How many steps programs may still take.
    pub(super) steps: Cell<u64>,
    /// The programs that were read.
    paid: RefCell<HashMap<Box<str>, Result<Program, Error>>>,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            programs: Cell::new(MAX_PROGRAM_WORK),
            steps: Cell::new(MAX_STEPS),
            paid: RefCell::default(),
        }
    }
}

impl Budget {
    /// The program of `source`, which `compile` reads. It is paid for once in a question, whether an engine has it
    /// already or not. Where questions share a bound it is not taken from that: there programs are read once for all of
    /// them.
    pub(super) fn program(
        &self,
        source: &str,
        compile: impl FnOnce() -> Result<Program, Error>,
    ) -> Result<Program, Error> {
        if let Some(program) = self.paid.borrow().get(source) {
            return program.clone();
        }
        // One that is refused for its length is not read.
        let whole = price(source, source.len());
        if source.len() <= MAX_SOURCE_BYTES && whole > self.programs.get() {
            return Err(too_long());
        }
        let program = compile();
        self.take(match &program {
            Ok(_) => whole,
            Err(error) => price(source, read_before(error, source)),
        })?;
        self.paid
            .borrow_mut()
            .insert(source.into(), program.clone());
        program
    }

    /// Pays for reading an expression that is not kept.
    pub(super) fn read(&self, source: &str) -> Result<(), Error> {
        self.take(price(source, source.len()))
    }

    fn take(&self, work: u64) -> Result<(), Error> {
        let left = self.programs.get().checked_sub(work).ok_or_else(too_long)?;
        self.programs.set(left);
        if shared_work_left().is_none() {
            spend(work)?;
        }
        Ok(())
    }
}

/// Takes `work` units from the question for texts and programs that are read or written.
pub(crate) fn spend(work: u64) -> Result<(), Error> {
    charge_reading(usize::try_from(work).unwrap_or(usize::MAX)).map_err(|_| {
        Error::new(
            ErrorKind::Limit,
            "the expressions take more work than one answer may: the evaluation was stopped",
        )
    })
}

fn too_long() -> Error {
    Error::new(
        ErrorKind::Limit,
        "the expressions are too long to be read in one evaluation",
    )
}

/// What reading a program costs of which `read` bytes were understood: its length, and what stands between words as far
/// as that.
fn price(source: &str, read: usize) -> u64 {
    let signs = source.bytes().take(read).filter(|byte| !is_word(*byte));
    READING_WORK + source.len() as u64 * SOURCE_WORK + signs.count() as u64 * SIGN_WORK
}

/// How many bytes were understood before an error. A bracket or quote that is never closed is told where it opens, when
/// all was read.
fn read_before(error: &Error, source: &str) -> usize {
    if error.kind != ErrorKind::Syntax {
        return 0;
    }
    let at = error.range.map_or(0, |range| range.start() as usize);
    match source.as_bytes().get(at) {
        Some(b'(' | b'[' | b'{' | b'"' | b'\'' | b'`') => source.len(),
        _ => at,
    }
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | 0x80..)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(source: &str) -> u64 {
        let budget = Budget::default();
        let program = |source| {
            let _ = budget.program(source, || Program::expression(source).map_err(Error::from));
            MAX_PROGRAM_WORK - budget.programs.get() - READING_WORK
        };
        let once = program(source);
        assert_eq!(program(source), once, "{source} is paid for once");
        once
    }

    #[test]
    fn a_program_is_paid_for_as_far_as_it_was_read() {
        assert_eq!(cost("a"), SOURCE_WORK);
        assert_eq!(cost("a+b"), 3 * SOURCE_WORK + SIGN_WORK);
        assert_eq!(cost("(a+b"), 4 * SOURCE_WORK + 2 * SIGN_WORK);
        assert_eq!(cost("an unread + + text"), 18 * SOURCE_WORK + SIGN_WORK);
    }

    #[test]
    fn a_program_that_costs_too_much_is_not_read() {
        let long = "1+".repeat(400_000);
        let refused = Budget::default().program(&long, || unreachable!("it is refused before"));
        assert_eq!(refused.unwrap_err().kind, ErrorKind::Limit);
    }
}
