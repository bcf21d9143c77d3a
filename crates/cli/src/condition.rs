//! Conditions of a `when`, for the command and the protocol.

use pipewright_engine::{Condition, Context, Engine, Error, Template, Trace};
use pipewright_jexl::Value;

use crate::answer::Fault;

/// Whether a `when` with this condition lets its node run, whatever ran before; with the trace if that is asked for.
pub(crate) fn condition(
    engine: &Engine,
    text: &str,
    context: &dyn Context,
    traced: bool,
) -> (Result<Value, Fault>, Option<Trace>) {
    let condition = match Condition::new(text) {
        Ok(condition) => condition,
        Err(error) => return (Err(Fault::bad_request(error.to_string())), None),
    };
    let (truth, trace) = predicate(engine, condition.predicate(), context, traced);
    // An error of the whole predicate quotes what nobody wrote.
    let truth = truth.map_err(|error| match engine.condition(text, context) {
        Err(bare) => Fault::from(bare),
        Ok(_) => Fault::from(condition.error(error)),
    });
    (truth, trace)
}

/// What a whole predicate says; with the trace if that is asked for.
pub(crate) fn predicate(
    engine: &Engine,
    predicate: impl Into<Template>,
    context: &dyn Context,
    traced: bool,
) -> (Result<Value, Error>, Option<Trace>) {
    let (truth, trace) = if traced {
        let (truth, trace) = engine.trace_condition(predicate, context);
        (truth, Some(trace))
    } else {
        (engine.condition(predicate, context), None)
    };
    (truth.map(Value::from), trace)
}
