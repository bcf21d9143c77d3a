//! Methods of Java arrays: the few the library's list view of an array really offers.

use super::arguments::{Arguments, Type, out_of_range};
use super::{Call, Method, Receiver, int};
use crate::operators::fitting;
use crate::value::{Array, position};
use crate::{Failure, OpResult, Value};

const fn array(
    name: &'static str,
    parameters: &'static [Type],
    returns: Type,
    doc: &'static str,
    call: fn(&Array, Arguments<'_>) -> OpResult,
) -> Method {
    Method::new(
        Receiver::Array,
        name,
        parameters,
        returns,
        doc,
        Call::Array(call),
    )
}

pub(super) const METHODS: &[Method] = &[
    array(
        "size",
        &[],
        Type::Integer,
        "The number of elements.",
        |array, _| Ok(int(array.len())),
    )
    .paying_itself(),
    array(
        "get",
        &[Type::Integer],
        Type::Any,
        "The element at an index.",
        |array, arguments| {
            let index = arguments.int(0)?;
            usize::try_from(index)
                .ok()
                .and_then(|index| array.get(index))
                .ok_or_else(|| out_of_range(i64::from(index), array.len()))
        },
    )
    .paying_itself(),
    array(
        "set",
        &[Type::Integer, Type::Any],
        Type::Any,
        "Replaces the element at an index and gives the old one.",
        |array, arguments| {
            let index = arguments.int(0)?;
            let value = fitting(array.element(), arguments.get(1))
                .ok_or_else(|| Failure::method("the array cannot hold such a value"))?;
            let replaced = array.set(usize::try_from(index).unwrap_or(usize::MAX), value)?;
            replaced.ok_or_else(|| out_of_range(i64::from(index), array.len()))
        },
    )
    .paying_itself(),
    array(
        "contains",
        &[Type::Any],
        Type::Boolean,
        "Whether an element equals the argument.",
        |array, arguments| {
            Ok(position(&array.snapshot(), arguments.get(0))?
                .is_some()
                .into())
        },
    )
    .paying_itself(),
    array(
        "indexOf",
        &[Type::Any],
        Type::Integer,
        "The first index of an element, or -1.",
        |array, arguments| {
            Ok(position(&array.snapshot(), arguments.get(0))?.map_or(Value::Integer(-1), int))
        },
    )
    .paying_itself(),
];
