//! Methods of every object.

use super::arguments::Type;
use super::{Call, Method, Receiver};
use crate::value::{equals, hash_code};
use crate::{Failure, Value};

const REFUSED: &str = "this Java facility is not offered";

const fn any(
    name: &'static str,
    parameters: &'static [Type],
    returns: Type,
    doc: &'static str,
    call: fn(&Value, super::Arguments<'_>) -> crate::OpResult,
) -> Method {
    Method::new(
        Receiver::Any,
        name,
        parameters,
        returns,
        doc,
        Call::Any(call),
    )
}

pub(super) const METHODS: &[Method] = &[
    any(
        "toString",
        &[],
        Type::Text,
        "The Java text form.",
        |value, _| value.text().map(Value::String),
    )
    .paying_itself(),
    any(
        "equals",
        &[Type::Any],
        Type::Boolean,
        "Whether both are equal in Java: numbers of different classes never are.",
        |value, arguments| equals(value, arguments.get(0)).map(Value::Boolean),
    )
    .paying_itself(),
    any(
        "hashCode",
        &[],
        Type::Integer,
        "The Java hash code.",
        |value, _| hash_code(value).map(Value::Integer),
    )
    .paying_itself(),
    any(
        "getClass",
        &[],
        Type::Any,
        "Refused: classes are not offered.",
        |_, _| Err(Failure::refused(REFUSED)),
    )
    .paying_itself(),
    any(
        "notify",
        &[],
        Type::Any,
        "Refused: threads are not offered.",
        |_, _| Err(Failure::refused(REFUSED)),
    )
    .paying_itself(),
    any(
        "notifyAll",
        &[],
        Type::Any,
        "Refused: threads are not offered.",
        |_, _| Err(Failure::refused(REFUSED)),
    )
    .paying_itself(),
    any(
        "wait",
        &[],
        Type::Any,
        "Refused: threads are not offered.",
        |_, _| Err(Failure::refused(REFUSED)),
    )
    .paying_itself(),
    any(
        "wait",
        &[Type::Long],
        Type::Any,
        "Refused: threads are not offered.",
        |_, _| Err(Failure::refused(REFUSED)),
    )
    .paying_itself(),
];
