//! Methods of booleans.

use super::arguments::{Arguments, null_argument};
use super::method::{Method, rows};
use crate::value::hash_code;
use crate::{Failure, OpResult, Value};

pub(super) const METHODS: &[Method] = rows! { Boolean as Any:
    booleanValue() -> Boolean, 1, itself, "The value itself.";
    compareTo(Any) -> Integer, 1, compare_to, "-1, 0 or 1; false comes before true.";
};

pub(super) const STATIC: &[Method] = rows! { Boolean as Static:
    /// Whether a text is true in any letter case; the object does not count.
    parseBoolean(Text) -> Boolean, 1, parse;
    valueOf(Boolean) -> Boolean, 1, argument, "The argument itself.";
    valueOf(Text) -> Boolean, 1, parse, "Whether a text is true in any letter case; the object does not count.";
    logicalAnd(Boolean, Boolean) -> Boolean, 1, and, "Whether both are true; the object does not count.";
    logicalOr(Boolean, Boolean) -> Boolean, 1, or, "Whether one is true; the object does not count.";
    logicalXor(Boolean, Boolean) -> Boolean, 1, xor, "Whether exactly one is true; the object does not count.";
    compare(Boolean, Boolean) -> Integer, 1, compare, "-1, 0 or 1; the object does not count.";
    hashCode(Boolean) -> Integer, 1, hash, "The hash code of the argument; the object does not count.";
    toString(Boolean) -> Text, 1, to_text, "The text of the argument; the object does not count.";
};

fn itself(value: &Value, _: Arguments<'_>) -> OpResult {
    Ok(value.clone())
}

fn compare_to(value: &Value, arguments: Arguments<'_>) -> OpResult {
    match (value, arguments.get(0)) {
        (Value::Boolean(a), Value::Boolean(b)) => Ok(Value::Integer(a.cmp(b) as i32)),
        (_, Value::Null) => Err(null_argument()),
        _ => Err(Failure::method("a Boolean is compared with something else")),
    }
}

fn parse(arguments: Arguments<'_>) -> OpResult {
    let text = arguments.get(0).as_string();
    let is_true = text.is_some_and(|text| text.to_str().eq_ignore_ascii_case("true"));
    Ok(is_true.into())
}

fn argument(arguments: Arguments<'_>) -> OpResult {
    Ok(arguments.get(0).clone())
}

fn and(arguments: Arguments<'_>) -> OpResult {
    both(arguments).map(|(a, b)| Value::Boolean(a & b))
}

fn or(arguments: Arguments<'_>) -> OpResult {
    both(arguments).map(|(a, b)| Value::Boolean(a | b))
}

fn xor(arguments: Arguments<'_>) -> OpResult {
    both(arguments).map(|(a, b)| Value::Boolean(a ^ b))
}

fn compare(arguments: Arguments<'_>) -> OpResult {
    both(arguments).map(|(a, b)| Value::Integer(a.cmp(&b) as i32))
}

fn both(arguments: Arguments<'_>) -> OpResult<(bool, bool)> {
    match arguments.all() {
        [Value::Boolean(a), Value::Boolean(b)] => Ok((*a, *b)),
        _ => Err(null_argument()),
    }
}

fn hash(arguments: Arguments<'_>) -> OpResult {
    hash_code(arguments.get(0)).map(Value::Integer)
}

fn to_text(arguments: Arguments<'_>) -> OpResult {
    arguments.get(0).text().map(Value::String)
}
