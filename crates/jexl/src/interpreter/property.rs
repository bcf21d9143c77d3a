//! Reading and writing members of values.

use num_traits::ToPrimitive as _;

use crate::compile::code::Key;
use crate::methods;
use crate::operators;
use crate::value::Map;
use crate::{Failure, OpResult, Value};

/// `object.name`: getters come first, then entries and elements, then public fields. `None` if there is no such member.
pub(super) fn get_member(object: &Value, key: &Key) -> OpResult<Option<Value>> {
    if let Value::Unknown(unknown) = object {
        return Ok(Some(unknown.member(&key.value)));
    }
    for getter in &key.getters {
        if let Some(value) = methods::call(getter, object, &[])? {
            return Ok(Some(value));
        }
    }
    if let Some(value) = get_element(object, &key.value)? {
        return Ok(Some(value));
    }
    Ok(key
        .text
        .as_str()
        .and_then(|name| methods::field(object, name)))
}

/// `object[key]`. `None` if there is no such element; a missing key of a map is null.
pub(super) fn get_element(object: &Value, key: &Value) -> OpResult<Option<Value>> {
    let found = match object {
        Value::Map(map) => return get_entry(map, key).map(Some),
        Value::List(list) => index(key).and_then(|index| list.get(index)),
        Value::Array(array) => index(key).and_then(|index| array.get(index)),
        Value::Object(object) => return object.property(key),
        _ => None,
    };
    if found.is_some() || index(key).is_some() {
        return Ok(found);
    }
    // In brackets getters and fields come last.
    let Value::String(name) = key else {
        return Ok(None);
    };
    let name = name.to_str();
    for getter in methods::getters(&name) {
        if let Some(value) = methods::call(getter, object, &[])? {
            return Ok(Some(value));
        }
    }
    Ok(methods::field(object, &name))
}

fn get_entry(map: &Map, key: &Value) -> OpResult {
    Ok(map.get(key)?.unwrap_or_default())
}

/// The place in a list: any number, cut to `int`; negative ones are nowhere.
fn index(key: &Value) -> Option<usize> {
    let number = match key {
        Value::Integer(number) => *number,
        Value::BigInteger(number) => number.to_i32()?,
        _ if key.is_number() => operators::to_integer(key).ok()?,
        _ => return None,
    };
    Some(usize::try_from(number).unwrap_or(usize::MAX))
}

/// `object[key] = value`; whether it could be set.
pub(super) fn set(object: &Value, key: &Value, value: &Value) -> OpResult<bool> {
    match object {
        Value::Map(map) => {
            map.insert(key.clone(), value.clone())?;
            Ok(true)
        }
        Value::List(list) => {
            let Some(index) = index(key) else {
                return Ok(false);
            };
            Ok(list.set(index, value.clone())?.is_some())
        }
        Value::Array(array) => {
            let Some(index) = index(key) else {
                return Ok(false);
            };
            match operators::fitting(array.element(), value) {
                Some(value) => Ok(array.set(index, value)?.is_some()),
                None => Ok(false),
            }
        }
        Value::Object(object) => Ok(object.set_property(key, value)?.is_some()),
        Value::Unknown(unknown) => Err(Failure::from(unknown)),
        _ => Ok(false),
    }
}
