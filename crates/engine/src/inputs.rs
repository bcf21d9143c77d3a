//! What a runtime input accepts: `<+input>.allowedValues(…)` and `<+input>.regex(…)` (`spec/engine.md` §7.3).
//!
//! Cutting the parts out of a text is the syntax crate's work, and knowing the type of a field that of whoever knows
//! the pipeline. Here stands what the parts mean for a value, with the messages of Harness. `selectOneFrom` and
//! `selectManyFrom`, which are newer, list values as `allowedValues` does.

use pipewright_jexl::{Value, regex};

use crate::context::Context;
use crate::engine::Engine;
use crate::template::has_expressions;

/// A validator of a runtime input, with the text between its parentheses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum InputValidator<'t> {
    /// `.allowedValues(a, b)`
    AllowedValues(&'t str),
    /// `.regex(pattern)`
    Regex(&'t str),
}

impl InputValidator<'_> {
    /// Whether the value given for the input named `fqn` is accepted, before anything runs. Values that are expressions
    /// are accepted: they are checked when they are resolved. The elements of a list are checked one by one.
    ///
    /// ```
    /// use pipewright_engine::InputValidator;
    /// use pipewright_jexl::Value;
    ///
    /// let validator = InputValidator::AllowedValues("dev, prod");
    /// assert!(validator.check("pipeline.variables.env", &Value::from("prod")).is_ok());
    /// assert!(validator.check("pipeline.variables.env", &Value::from("qa")).is_err());
    /// ```
    ///
    /// # Errors
    /// The message of Harness.
    pub fn check(self, fqn: &str, given: &Value) -> Result<(), String> {
        let Some(items) = items(given) else {
            return self.check_one(fqn, &text(given));
        };
        let wrong: Vec<String> = items
            .iter()
            .map(text)
            .filter(|item| self.check_one(fqn, item).is_err())
            .collect();
        if wrong.is_empty() {
            return Ok(());
        }
        Err(format!(
            "Following values don't match the provided input set validator: [{}]",
            wrong.join(", ")
        ))
    }

    /// Whether the validator can be read: a pattern has to be one that the engine's regular expressions know.
    pub fn can_be_read(self) -> bool {
        match self {
            Self::AllowedValues(_) => true,
            Self::Regex(pattern) => regex::matches(&pattern.into(), &"".into()).is_ok(),
        }
    }

    /// The values that are allowed, as they are written. `None` where others may be: of a pattern, and where an
    /// expression says which.
    ///
    /// ```
    /// use pipewright_engine::InputValidator;
    /// let validator = InputValidator::AllowedValues("dev, prod");
    /// assert_eq!(validator.allowed(), Some(vec!["dev".to_owned(), "prod".to_owned()]));
    /// assert_eq!(InputValidator::AllowedValues("<+x>, prod").allowed(), None);
    /// ```
    pub fn allowed(self) -> Option<Vec<String>> {
        match self {
            Self::AllowedValues(list) if !has_expressions(list) && inside_jexl(list).is_none() => {
                Some(split(list))
            }
            Self::AllowedValues(_) | Self::Regex(_) => None,
        }
    }

    fn check_one(self, fqn: &str, given: &str) -> Result<(), String> {
        if has_expressions(given) {
            return Ok(());
        }
        match self {
            Self::Regex(pattern) => match regex::matches(&pattern.into(), &given.into()) {
                Ok(true) => Ok(()),
                Ok(false) => Err(format!(
                    "The value provided for [{fqn}: {given}] does not match the required regex pattern"
                )),
                Err(_) => Err(format!("Invalid pattern {pattern} provided in {fqn}")),
            },
            Self::AllowedValues(allowed) => {
                let allowed = split(allowed);
                let given = split(given);
                let open = allowed.iter().any(|value| has_expressions(value));
                if open || given.iter().all(|value| allowed.contains(value)) {
                    return Ok(());
                }
                Err(format!(
                    "The values provided for {fqn}: [{}] do not match any of the allowed values [{}]",
                    quoted(&given),
                    quoted(&allowed)
                ))
            }
        }
    }

    /// Whether a value is accepted when it was resolved in a run. Expressions among the parameters are rendered, and
    /// `jexl(…)` among the allowed values is evaluated. Where only a run can tell the parameters, every value is.
    ///
    /// # Errors
    /// The message of Harness, or that of the engine where the parameters cannot be resolved.
    pub fn check_resolved(
        self,
        engine: &Engine,
        context: &dyn Context,
        current: &Value,
    ) -> Result<(), String> {
        match self {
            Self::Regex(pattern) => {
                let Some(pattern) = render(engine, context, pattern)? else {
                    return Ok(());
                };
                let current = text(current);
                let matches = !current.is_empty()
                    && regex::matches(&pattern.as_str().into(), &current.as_str().into())
                        .map_err(|_| format!("Invalid pattern {pattern}"))?;
                if matches {
                    return Ok(());
                }
                Err(format!(
                    "Current value {current} does not match with given regex"
                ))
            }
            Self::AllowedValues(parameters) => {
                let allowed = match inside_jexl(parameters) {
                    Some(expression) => evaluate(engine, context, expression)?,
                    None => render(engine, context, parameters)?,
                };
                allowed.map_or(Ok(()), |allowed| allow(&split(&allowed), current))
            }
        }
    }
}

/// Checks a resolved value against allowed values: numbers as numbers, lists element by element.
fn allow(allowed: &[String], current: &Value) -> Result<(), String> {
    match current {
        Value::Null => Err("Current value is null".to_owned()),
        Value::String(given) => {
            let given = split(&given.to_str());
            if given.iter().all(|value| allowed.contains(value)) {
                return Ok(());
            }
            Err(format!(
                "Current values {} are not in allowed values list",
                quoted(&given)
            ))
        }
        number if number.is_number() => {
            let double = |text: &str| text.parse::<f64>().ok();
            let given = double(&text(number));
            if given.is_some() && allowed.iter().any(|value| double(value) == given) {
                return Ok(());
            }
            let shown = given.map_or_else(|| text(number), |given| text(&Value::Double(given)));
            Err(format!(
                "Current value {shown} is not in allowed values list"
            ))
        }
        other => match items(other) {
            Some(items) => items.iter().try_for_each(|item| allow(allowed, item)),
            None => Err(format!(
                "AllowedValues do not handle value of type: {}",
                other.type_name()
            )),
        },
    }
}

/// What stands between the parentheses of `jexl(…)`.
fn inside_jexl(parameters: &str) -> Option<&str> {
    let (_, rest) = parameters.split_once("jexl(")?;
    rest.rsplit_once(')').map(|(inside, _)| inside)
}

/// The text of an expression's value; `None` if only a run can tell.
fn evaluate(
    engine: &Engine,
    context: &dyn Context,
    expression: &str,
) -> Result<Option<String>, String> {
    match engine.evaluate(expression, context) {
        Ok(Value::Unknown(_)) => Ok(None),
        Ok(value) => Ok(Some(text(&value))),
        Err(error) => Err(error.message),
    }
}

/// A rendered text; `None` if only a run can tell.
fn render(engine: &Engine, context: &dyn Context, text: &str) -> Result<Option<String>, String> {
    let rendered = engine
        .render(text, context)
        .map_err(|error| error.message)?;
    Ok(rendered.unknown.is_empty().then_some(rendered.text))
}

fn items(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::List(list) => Some(list.snapshot().to_vec()),
        Value::Array(array) => Some(array.snapshot().to_vec()),
        _ => None,
    }
}

fn text(value: &Value) -> String {
    value
        .text()
        .map(|text| text.to_string())
        .unwrap_or_default()
}

/// The values of a list written with commas. Only quotes with a backslash before them keep a comma from parting.
fn split(list: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut quote = None;
    let mut chars = list.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\'
            && let Some(mark) = chars.next_if(|next| matches!(next, '\'' | '"'))
        {
            quote = match quote {
                None => Some(mark),
                Some(open) if open == mark => None,
                open => open,
            };
            continue;
        }
        match values.last_mut() {
            Some(value) if c != ',' || quote.is_some() => value.push(c),
            _ => values.push(String::new()),
        }
    }
    values
        .into_iter()
        .map(|value| value.trim().to_owned())
        .collect()
}

fn quoted(values: &[String]) -> String {
    let quoted: Vec<String> = values
        .iter()
        .map(|value| format!("\\'{value}\\'"))
        .collect();
    quoted.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::NoContext;

    #[test]
    fn allowed_values_are_split_at_commas_outside_quotes() {
        assert_eq!(split(r"a, \'b,c\' ,d"), ["a", "b,c", "d"]);
        let validator = InputValidator::AllowedValues(r"a, \'b,c\'");
        assert_eq!(validator.check("f", &"a".into()), Ok(()));
        assert_eq!(validator.check("f", &r"\'b,c\',a".into()), Ok(()));
        assert_eq!(
            validator.check("f", &"x".into()).unwrap_err(),
            r"The values provided for f: [\'x\'] do not match any of the allowed values [\'a\', \'b,c\']"
        );
        assert_eq!(validator.check("f", &"<+x>".into()), Ok(()));
        assert_eq!(
            InputValidator::AllowedValues("<+x>").check("f", &"y".into()),
            Ok(())
        );
    }

    #[test]
    fn a_pattern_must_match_the_whole_value() {
        let validator = InputValidator::Regex("v[0-9]+");
        assert_eq!(validator.check("f", &"v1".into()), Ok(()));
        assert_eq!(
            validator.check("f", &"v1x".into()).unwrap_err(),
            "The value provided for [f: v1x] does not match the required regex pattern"
        );
        assert_eq!(
            InputValidator::Regex("[")
                .check("f", &"x".into())
                .unwrap_err(),
            "Invalid pattern [ provided in f"
        );
        let list = Value::list(vec!["v1".into(), "x".into()]);
        assert_eq!(
            validator.check("f", &list).unwrap_err(),
            "Following values don't match the provided input set validator: [x]"
        );
    }

    #[test]
    fn resolved_values_are_checked_by_type() {
        let check = |allowed: &'static str, value: Value| {
            InputValidator::AllowedValues(allowed).check_resolved(
                &Engine::new(),
                &NoContext,
                &value,
            )
        };
        assert_eq!(check("1.5, 4", Value::Integer(4)), Ok(()));
        assert_eq!(
            check("1.5", Value::Integer(4)).unwrap_err(),
            "Current value 4.0 is not in allowed values list"
        );
        assert_eq!(
            check("a", Value::Null).unwrap_err(),
            "Current value is null"
        );
        assert_eq!(
            check("a", "x".into()).unwrap_err(),
            r"Current values \'x\' are not in allowed values list"
        );
        assert_eq!(
            check("a, b", Value::list(vec!["a".into(), "b".into()])),
            Ok(())
        );
        assert!(
            InputValidator::Regex(".*")
                .check_resolved(&Engine::new(), &NoContext, &"".into())
                .is_err()
        );
    }
}
