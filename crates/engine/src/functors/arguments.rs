//! The arguments of functors, and what they cost.

use pipewright_jexl::limits::MAX_RESULT_BYTES;
use pipewright_jexl::value::JavaString;
use pipewright_jexl::{Failure, OpResult, Value, charge_growth, charge_reading};

/// How often a functor reads a text: JSON and XML are taken apart, and what they hold is made.
const READINGS: usize = 4;

/// Pays for the texts that a functor reads.
pub(super) fn charge(arguments: &[Value]) -> OpResult<()> {
    let texts = arguments.iter().filter_map(|argument| match argument {
        Value::String(text) => Some(text.bytes()),
        _ => None,
    });
    charge_reading(texts.sum::<usize>().saturating_mul(READINGS))
}

/// Pays for the text that a functor made.
pub(super) fn charge_result(result: &Value) -> OpResult<()> {
    let Value::String(text) = result else {
        return Ok(());
    };
    if text.bytes() > MAX_RESULT_BYTES {
        return Err(Failure::limit(format!(
            "the text is longer than {} MiB",
            MAX_RESULT_BYTES / (1024 * 1024)
        )));
    }
    charge_growth(text.bytes())
}

/// The argument of a function of one text.
pub(crate) fn one_text(arguments: &[Value]) -> OpResult<&JavaString> {
    arguments
        .first()
        .and_then(Value::as_string)
        .ok_or_else(null_argument)
}

/// The arguments of a function of two texts.
pub(crate) fn two_texts(arguments: &[Value]) -> OpResult<(&JavaString, &JavaString)> {
    match arguments {
        [Value::String(first), Value::String(second)] => Ok((first, second)),
        _ => Err(null_argument()),
    }
}

/// What Java's null pointer exception is here.
pub(crate) fn null_argument() -> Failure {
    Failure::method("an argument is null")
}
