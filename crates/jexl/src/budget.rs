//! What one question may still read, make and enter: work, memory and depth, counted where they are spent.
//!
//! Values are compared, hashed and written far below the interpreter, also by objects of the host, so that the budget belongs
//! to the thread that answers a question instead of being handed through every call. Whatever opens a question inside
//! another shares the budget of the outer one.

use std::cell::Cell;

use crate::limits::{BYTES_A_UNIT, ELEMENTS_A_UNIT, MAX_TOTAL_BYTES, MAX_VALUE_DEPTH, MAX_WORK};
use crate::{Failure, OpResult};

thread_local! {
    static OPEN: Cell<bool> = const { Cell::new(false) };
    /// What is left, in bytes that may be read.
    static WORK: Cell<u64> = const { Cell::new(MAX_WORK * BYTES_A_UNIT) };
    static BYTES: Cell<usize> = const { Cell::new(MAX_TOTAL_BYTES) };
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// Closes the question it opened, also when the answer panics. What is done outside of questions is not added up: each piece of it
/// has the whole budget, so that a host's own calls never run out.
struct Question;

impl Drop for Question {
    fn drop(&mut self) {
        OPEN.set(false);
        WORK.set(MAX_WORK * BYTES_A_UNIT);
        BYTES.set(MAX_TOTAL_BYTES);
    }
}

/// Leaves the level it entered, also when the walk panics.
struct Level(usize);

impl Drop for Level {
    fn drop(&mut self) {
        DEPTH.set(self.0);
    }
}

/// Answers one question within one budget of work ([`MAX_WORK`]) and memory ([`MAX_TOTAL_BYTES`]). Inside another question
/// `answer` shares the budget of that one.
pub fn question<T>(answer: impl FnOnce() -> T) -> T {
    if OPEN.replace(true) {
        return answer();
    }
    let _question = Question;
    answer()
}

/// Pays for what an object of the host reads: `bytes` bytes of text, or as many as the work is worth.
///
/// # Errors
/// Kind `limit` where the question has not so much left ([`MAX_WORK`]).
pub fn charge_reading(bytes: usize) -> OpResult<()> {
    read_bytes(bytes)
}

/// Pays for what an object of the host makes: `bytes` bytes of memory.
///
/// # Errors
/// Kind `limit` where the question has not so much left ([`MAX_TOTAL_BYTES`]).
pub fn charge_growth(bytes: usize) -> OpResult<()> {
    grow(bytes)
}

/// Pays for `units` units of work.
pub(crate) fn spend(units: u64) -> OpResult<()> {
    read(units.saturating_mul(BYTES_A_UNIT))
}

/// Pays for reading `bytes` bytes of text.
pub(crate) fn read_bytes(bytes: usize) -> OpResult<()> {
    read(bytes as u64)
}

/// Pays for reading, comparing or copying `elements` elements of a collection.
pub(crate) fn read_elements(elements: usize) -> OpResult<()> {
    read((elements as u64).saturating_mul(BYTES_A_UNIT / ELEMENTS_A_UNIT))
}

/// Once there was too little, nothing is left: whoever could not hand the failure on is stopped by the next.
fn read(bytes: u64) -> OpResult<()> {
    let left = WORK.get().checked_sub(bytes);
    if OPEN.get() {
        WORK.set(left.unwrap_or(0));
    }
    match left {
        Some(_) => Ok(()),
        None => Err(Failure::limit(
            "the program reads and compares more than one answer may",
        )),
    }
}

/// Pays for `bytes` bytes of memory.
pub(crate) fn grow(bytes: usize) -> OpResult<()> {
    match BYTES.get().checked_sub(bytes) {
        Some(left) => {
            if OPEN.get() {
                BYTES.set(left);
            }
            Ok(())
        }
        None => Err(Failure::limit(format!(
            "the values of the program take more than {} MiB",
            MAX_TOTAL_BYTES / (1024 * 1024)
        ))),
    }
}

/// Goes one level deeper into a value for as long as `walk` runs.
pub(crate) fn deeper<T>(walk: impl FnOnce() -> OpResult<T>) -> OpResult<T> {
    let depth = DEPTH.get();
    if depth >= MAX_VALUE_DEPTH {
        return Err(too_deep());
    }
    let _level = Level(depth);
    DEPTH.set(depth + 1);
    walk()
}

/// The error of a value that nests deeper than [`MAX_VALUE_DEPTH`].
pub(crate) fn too_deep() -> Failure {
    Failure::limit(format!("values nest more than {MAX_VALUE_DEPTH} deep"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_inside_another_shares_its_budget() {
        question(|| {
            spend(MAX_WORK - 1).unwrap();
            assert!(question(|| spend(1)).is_ok());
            assert!(question(|| read_bytes(1)).is_err());
        });
        question(|| spend(MAX_WORK)).unwrap();
    }

    #[test]
    fn a_question_that_spent_all_takes_nothing_from_what_comes_after_it() {
        question(|| spend(MAX_WORK)).unwrap();
        for _ in 0..3 {
            spend(MAX_WORK).unwrap();
            grow(MAX_TOTAL_BYTES).unwrap();
        }
        assert!(spend(MAX_WORK + 1).is_err());
    }

    #[test]
    fn a_panic_leaves_no_depth_behind() {
        let walk = || deeper(|| -> OpResult<()> { panic!("a defect") });
        assert!(std::panic::catch_unwind(walk).is_err());
        assert_eq!(DEPTH.get(), 0);
    }
}
