//! The operations of the Harness engine.

use pipewright_engine::{
    Engine, Flags, FunctorSet, Mode, Profile, find_expressions, find_variables,
    is_single_expression,
};
use pipewright_jexl::value::Order;
use pipewright_jexl::{Json, Value};

use super::lazy_context::LazyContext;
use super::request::{Operation, Request};
use crate::answer::Fault;
use crate::condition::condition;

/// The mode a request names, or that of lines that name none.
pub(super) fn mode(name: Option<&str>, default: Mode) -> Result<Mode, Fault> {
    let Some(name) = name else {
        return Ok(default);
    };
    name.parse()
        .map_err(|error: pipewright_engine::UnknownName| Fault::bad_request(error.to_string()))
}

/// An engine with the settings of a request. It has the profile of the command where it names no flags, and no
/// aliases but those given.
pub(super) fn set_up(
    request: &Request,
    mode: Mode,
    profile: Option<Profile>,
) -> Result<Engine, Fault> {
    let functors = match request.functors.as_deref() {
        None => FunctorSet::Base,
        Some("cg") => FunctorSet::Older,
        Some(other) => {
            return Err(Fault::bad_request(format!(
                "`{other}` is no set of functors; there is `cg`"
            )));
        }
    };
    let engine = Engine::new();
    let engine = match (request.flags.as_deref(), profile) {
        (None, Some(profile)) => engine.profile(profile),
        (list, _) => engine.flags(flags(list.unwrap_or_default())?),
    };
    let mut engine = engine.mode(mode).pipeline_aliases(false).functors(functors);
    if let Some(prefixes) = &request.prefixes {
        engine = engine.prefixes(prefixes.iter().map(String::as_str));
    }
    if request.op == Operation::Condition {
        engine = engine.alias("Always", "true");
    }
    for (name, target) in &request.aliases {
        engine = engine.alias(name, target);
    }
    Ok(engine)
}

/// The flags of a list. A name that is none would change nothing, which its writer did not want.
fn flags(list: &str) -> Result<Flags, Fault> {
    let mut names = list.split(',').map(str::trim);
    let unknown = names.find(|name| !name.is_empty() && !Flags::NAMES.contains(name));
    let Some(unknown) = unknown else {
        return Ok(Flags::from_names(list));
    };
    let known = Flags::NAMES.map(|name| format!("`{name}`")).join(", ");
    Err(Fault::bad_request(format!(
        "`flags` names `{unknown}`, which is no flag; there are {known}"
    )))
}

/// Does what a request asks for.
pub(super) fn perform(engine: &Engine, request: &Request, context: &Json) -> Result<Value, Fault> {
    let text = request.expr.as_str();
    let context = LazyContext::new(context, Order::Insertion)?;
    Ok(match request.op {
        Operation::Evaluate => engine.evaluate(text, &context)?,
        Operation::Condition => condition(engine, text, &context, |predicate| {
            engine.condition(predicate, &context)
        })?,
        Operation::Render => engine.render(text, &context)?.into_value(),
        Operation::Resolve => engine.resolve(&Value::from(&request.object), &context)?,
        Operation::Find => texts(find_expressions(text)),
        Operation::Findvars => texts(find_variables(text)),
        Operation::Single => Value::Boolean(is_single_expression(text)),
        Operation::Jexl => return Err(Fault::bad_request("`jexl` is no operation of the engine")),
    })
}

fn texts(texts: Vec<String>) -> Value {
    Value::list(texts.into_iter().map(Value::from).collect())
}
