//! Methods of Java arrays: the few the library's list view of an array really offers.

use super::arguments::{Arguments, out_of_range};
use super::int;
use super::method::{Method, rows};
use crate::operators::fitting;
use crate::value::{Array, position};
use crate::{Failure, OpResult, Value};

pub(super) const METHODS: &[Method] = rows! { Array as Array:
    size() -> Integer, 0, size, "The number of elements.";
    get(Integer) -> Any, 0, get, "The element at an index.";
    set(Integer, Any) -> Any, 0, set, "Replaces the element at an index and gives the old one.";
    contains(Any) -> Boolean, 0, contains, "Whether an element equals the argument.";
    indexOf(Any) -> Integer, 0, index_of, "The first index of an element, or -1.";
};

fn size(array: &Array, _: Arguments<'_>) -> OpResult {
    Ok(int(array.len()))
}

fn get(array: &Array, arguments: Arguments<'_>) -> OpResult {
    let index = arguments.int(0)?;
    usize::try_from(index)
        .ok()
        .and_then(|index| array.get(index))
        .ok_or_else(|| out_of_range(i64::from(index), array.len()))
}

fn set(array: &Array, arguments: Arguments<'_>) -> OpResult {
    let index = arguments.int(0)?;
    let value = fitting(array.element(), arguments.get(1))
        .ok_or_else(|| Failure::method("the array cannot hold such a value"))?;
    let replaced = array.set(usize::try_from(index).unwrap_or(usize::MAX), value)?;
    replaced.ok_or_else(|| out_of_range(i64::from(index), array.len()))
}

fn contains(array: &Array, arguments: Arguments<'_>) -> OpResult {
    let found = position(&array.snapshot(), arguments.get(0))?;
    Ok(found.is_some().into())
}

fn index_of(array: &Array, arguments: Arguments<'_>) -> OpResult {
    let found = position(&array.snapshot(), arguments.get(0))?;
    Ok(found.map_or(Value::Integer(-1), int))
}

/// `toArray(array)`: the elements in the array if they have room there, in a new one of its class if not.
pub(super) fn filled(array: &Value, items: &[Value]) -> OpResult {
    let Value::Array(wanted) = array else {
        return Err(Failure::method("toArray takes an array"));
    };
    let class = wanted.element();
    let fitted: Option<Vec<Value>> = items.iter().map(|item| fitting(class, item)).collect();
    let Some(mut items) = fitted.filter(|_| !class.is_primitive()) else {
        return Err(Failure::method("the array cannot hold the elements"));
    };
    if items.len() > wanted.len() {
        return Ok(Value::Array(Array::new(class, items)));
    }
    // Java marks the end of the elements in a longer array.
    if items.len() < wanted.len() {
        items.push(Value::Null);
    }
    for (index, item) in items.into_iter().enumerate() {
        wanted.set(index, item)?;
    }
    Ok(array.clone())
}
