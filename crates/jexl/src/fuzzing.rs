//! The property that fuzzing and its replay in the tests check. Not part of the public interface.

use crate::limits::MAX_RESULT_BYTES;
use crate::value::Order;
use crate::{Program, Scope};

/// Runs an arbitrary text as an expression and as a script.
///
/// `data` is the program and, behind a zero byte, the context as JSON. Whatever they are, nothing panics, results stay within
/// their limits, and errors stand inside the source.
///
/// # Panics
/// When the property does not hold.
pub fn check_program(data: &[u8]) {
    let input = String::from_utf8_lossy(data);
    let (source, context) = input.split_once('\0').unwrap_or((&input, "{}"));
    let context = serde_json::from_str(context).unwrap_or_default();
    for program in [Program::expression(source), Program::script(source)] {
        let result =
            program.and_then(|program| program.run(&Scope::of_json(&context, Order::Insertion)));
        match result {
            Ok(value) => {
                if let Ok(answer) = value.answer() {
                    assert!(
                        answer.text.len() <= MAX_RESULT_BYTES * 2,
                        "the result is too long"
                    );
                }
            }
            Err(error) => {
                let end = error.range.end() as usize;
                assert!(end <= source.len(), "the error stands outside the source");
                assert!(!error.message.is_empty(), "the error says nothing");
            }
        }
    }
}
