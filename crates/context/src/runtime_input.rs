//! Runtime inputs in the places where values stand (`spec/engine.md` §7).

use pipewright_engine::InputValidator;
use pipewright_jexl::Value;
use pipewright_syntax::{ModifierKind, RuntimeInput, parse_runtime_input};
use pipewright_yaml::{self as yaml, Tree};

use crate::UnknownCause;

/// What a scalar's text is once runtime inputs are taken care of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Filled<'t> {
    /// The value it stands for: the text itself, the default of an input, or a value without its validator.
    Text(&'t str),
    /// A runtime input without value.
    Open,
    /// A runtime input with a default, where a run may be given another value.
    MayDiffer,
    /// An input that is asked for during the run.
    DuringRun,
}

/// What a runtime input with a default is where no value is given for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Defaults {
    /// Its default.
    Taken,
    /// Unknown: a run may be given another value.
    Open,
}

/// Looks through runtime inputs.
pub(crate) fn filled(text: &str) -> Filled<'_> {
    let Some(input) = parse_runtime_input(text) else {
        return Filled::Text(text);
    };
    if let Some(value) = input.value {
        return Filled::Text(value.slice(text));
    }
    let argument = |kind| argument(&input, kind, text);
    match argument(ModifierKind::Default) {
        Some(default) => Filled::Text(default),
        None if input
            .modifiers
            .iter()
            .any(|modifier| modifier.kind == ModifierKind::ExecutionInput) =>
        {
            Filled::DuringRun
        }
        None => Filled::Open,
    }
}

fn argument<'t>(input: &RuntimeInput, kind: ModifierKind, text: &'t str) -> Option<&'t str> {
    let modifier = input
        .modifiers
        .iter()
        .find(|modifier| modifier.kind == kind && modifier.closed)?;
    Some(modifier.arguments?.slice(text).trim())
}

/// What a text says about the values it accepts.
pub(crate) fn validator(text: &str) -> Option<InputValidator<'_>> {
    let input = parse_runtime_input(text)?;
    let mut lists = [
        ModifierKind::AllowedValues,
        ModifierKind::SelectOneFrom,
        ModifierKind::SelectManyFrom,
    ]
    .into_iter();
    let allowed = lists.find_map(|list| argument(&input, list, text));
    let pattern = argument(&input, ModifierKind::Regex, text);
    allowed
        .map(InputValidator::AllowedValues)
        .or(pattern.map(InputValidator::Regex))
}

/// Why a value is not accepted by the runtime input it fills, in the words of Harness.
fn refusal(text: &str, name: &str, given: &Value) -> Option<String> {
    validator(text)?.check(name, given).err()
}

/// The runtime input whose place a value of an input set or of a template's inputs takes.
pub(crate) fn asked_for(tree: &Tree, value: yaml::NodeId) -> Option<&str> {
    tree.text(tree.written_in_place_of(value)?)
}

/// A value that was given in place of `text`, unless `text` is a runtime input that does not accept it.
pub(crate) fn accepted(name: &str, text: Option<&str>, given: Value) -> Value {
    match text.and_then(|text| refusal(text, name, &given)) {
        Some(refusal) => Value::Unknown(UnknownCause::GivenIsRefused(refusal).of(name)),
        None => given,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_and_filled_values_are_looked_through() {
        assert_eq!(filled("plain"), Filled::Text("plain"));
        assert_eq!(filled("<+input>"), Filled::Open);
        assert_eq!(filled("<+input>.default(a b)"), Filled::Text("a b"));
        assert_eq!(filled("<+input>.allowedValues(a,b)"), Filled::Open);
        assert_eq!(filled("<+input>.executionInput()"), Filled::DuringRun);
        assert_eq!(filled("4.5.allowedValues(1.5, 4.5)"), Filled::Text("4.5"));
        assert_eq!(
            filled("<+input>.allowedValues(a,b).default(b)"),
            Filled::Text("b")
        );
    }

    #[test]
    fn a_value_is_refused_in_the_words_of_harness() {
        let refusal = |text, value: &str| refusal(text, "pipeline.variables.x", &value.into());
        assert_eq!(refusal("<+input>.allowedValues(a,b)", "a"), None);
        assert_eq!(refusal("plain", "a"), None);
        let why = refusal("<+input>.regex([a-z]+)", "A1").unwrap_or_default();
        assert_eq!(
            why,
            "The value provided for [pipeline.variables.x: A1] does not match the required regex pattern"
        );
    }
}
