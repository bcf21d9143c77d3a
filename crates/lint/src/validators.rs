//! What runtime inputs accept, as people write values: with quotes around them or without.

use pipewright_engine::InputValidator;
use pipewright_syntax::{Modifier, ModifierKind, RuntimeInput};

/// The validator of a runtime input that refuses a value, as it is written in `text`, which is that of the input.
pub(crate) fn refused_by<'t>(text: &'t str, input: &RuntimeInput, given: &str) -> Option<&'t str> {
    let mut modifiers = input.modifiers.iter();
    let refused = modifiers.find(|modifier| !accepts(text, modifier, given))?;
    Some(refused.range.slice(text).trim_start_matches('.'))
}

/// Whether a validator accepts a value: as it is written, or without quotes around the values.
fn accepts(text: &str, modifier: &Modifier, given: &str) -> bool {
    let Some(arguments) = modifier.arguments.filter(|_| modifier.closed) else {
        return true;
    };
    let arguments = arguments.slice(text);
    // What is evaluated gives other values.
    if arguments.contains("jexl(") {
        return true;
    }
    match modifier.kind {
        ModifierKind::AllowedValues
        | ModifierKind::SelectOneFrom
        | ModifierKind::SelectManyFrom => {
            let check = |allowed: &str, given: &str| {
                let validator = InputValidator::AllowedValues(allowed);
                validator.check("", &given.into()).is_ok()
            };
            let plain = without_quotes(given.trim_start_matches('[').trim_end_matches(']'));
            check(arguments, given) || check(&without_quotes(arguments), &plain)
        }
        ModifierKind::Regex => {
            // A pattern that cannot be read is another rule's, and a list is checked item by item.
            let pattern = InputValidator::Regex(arguments);
            !pattern.can_be_read()
                || given.starts_with('[')
                || pattern.check("", &given.into()).is_ok()
                || pattern.check("", &without_quotes(given).into()).is_ok()
        }
        _ => true,
    }
}

fn without_quotes(values: &str) -> String {
    let values = values
        .split(',')
        .map(|value| value.trim().trim_matches(['"', '\'', '\\']));
    values.collect::<Vec<_>>().join(",")
}
