//! The arithmetic's own methods, reached as functions and, with the object as first argument, as methods (`spec/jexl.md` §7.2).

use super::arguments::{Arguments, Type};
use super::{Method, Receiver};
use crate::operators::{self, Contained};
use crate::{ErrorKind, Failure, OpResult, Value};

const ONE: &[Type] = &[Type::Any];
const TWO: &[Type] = &[Type::Any, Type::Any];

const fn function(
    name: &'static str,
    parameters: &'static [Type],
    returns: Type,
    doc: &'static str,
    call: fn(Arguments<'_>) -> OpResult,
) -> Method {
    Method::fixed(Receiver::Function, name, parameters, returns, doc, call)
}

pub(super) const FUNCTIONS: &[Method] = &[
    function(
        "toInteger",
        ONE,
        Type::Integer,
        "The value as an Integer.",
        |a| called(operators::to_integer(a.get(0)).map(Value::Integer)),
    ),
    function("toLong", ONE, Type::Long, "The value as a Long.", |a| {
        called(operators::to_long(a.get(0)).map(Value::Long))
    }),
    function(
        "toDouble",
        ONE,
        Type::Double,
        "The value as a Double.",
        |a| called(operators::to_double(a.get(0)).map(Value::Double)),
    ),
    function(
        "toBoolean",
        ONE,
        Type::Boolean,
        "Whether the value counts as true.",
        |a| called(operators::to_boolean(a.get(0)).map(Value::Boolean)),
    ),
    function(
        "toString",
        ONE,
        Type::Text,
        "The value as text; NaN is empty.",
        |a| called(operators::to_text(a.get(0)).map(Value::String)),
    ),
    function(
        "toBigInteger",
        ONE,
        Type::BigInteger,
        "The value as a BigInteger.",
        |a| called(operators::to_big_integer(a.get(0)).map(Value::from)),
    ),
    function(
        "toBigDecimal",
        ONE,
        Type::BigDecimal,
        "The value as a BigDecimal of at most 34 digits.",
        |a| called(operators::to_big_decimal(a.get(0)).map(Value::from)),
    ),
    function("add", TWO, Type::Any, "What + gives.", |a| {
        called(operators::add(a.get(0), a.get(1)))
    }),
    function("subtract", TWO, Type::Any, "What - gives.", |a| {
        called(operators::subtract(a.get(0), a.get(1)))
    }),
    function("multiply", TWO, Type::Any, "What * gives.", |a| {
        called(operators::multiply(a.get(0), a.get(1)))
    }),
    function("divide", TWO, Type::Any, "What / gives.", |a| {
        called(operators::divide(a.get(0), a.get(1)))
    }),
    function("mod", TWO, Type::Any, "What % gives.", |a| {
        called(operators::modulo(a.get(0), a.get(1)))
    }),
    function("negate", ONE, Type::Any, "What the unary - gives.", |a| {
        called(operators::negate(a.get(0)))
    }),
    function("and", TWO, Type::Long, "What & gives.", |a| {
        called(operators::bit_and(a.get(0), a.get(1)))
    }),
    function("or", TWO, Type::Long, "What | gives.", |a| {
        called(operators::bit_or(a.get(0), a.get(1)))
    }),
    function("xor", TWO, Type::Long, "What ^ gives.", |a| {
        called(operators::bit_xor(a.get(0), a.get(1)))
    }),
    function("bitwiseAnd", TWO, Type::Long, "What & gives.", |a| {
        called(operators::bit_and(a.get(0), a.get(1)))
    }),
    function("bitwiseOr", TWO, Type::Long, "What | gives.", |a| {
        called(operators::bit_or(a.get(0), a.get(1)))
    }),
    function("bitwiseXor", TWO, Type::Long, "What ^ gives.", |a| {
        called(operators::bit_xor(a.get(0), a.get(1)))
    }),
    function("complement", ONE, Type::Long, "What ~ gives.", |a| {
        called(operators::complement(a.get(0)))
    }),
    function("not", ONE, Type::Boolean, "What ! gives.", |a| {
        called(operators::to_boolean(a.get(0)).map(|truth| Value::Boolean(!truth)))
    }),
    function("logicalNot", ONE, Type::Boolean, "What ! gives.", |a| {
        called(operators::to_boolean(a.get(0)).map(|truth| Value::Boolean(!truth)))
    }),
    function("equals", TWO, Type::Boolean, "What == gives.", |a| {
        called(operators::equal(a.get(0), a.get(1)).map(Value::Boolean))
    }),
    function(
        "equals",
        ONE,
        Type::Boolean,
        "False: it compares the arithmetic itself with the value.",
        |_| Ok(Value::Boolean(false)),
    ),
    function("lessThan", TWO, Type::Boolean, "What < gives.", |a| {
        called(operators::less(a.get(0), a.get(1)).map(Value::Boolean))
    }),
    function("greaterThan", TWO, Type::Boolean, "What > gives.", |a| {
        called(operators::greater(a.get(0), a.get(1)).map(Value::Boolean))
    }),
    function(
        "lessThanOrEqual",
        TWO,
        Type::Boolean,
        "What <= gives.",
        |a| called(operators::less_or_equal(a.get(0), a.get(1)).map(Value::Boolean)),
    ),
    function(
        "greaterThanOrEqual",
        TWO,
        Type::Boolean,
        "What >= gives.",
        |a| called(operators::greater_or_equal(a.get(0), a.get(1)).map(Value::Boolean)),
    ),
    function(
        "contains",
        TWO,
        Type::Boolean,
        "Whether the first holds the second, a text as a regular expression; null where the first can hold nothing.",
        |a| called(operators::contained_in(a.get(0), a.get(1)).map(answer)),
    ),
    function(
        "startsWith",
        TWO,
        Type::Boolean,
        "Whether a text starts with the text of a value; null for other objects.",
        |a| called(operators::starts_with(a.get(0), a.get(1)).map(answer)),
    ),
    function(
        "endsWith",
        TWO,
        Type::Boolean,
        "Whether a text ends with the text of a value; null for other objects.",
        |a| called(operators::ends_with(a.get(0), a.get(1)).map(answer)),
    ),
    function(
        "matches",
        TWO,
        Type::Boolean,
        "Whether the second holds the first: a text as a regular expression; null where the second can hold nothing.",
        |a| called(operators::contained_in(a.get(1), a.get(0)).map(answer)),
    ),
    function(
        "isEmpty",
        ONE,
        Type::Boolean,
        "What empty gives for numbers, texts and collections; null for other objects.",
        |a| {
            called(match a.get(0) {
                Value::Null => Ok(Value::Null),
                value => operators::is_empty(value)
                    .map(|empty| empty.map_or(Value::Null, Value::Boolean)),
            })
        },
    ),
    function(
        "size",
        ONE,
        Type::Integer,
        "What size gives for texts and collections; null for other objects.",
        |a| called(operators::size(a.get(0)).map(|size| size.map_or(Value::Null, super::int))),
    ),
    function("createRange", TWO, Type::Range, "What .. gives.", |a| {
        called(operators::create_range(a.get(0), a.get(1)))
    }),
    function(
        "narrow",
        &[Type::Number],
        Type::Number,
        "The number in the smallest class that holds it.",
        |a| Ok(operators::narrow(a.get(0))),
    ),
    function(
        "isStrict",
        &[],
        Type::Boolean,
        "True: null operands are errors.",
        |_| Ok(true.into()),
    ),
    function(
        "getMathScale",
        &[],
        Type::Integer,
        "-1: decimals are not rounded to a scale.",
        |_| Ok(Value::Integer(-1)),
    ),
];

fn answer(contained: Contained) -> Value {
    match contained {
        Contained::Is(truth) => Value::Boolean(truth),
        Contained::AskObject => Value::Null,
    }
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
