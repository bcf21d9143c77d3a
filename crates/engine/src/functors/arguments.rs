//! The arguments of functors, and what they cost.

use pipewright_jexl::limits::MAX_RESULT_BYTES;
use pipewright_jexl::value::JavaString;
use pipewright_jexl::{Failure, OpResult, Value, charge_growth, charge_reading};

use crate::functors::functor::{Parameter, ParameterKind};

/// How often a functor reads a text: what it finds is copied too.
const READINGS: usize = 4;

/// Pays for the texts that a functor reads, but for documents: those pay when they are taken apart.
pub(super) fn charge(parameters: &[Parameter], arguments: &[Value]) -> OpResult<()> {
    let texts = parameters
        .iter()
        .zip(arguments)
        .filter_map(|(parameter, argument)| match (parameter.kind, argument) {
            (ParameterKind::Text | ParameterKind::Any, Value::String(text)) => Some(text.bytes()),
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
