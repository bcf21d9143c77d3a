//! Methods of booleans.

use super::arguments::{Type, null_argument};
use super::{Call, Method, Receiver};
use crate::value::hash_code;
use crate::{Failure, OpResult, Value};

const fn own(
    name: &'static str,
    parameters: &'static [Type],
    doc: &'static str,
    call: Call,
) -> Method {
    Method::new(
        Receiver::Boolean,
        name,
        parameters,
        Type::Boolean,
        doc,
        call,
    )
}

pub(super) const METHODS: &[Method] = &[
    own(
        "booleanValue",
        &[],
        "The value itself.",
        Call::Any(|value, _| Ok(value.clone())),
    ),
    own(
        "parseBoolean",
        &[Type::Text],
        "Whether a text is true in any letter case; the object does not count.",
        Call::Static(|arguments| Ok(parsed(arguments.get(0)).into())),
    ),
    own(
        "valueOf",
        &[Type::Boolean],
        "The argument itself.",
        Call::Static(|arguments| Ok(arguments.get(0).clone())),
    ),
    own(
        "valueOf",
        &[Type::Text],
        "Whether a text is true in any letter case; the object does not count.",
        Call::Static(|arguments| Ok(parsed(arguments.get(0)).into())),
    ),
    own(
        "logicalAnd",
        &[Type::Boolean, Type::Boolean],
        "Whether both are true; the object does not count.",
        Call::Static(|arguments| both(arguments.all(), |a, b| a & b)),
    ),
    own(
        "logicalOr",
        &[Type::Boolean, Type::Boolean],
        "Whether one is true; the object does not count.",
        Call::Static(|arguments| both(arguments.all(), |a, b| a | b)),
    ),
    own(
        "logicalXor",
        &[Type::Boolean, Type::Boolean],
        "Whether exactly one is true; the object does not count.",
        Call::Static(|arguments| both(arguments.all(), |a, b| a ^ b)),
    ),
    Method::new(
        Receiver::Boolean,
        "compareTo",
        &[Type::Any],
        Type::Integer,
        "-1, 0 or 1; false comes before true.",
        Call::Any(|value, arguments| match (value, arguments.get(0)) {
            (Value::Boolean(a), Value::Boolean(b)) => Ok(Value::Integer(a.cmp(b) as i32)),
            (_, Value::Null) => Err(null_argument()),
            _ => Err(Failure::method("a Boolean is compared with something else")),
        }),
    ),
    Method::new(
        Receiver::Boolean,
        "compare",
        &[Type::Boolean, Type::Boolean],
        Type::Integer,
        "-1, 0 or 1; the object does not count.",
        Call::Static(|arguments| match arguments.all() {
            [Value::Boolean(a), Value::Boolean(b)] => Ok(Value::Integer(a.cmp(b) as i32)),
            _ => Err(null_argument()),
        }),
    ),
    Method::new(
        Receiver::Boolean,
        "hashCode",
        &[Type::Boolean],
        Type::Integer,
        "The hash code of the argument; the object does not count.",
        Call::Static(|arguments| hash_code(arguments.get(0)).map(Value::Integer)),
    ),
    Method::new(
        Receiver::Boolean,
        "toString",
        &[Type::Boolean],
        Type::Text,
        "The text of the argument; the object does not count.",
        Call::Static(|arguments| arguments.get(0).text().map(Value::String)),
    ),
];

fn parsed(value: &Value) -> bool {
    matches!(value, Value::String(text) if text.to_str().eq_ignore_ascii_case("true"))
}

fn both(arguments: &[Value], apply: fn(bool, bool) -> bool) -> OpResult {
    match arguments {
        [Value::Boolean(a), Value::Boolean(b)] => Ok(apply(*a, *b).into()),
        _ => Err(null_argument()),
    }
}
