//! The operations of the Harness engine.

use std::str::FromStr;

use pipewright_engine::{
    Context, Engine, Error, Flags, FunctorSet, Mode, Profile, Rendered, Template, Trace, Truth,
    UnknownName,
};
use pipewright_jexl::Value;

use super::known_texts::KnownTexts;
use super::names::Source;
use super::request::{Operation, Request};
use crate::answer::Fault;
use crate::condition;

/// The mode a request names, or that of lines that name none.
pub(super) fn mode(name: Option<&str>, default: Mode) -> Result<Mode, Fault> {
    name.map_or(Ok(default), |name| known("mode", name))
}

/// What the name in a member stands for in a closed list.
fn known<T: FromStr<Err = UnknownName>>(member: &str, name: &str) -> Result<T, Fault> {
    name.parse()
        .map_err(|error: UnknownName| Fault::bad_request(format!("`{member}`: {error}")))
}

/// An engine with the settings of a request. It has the profile of the command where it names neither flags nor a
/// profile. Where names come from given values alone, it has no aliases but those given.
pub(super) fn set_up(
    request: &Request,
    mode: Mode,
    profile: Option<Profile>,
    source: Source,
) -> Result<Engine, Fault> {
    let functors = match request.settings.functors.as_deref() {
        None => FunctorSet::Base,
        Some("cg") => FunctorSet::Older,
        Some(other) => {
            return Err(Fault::bad_request(format!(
                "`{other}` is no set of functors; there is `cg`"
            )));
        }
    };
    let engine = match source {
        Source::Bare => Engine::new().pipeline_aliases(false),
        Source::Values => Engine::new(),
        Source::Pipeline => pipewright_context::engine(),
    };
    let profile = match request.settings.profile.as_deref() {
        Some(name) => Some(known("profile", name)?),
        None => profile,
    };
    let engine = match (request.settings.flags.as_deref(), profile) {
        (None, Some(profile)) => engine.profile(profile),
        (list, _) => engine.flags(flags(list.unwrap_or_default())?),
    };
    let mut engine = engine.mode(mode).functors(functors);
    if let Some(prefixes) = &request.settings.prefixes {
        engine = engine.prefixes(prefixes.iter().map(String::as_str));
    }
    if request.op == Operation::Condition && source == Source::Bare {
        engine = engine.alias("Always", "true");
    }
    for (name, target) in &request.settings.aliases {
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

/// Does what a request asks of names, and tells how if that is wanted.
pub(super) fn perform(
    engine: &Engine,
    request: &Request,
    texts: &mut KnownTexts,
    names: &dyn Context,
    is_traced: bool,
) -> (Result<Value, Fault>, Option<Trace>) {
    let text = request.text();
    match request.op {
        Operation::Condition => {
            let mut trace = None;
            let condition = match texts.condition(text) {
                Ok(condition) => condition,
                Err(fault) => return (Err(fault), None),
            };
            let value = condition::decided(engine, (condition, text), names, |predicate| {
                let (truth, steps) = decide(engine, predicate, names, is_traced);
                trace = steps;
                truth
            });
            (value, trace)
        }
        Operation::Render => {
            let (rendered, trace) = if is_traced {
                with_trace(engine.trace_render(text, names))
            } else {
                (engine.render(text, names), None)
            };
            let value = rendered.map(Rendered::into_value);
            (value.map_err(Fault::from), trace)
        }
        Operation::Resolve => {
            let object = Value::from(&request.object);
            let value = engine.resolve(&object, names);
            (value.map_err(Fault::from), None)
        }
        _ => {
            let (value, trace) = if is_traced {
                with_trace(engine.trace_evaluate(text, names))
            } else {
                (engine.evaluate(text, names), None)
            };
            (value.map_err(Fault::from), trace)
        }
    }
}

/// What a whole predicate says of the node that has it.
pub(super) fn predicate(
    engine: &Engine,
    text: &str,
    names: &dyn Context,
    is_traced: bool,
) -> (Result<Value, Fault>, Option<Trace>) {
    let (truth, trace) = decide(engine, &Template::new(text), names, is_traced);
    (truth.map(Value::from).map_err(Fault::from), trace)
}

fn decide(
    engine: &Engine,
    predicate: &Template,
    names: &dyn Context,
    is_traced: bool,
) -> (Result<Truth, Error>, Option<Trace>) {
    if is_traced {
        with_trace(engine.trace_condition(predicate, names))
    } else {
        (engine.condition(predicate, names), None)
    }
}

fn with_trace<T>((outcome, trace): (T, Trace)) -> (T, Option<Trace>) {
    (outcome, Some(trace))
}
