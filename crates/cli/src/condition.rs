//! Conditions of a `when`, for the command and the protocol.

use pipewright_engine::{Condition, Context, Engine, Error, Template, Truth};
use pipewright_jexl::{ErrorKind, Value};

use crate::answer::Fault;

/// A text as the condition of a `when`.
///
/// # Errors
/// If Harness refuses it.
pub(crate) fn read(text: &str) -> Result<Condition, Fault> {
    Condition::new(text).map_err(|error| Fault::bad_request(error.to_string()))
}

/// Whether a `when` with this condition, which was read from `text`, lets its node run, whatever ran before; `decide`
/// asks the engine about a predicate.
pub(crate) fn decided(
    engine: &Engine,
    (condition, text): (&Condition, &str),
    context: &dyn Context,
    decide: impl FnOnce(&Template) -> Result<Truth, Error>,
) -> Result<Value, Fault> {
    let truth = decide(condition.predicate()).map_err(|error| {
        // An error of the whole predicate quotes what nobody wrote.
        match engine.condition(text, context) {
            Err(bare) => Fault::from(bare),
            Ok(_) if condition.ends_in_comment() => Fault::new(
                ErrorKind::Hint,
                "the comment at the end of the condition also hides the `)` that Harness puts behind it; \
                 leave the comment out",
            ),
            Ok(_) => Fault::from(condition.error(error)),
        }
    });
    truth.map(Value::from)
}
