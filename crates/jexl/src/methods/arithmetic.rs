//! The arithmetic's own methods, reached as functions and, with the object as first argument, as methods
//! (`spec/jexl.md` §7.2).

use super::arguments::Arguments;
use super::int;
use super::method::{Method, rows};
use crate::operators::{self, Contained};
use crate::{ErrorKind, Failure, OpResult, Value};

pub(super) const FUNCTIONS: &[Method] = rows! { Function as Static:
    toInteger(Any) -> Integer, 1, |a| one(a, operators::to_integer, Value::Integer), "The value as an Integer.";
    toLong(Any) -> Long, 1, |a| one(a, operators::to_long, Value::Long), "The value as a Long.";
    toDouble(Any) -> Double, 1, |a| one(a, operators::to_double, Value::Double), "The value as a Double.";
    /// Whether the value counts as true.
    toBoolean(Any) -> Boolean, 1, |a| one(a, operators::to_boolean, Value::Boolean);
    toString(Any) -> Text, 1, |a| one(a, operators::to_text, Value::String), "The value as text; NaN is empty.";
    /// The value as a BigInteger.
    toBigInteger(Any) -> BigInteger, 1, |a| one(a, operators::to_big_integer, Value::from);
    /// The value as a BigDecimal of at most 34 digits.
    toBigDecimal(Any) -> BigDecimal, 1, |a| one(a, operators::to_big_decimal, Value::from);
    add(Any, Any) -> Any, 1, |a| two(a, operators::add), "What + gives.";
    subtract(Any, Any) -> Any, 1, |a| two(a, operators::subtract), "What - gives.";
    multiply(Any, Any) -> Any, 1, |a| two(a, operators::multiply), "What * gives.";
    divide(Any, Any) -> Any, 1, |a| two(a, operators::divide), "What / gives.";
    mod(Any, Any) -> Any, 1, |a| two(a, operators::modulo), "What % gives.";
    negate(Any) -> Any, 1, |a| one(a, operators::negate, Value::from), "What the unary - gives.";
    and(Any, Any) -> Long, 1, |a| two(a, operators::bit_and), "What & gives.";
    or(Any, Any) -> Long, 1, |a| two(a, operators::bit_or), "What | gives.";
    xor(Any, Any) -> Long, 1, |a| two(a, operators::bit_xor), "What ^ gives.";
    bitwiseAnd(Any, Any) -> Long, 1, |a| two(a, operators::bit_and), "What & gives.";
    bitwiseOr(Any, Any) -> Long, 1, |a| two(a, operators::bit_or), "What | gives.";
    bitwiseXor(Any, Any) -> Long, 1, |a| two(a, operators::bit_xor), "What ^ gives.";
    complement(Any) -> Long, 1, |a| one(a, operators::complement, Value::from), "What ~ gives.";
    not(Any) -> Boolean, 1, not, "What ! gives.";
    logicalNot(Any) -> Boolean, 1, not, "What ! gives.";
    equals(Any, Any) -> Boolean, 1, |a| whether(a, operators::equal), "What == gives.";
    equals(Any) -> Boolean, 1, equals_arithmetic, "False: it compares the arithmetic itself with the value.";
    lessThan(Any, Any) -> Boolean, 1, |a| whether(a, operators::less), "What < gives.";
    greaterThan(Any, Any) -> Boolean, 1, |a| whether(a, operators::greater), "What > gives.";
    lessThanOrEqual(Any, Any) -> Boolean, 1, |a| whether(a, operators::less_or_equal), "What <= gives.";
    greaterThanOrEqual(Any, Any) -> Boolean, 1, |a| whether(a, operators::greater_or_equal), "What >= gives.";
    /// Whether the first holds the second, a text as a regular expression; null where the first can hold nothing.
    contains(Any, Any) -> Boolean, 1, |a| contained(a.get(0), a.get(1), operators::contained_in);
    /// Whether a text starts with the text of a value; null for other objects.
    startsWith(Any, Any) -> Boolean, 1, |a| contained(a.get(0), a.get(1), operators::starts_with);
    /// Whether a text ends with the text of a value; null for other objects.
    endsWith(Any, Any) -> Boolean, 1, |a| contained(a.get(0), a.get(1), operators::ends_with);
    /// Whether the second holds the first: a text as a regular expression; null where the second can hold nothing.
    matches(Any, Any) -> Boolean, 1, |a| contained(a.get(1), a.get(0), operators::contained_in);
    /// What empty gives for numbers, texts and collections; null for other objects.
    isEmpty(Any) -> Boolean, 1, is_empty;
    size(Any) -> Integer, 1, size, "What size gives for texts and collections; null for other objects.";
    createRange(Any, Any) -> Range, 1, |a| two(a, operators::create_range), "What .. gives.";
    narrow(Number) -> Number, 1, narrow, "The number in the smallest class that holds it.";
    isStrict() -> Boolean, 1, is_strict, "True: null operands are errors.";
    getMathScale() -> Integer, 1, math_scale, "-1: decimals are not rounded to a scale.";
};

/// What an operator makes of the argument.
fn one<T>(
    arguments: Arguments<'_>,
    operator: fn(&Value) -> OpResult<T>,
    wrap: fn(T) -> Value,
) -> OpResult {
    called(operator(arguments.get(0)).map(wrap))
}

/// What an operator makes of two arguments.
fn two(arguments: Arguments<'_>, operator: fn(&Value, &Value) -> OpResult) -> OpResult {
    called(operator(arguments.get(0), arguments.get(1)))
}

/// Whether two arguments stand in a relation.
fn whether(arguments: Arguments<'_>, relation: fn(&Value, &Value) -> OpResult<bool>) -> OpResult {
    called(relation(arguments.get(0), arguments.get(1)).map(Value::Boolean))
}

/// Whether a part stands in a whole; null for a whole that would have to be asked.
fn contained(
    whole: &Value,
    part: &Value,
    relation: fn(&Value, &Value) -> OpResult<Contained>,
) -> OpResult {
    called(relation(whole, part).map(|contained| match contained {
        Contained::Is(truth) => Value::Boolean(truth),
        Contained::AskObject => Value::Null,
    }))
}

fn not(arguments: Arguments<'_>) -> OpResult {
    one(arguments, operators::to_boolean, |truth| {
        Value::Boolean(!truth)
    })
}

fn equals_arithmetic(_: Arguments<'_>) -> OpResult {
    Ok(Value::Boolean(false))
}

fn is_empty(arguments: Arguments<'_>) -> OpResult {
    if arguments.get(0).is_null() {
        return Ok(Value::Null);
    }
    one(arguments, operators::is_empty, Value::from)
}

fn size(arguments: Arguments<'_>) -> OpResult {
    one(arguments, operators::size, |size| {
        size.map_or(Value::Null, int)
    })
}

fn narrow(arguments: Arguments<'_>) -> OpResult {
    Ok(operators::narrow(arguments.get(0)))
}

fn is_strict(_: Arguments<'_>) -> OpResult {
    Ok(true.into())
}

fn math_scale(_: Arguments<'_>) -> OpResult {
    Ok(Value::Integer(-1))
}

/// What a bare Java exception of an operator is when a call raised it: only arithmetic keeps its kind.
fn called(outcome: OpResult) -> OpResult {
    outcome.map_err(|failure| match failure {
        Failure::Error {
            kind: ErrorKind::NumberFormat | ErrorKind::ClassCast | ErrorKind::PatternSyntax,
            message,
        } => Failure::method(message),
        failure => failure,
    })
}
