//! What stands in a value of a document.

use std::sync::Arc;

use pipewright_jexl::{OpResult, Value, charge_reading};

/// What looking at one of the elements or members of a value costs, as bytes that are read.
pub(super) const ELEMENT: usize = 4;

/// The elements of a list or array.
pub(super) fn items(value: &Value) -> Option<Arc<Vec<Value>>> {
    match value {
        Value::List(list) => Some(list.snapshot()),
        Value::Array(array) => Some(array.snapshot()),
        _ => None,
    }
}

/// What stands directly inside a value.
pub(super) fn children(value: &Value) -> OpResult<Vec<Value>> {
    if let Value::Map(map) = value {
        charge_reading(map.len() * ELEMENT)?;
        return Ok(map.snapshot().values());
    }
    let items = items(value).unwrap_or_default();
    charge_reading(items.len() * ELEMENT)?;
    Ok(items.to_vec())
}
