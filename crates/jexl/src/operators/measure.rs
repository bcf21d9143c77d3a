//! `size` and `empty` (`spec/jexl.md` §5.11).

use super::coerce::to_double;
use super::known;
use crate::budget;
use crate::{OpResult, Value};

/// The size of strings, arrays and collections, 0 for null; `None` where an object's own `size()` must be asked.
pub(crate) fn size(value: &Value) -> OpResult<Option<usize>> {
    known(&[value])?;
    Ok(Some(match value {
        Value::Null => 0,
        Value::String(text) => {
            budget::read_bytes(text.bytes_to_count())?;
            text.len()
        }
        Value::Array(array) => array.len(),
        Value::List(list) => list.len(),
        Value::Set(set) => set.len(),
        Value::Map(map) => map.len(),
        _ => return Ok(None),
    }))
}

/// Whether a value is empty: null, 0, NaN, and what has no element; `None` where an object's own `isEmpty()` must be
/// asked.
pub(crate) fn is_empty(value: &Value) -> OpResult<Option<bool>> {
    if value.is_number() {
        let number = to_double(value)?;
        return Ok(Some(number.is_nan() || number == 0.0));
    }
    Ok(size(value)?.map(|size| size == 0))
}
