//! The functions of CEL whose answers are the same in every implementation.

use pipewright_jexl::{ErrorKind, Value};
use pipewright_syntax::Name;
use pipewright_syntax::cel::Expr;

use super::cause::CelCause;
use super::operators::{Kind, kind};
use super::{Outcome, Walk, macros};
use crate::error::Error;

/// The methods that are evaluated, beside macros.
const METHODS: [&str; 4] = ["contains", "endsWith", "size", "startsWith"];

/// Whether a method is evaluated.
pub(super) fn is_method(name: &Name) -> bool {
    let is_one = |name| METHODS.contains(&name) || macros::is_macro(name);
    name.as_text().is_some_and(is_one)
}

impl Walk<'_> {
    /// `name(arguments)`
    pub(super) fn call(&mut self, name: &Name, arguments: &[Expr]) -> Outcome {
        let called = name.as_text().unwrap_or("");
        let [argument] = arguments else {
            return Ok(not_evaluated(called));
        };
        if !matches!(called, "double" | "dyn" | "int" | "size" | "string") {
            return Ok(not_evaluated(called));
        }
        let value = self.expr(argument)?;
        if matches!(value, Value::Unknown(_)) || called == "dyn" {
            return Ok(value);
        }
        match called {
            "size" => size(&value),
            "string" => Ok(string(&value)),
            "int" => int(&value),
            _ => Ok(double(&value)),
        }
    }

    /// `value.name(arguments)`
    pub(super) fn method(&mut self, value: &Value, name: &Name, arguments: &[Expr]) -> Outcome {
        let called = name.as_text().unwrap_or("");
        if macros::is_macro(called) {
            return self.apply_macro(value, called, arguments);
        }
        match (called, arguments) {
            ("size", []) if !matches!(value, Value::Unknown(_)) => size(value),
            ("contains" | "startsWith" | "endsWith", [argument]) => {
                let argument = self.expr(argument)?;
                of_texts(called, value, &argument)
            }
            _ if matches!(value, Value::Unknown(_)) => Ok(value.clone()),
            _ => Ok(not_evaluated(called)),
        }
    }
}

fn not_evaluated(name: &str) -> Value {
    Value::unknown(CelCause::Function(name.into()))
}

fn of_texts(called: &str, value: &Value, argument: &Value) -> Outcome {
    match (kind(value), kind(argument)) {
        (Kind::Text(text), Kind::Text(part)) => {
            let (text, part) = (text.to_str(), part.to_str());
            crate::run::spend(text.len() as u64)?;
            Ok(Value::Boolean(match called {
                "contains" => text.contains(&*part),
                "startsWith" => text.starts_with(&*part),
                _ => text.ends_with(&*part),
            }))
        }
        _ => super::operators::wrong_types(called, value, argument),
    }
}

/// The characters of a text, the elements of a list, the entries of a map.
fn size(value: &Value) -> Outcome {
    let count = match kind(value) {
        Kind::Text(text) => {
            let text = text.to_str();
            crate::run::spend(text.len() as u64)?;
            text.chars().count()
        }
        Kind::List(items) => items.len(),
        Kind::Map(map) => map.len(),
        Kind::Other => return Ok(Value::unknown(CelCause::Type)),
        _ => {
            let message = format!(
                "`size` of CEL takes a text, list or map, not {}",
                value.described()
            );
            return Err(Error::new(ErrorKind::Arithmetic, message));
        }
    };
    Ok(Value::Long(i64::try_from(count).unwrap_or(i64::MAX)))
}

fn string(value: &Value) -> Value {
    match kind(value) {
        Kind::Text(_) => value.clone(),
        Kind::Int(number) => Value::from(number.to_string()),
        Kind::Bool(value) => Value::from(value.to_string()),
        _ => not_evaluated("string"),
    }
}

/// A whole number, or a text of one.
fn int(value: &Value) -> Outcome {
    match kind(value) {
        Kind::Int(number) => Ok(Value::Long(number)),
        Kind::Text(text) => {
            let text = text.to_str();
            let digits = text.strip_prefix('-').unwrap_or(&text);
            let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            let number = text.parse().ok().filter(|_| is_number);
            number.map(Value::Long).ok_or_else(|| {
                let message =
                    format!("`int` of CEL takes the text of a whole number, not `{text}`");
                Error::new(ErrorKind::NumberFormat, message)
            })
        }
        _ => Ok(not_evaluated("int")),
    }
}

fn double(value: &Value) -> Value {
    match kind(value) {
        Kind::Double(number) => Value::Double(number),
        _ => not_evaluated("double"),
    }
}
