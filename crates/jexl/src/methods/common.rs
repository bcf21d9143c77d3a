//! Methods of every object.

use super::arguments::Arguments;
use super::method::{Method, rows};
use crate::value::{equals, hash_code};
use crate::{Failure, OpResult, Value};

pub(super) const METHODS: &[Method] = rows! { Any as Any:
    toString() -> Text, 0, to_text, "The Java text form.";
    equals(Any) -> Boolean, 0, is_equal, "Whether both are equal in Java: numbers of different classes never are.";
    hashCode() -> Integer, 0, hash, "The Java hash code.";
    getClass() -> Any, 0, refused, "Refused: classes are not offered.";
    notify() -> Any, 0, refused, "Refused: threads are not offered.";
    notifyAll() -> Any, 0, refused, "Refused: threads are not offered.";
    wait() -> Any, 0, refused, "Refused: threads are not offered.";
    wait(Long) -> Any, 0, refused, "Refused: threads are not offered.";
};

fn to_text(value: &Value, _: Arguments<'_>) -> OpResult {
    value.text().map(Value::String)
}

fn is_equal(value: &Value, arguments: Arguments<'_>) -> OpResult {
    equals(value, arguments.get(0)).map(Value::Boolean)
}

fn hash(value: &Value, _: Arguments<'_>) -> OpResult {
    hash_code(value).map(Value::Integer)
}

fn refused(_: &Value, _: Arguments<'_>) -> OpResult {
    Err(Failure::refused("this Java facility is not offered"))
}
