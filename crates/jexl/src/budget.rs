//! What one question may still read, make and enter: work, memory and depth, counted where they are spent.
//!
//! Values are compared, hashed and written far below the interpreter, also by objects of the host, so that the budget
//! belongs to the thread that answers a question instead of being handed through every call. Whatever opens a question
//! inside another shares the budget of the outer one.

use std::cell::Cell;

use crate::limits::{
    FREE_BYTES, MAX_TOTAL_BYTES, MAX_VALUE_DEPTH, MAX_WORK, WORK_A_HASH, WORK_A_MOVE,
    WORK_A_WORD_PAIR, WORK_AN_ELEMENT,
};
use crate::{Failure, OpResult, Value};

thread_local! {
    static OPEN: Cell<bool> = const { Cell::new(false) };
    /// Whether the open question has a bound of its own.
    static BOUNDED: Cell<bool> = const { Cell::new(false) };
    static WORK: Cell<u64> = const { Cell::new(MAX_WORK) };
    static BYTES: Cell<usize> = const { Cell::new(MAX_TOTAL_BYTES) };
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    /// How often a limit was reached on this thread.
    static REFUSALS: Cell<u64> = const { Cell::new(0) };
}

/// Closes the question it opened, also when the answer panics. What is done outside of questions is not added up: each
/// piece of it has the whole budget, so that a host's own calls never run out.
struct Question;

impl Drop for Question {
    fn drop(&mut self) {
        OPEN.set(false);
        BOUNDED.set(false);
        WORK.set(MAX_WORK);
        BYTES.set(MAX_TOTAL_BYTES);
    }
}

/// Leaves the level it entered, also when the walk panics.
#[derive(Debug)]
pub(crate) struct Level(usize);

impl Drop for Level {
    fn drop(&mut self) {
        DEPTH.set(self.0);
    }
}

/// Answers one question within one budget of work ([`MAX_WORK`]) and memory ([`MAX_TOTAL_BYTES`]). Inside another
/// question `answer` shares the budget of that one.
pub fn question<T>(answer: impl FnOnce() -> T) -> T {
    if OPEN.replace(true) {
        return answer();
    }
    let _question = Question;
    answer()
}

/// Answers one question of many that share a bound: within `work` units of work, [`MAX_WORK`] at most, of which it
/// leaves what it did not take. Inside another question `answer` shares the budget of that one.
pub fn question_within<T>(work: &mut u64, answer: impl FnOnce() -> T) -> T {
    if OPEN.get() {
        return answer();
    }
    question(|| {
        let granted = (*work).min(MAX_WORK);
        WORK.set(granted);
        BOUNDED.set(true);
        let answer = answer();
        *work -= granted - WORK.get();
        answer
    })
}

/// How many units of work are left where the question shares a bound with others ([`question_within`]).
pub fn shared_work_left() -> Option<u64> {
    BOUNDED.get().then(|| WORK.get())
}

/// Pays for what an object of the host reads: `bytes` bytes of text, or as many as the work is worth.
///
/// # Errors
/// Kind `limit` where the question has not so much left ([`MAX_WORK`]).
pub fn charge_reading(bytes: usize) -> OpResult<()> {
    // An object may read little very often, with no step of the program to pay for it.
    spend(bytes as u64)
}

/// Pays for what an object of the host makes: `bytes` bytes of memory.
///
/// # Errors
/// Kind `limit` where the question has not so much left ([`MAX_TOTAL_BYTES`]).
pub fn charge_growth(bytes: usize) -> OpResult<()> {
    grow(bytes)
}

/// Pays for `work` units of work.
#[inline]
pub(crate) fn spend(work: u64) -> OpResult<()> {
    match WORK.get().checked_sub(work) {
        Some(left) => {
            if OPEN.get() {
                WORK.set(left);
            }
            Ok(())
        }
        None => Err(out_of_work()),
    }
}

/// Once there was too little, nothing is left: whoever could not hand the failure on is stopped by the next.
#[cold]
fn out_of_work() -> Failure {
    if OPEN.get() {
        WORK.set(0);
    }
    refuse("the program reads and compares more than one answer may")
}

/// Pays for reading or writing `bytes` bytes of text. The step of an operation pays for a short text.
#[inline]
pub(crate) fn read_bytes(bytes: usize) -> OpResult<()> {
    if bytes < FREE_BYTES {
        return Ok(());
    }
    spend(bytes as u64)
}

/// Pays for reading or copying `elements` elements of a collection.
#[inline]
pub(crate) fn read_elements(elements: usize) -> OpResult<()> {
    spend((elements as u64).saturating_mul(WORK_AN_ELEMENT))
}

/// Pays for putting `elements` elements into a table, or looking them up there.
#[inline]
pub(crate) fn hash_elements(elements: usize) -> OpResult<()> {
    spend((elements as u64).saturating_mul(WORK_A_HASH))
}

/// Pays for moving `elements` elements that stand behind one that is put in or taken out.
pub(crate) fn move_elements(elements: usize) -> OpResult<()> {
    spend((elements as u64).saturating_mul(WORK_A_MOVE))
}

/// Pays for an operation on two numbers of so many bits whose time grows with the product of their lengths.
#[inline]
pub(crate) fn multiply_bits(a: u64, b: u64) -> OpResult<()> {
    let words = |bits: u64| bits / 64;
    spend(
        (words(a) + 1)
            .saturating_mul(words(b))
            .saturating_mul(WORK_A_WORD_PAIR),
    )
}

/// Pays for reading a value and others with it so many times: the bytes of texts, the elements of collections, the
/// digits of numbers.
pub(crate) fn read_values(first: &Value, others: &[Value], times: u64) -> OpResult<()> {
    let (mut bytes, mut elements, mut bits) = (0, 0, 0);
    for value in std::iter::once(first).chain(others) {
        match value {
            Value::String(text) if text.bytes() >= FREE_BYTES => bytes += text.bytes(),
            Value::Array(array) => elements += array.len(),
            Value::List(list) => elements += list.len(),
            Value::Set(set) => elements += set.len(),
            Value::Map(map) => elements += map.len(),
            Value::BigInteger(number) => bits += number.bits(),
            Value::BigDecimal(number) => bits += number.as_bigint_and_scale().0.bits(),
            _ => {}
        }
    }
    let read = bytes as u64 + (elements as u64).saturating_mul(WORK_AN_ELEMENT);
    if read > 0 {
        spend(read.saturating_mul(times))?;
    }
    match bits {
        0 => Ok(()),
        bits => multiply_bits(bits, bits),
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
        None => Err(out_of_memory()),
    }
}

/// Gives back what [`grow`] took: so many bytes are free again.
pub(crate) fn shrink(bytes: usize) {
    if OPEN.get() {
        BYTES.set(BYTES.get().saturating_add(bytes).min(MAX_TOTAL_BYTES));
    }
}

#[cold]
fn out_of_memory() -> Failure {
    refuse(format!(
        "the values of the program take more than {} MiB",
        MAX_TOTAL_BYTES / (1024 * 1024)
    ))
}

/// Whether a collection of so many values has room; whoever makes it for the program pays.
pub(crate) fn room_for_values(values: usize) -> OpResult<()> {
    if values.saturating_mul(size_of::<Value>()) > BYTES.get() {
        return Err(out_of_memory());
    }
    Ok(())
}

/// Pays for a collection of so many values.
pub(crate) fn grow_values(values: usize) -> OpResult<()> {
    grow(values.saturating_mul(size_of::<Value>()))
}

/// Goes one level deeper into a value for as long as `walk` runs.
pub(crate) fn deeper<T>(walk: impl FnOnce() -> OpResult<T>) -> OpResult<T> {
    let _level = enter()?;
    walk()
}

/// Goes one level deeper into a value until the level is dropped.
pub(crate) fn enter() -> OpResult<Level> {
    let depth = DEPTH.get();
    if depth >= MAX_VALUE_DEPTH {
        return Err(too_deep());
    }
    DEPTH.set(depth + 1);
    Ok(Level(depth))
}

/// What `ask` answers, where its answer cannot say that a limit was reached: then it is a failure here.
pub(crate) fn honest<T>(ask: impl FnOnce() -> T) -> OpResult<T> {
    let before = REFUSALS.get();
    let answer = ask();
    if REFUSALS.get() == before {
        return Ok(answer);
    }
    Err(Failure::limit(
        "the values are too large or nest too deep to be compared",
    ))
}

fn refuse(message: impl Into<String>) -> Failure {
    REFUSALS.set(REFUSALS.get().wrapping_add(1));
    Failure::limit(message)
}

/// The error of a value that nests deeper than [`MAX_VALUE_DEPTH`].
pub(crate) fn too_deep() -> Failure {
    refuse(format!("values nest more than {MAX_VALUE_DEPTH} deep"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_inside_another_shares_its_budget() {
        question(|| {
            spend(MAX_WORK - 1).unwrap();
            assert!(question(|| spend(1)).is_ok());
            assert!(question(|| spend(1)).is_err());
        });
        question(|| spend(MAX_WORK)).unwrap();
    }

    #[test]
    fn questions_that_share_a_bound_leave_what_they_did_not_take() {
        let mut left = 100;
        question_within(&mut left, || {
            spend(10).unwrap();
            charge_reading(20).unwrap();
        });
        assert_eq!(left, 70);
        assert!(question_within(&mut left, || charge_reading(71)).is_err());
        assert_eq!(left, 0);
        assert!(question_within(&mut left, || spend(1)).is_err());
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
    fn objects_pay_for_the_smallest_reading() {
        question(|| {
            spend(MAX_WORK - 10).unwrap();
            assert!((0..10).all(|_| charge_reading(1).is_ok()));
            assert!(charge_reading(1).is_err());
        });
    }

    #[test]
    fn a_panic_leaves_no_depth_behind() {
        let walk = || deeper(|| -> OpResult<()> { panic!("a defect") });
        assert!(std::panic::catch_unwind(walk).is_err());
        assert_eq!(DEPTH.get(), 0);
    }

    #[test]
    fn an_answer_that_hides_a_limit_is_a_failure() {
        assert!(honest(|| spend(MAX_WORK + 1).is_ok()).is_err());
        assert_eq!(honest(|| spend(1).is_ok()), Ok(true));
    }
}
