//! Reading and writing members of values.

use num_traits::ToPrimitive as _;

use crate::compile::code::Key;
use crate::methods;
use crate::operators;
use crate::value::{ElementClass, Map};
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
            match fitting(array.element(), value) {
                Some(value) => Ok(array.set(index, value)?.is_some()),
                None => Ok(false),
            }
        }
        Value::Object(object) => Ok(object.set_property(key, value)?.is_some()),
        Value::Unknown(unknown) => Err(Failure::from(unknown)),
        _ => Ok(false),
    }
}

/// The value as an array of `element` holds it; `None` if it cannot.
pub(crate) fn fitting(element: ElementClass, value: &Value) -> Option<Value> {
    let fits = match element {
        ElementClass::Boolean => matches!(value, Value::Boolean(_)),
        ElementClass::Byte => matches!(value, Value::Byte(_)),
        ElementClass::Short => matches!(value, Value::Byte(_) | Value::Short(_)),
        ElementClass::Char => matches!(value, Value::Character(_)),
        ElementClass::Int => {
            return match value {
                Value::Byte(_) | Value::Short(_) | Value::Integer(_) => {
                    Some(Value::Integer(operators::to_integer(value).ok()?))
                }
                _ => None,
            };
        }
        ElementClass::Long => return value.as_i64().map(Value::Long),
        ElementClass::Float => {
            return match value {
                Value::Float(_) => Some(value.clone()),
                #[expect(clippy::cast_precision_loss, reason = "as Java widens")]
                _ => value.as_i64().map(|number| Value::Float(number as f32)),
            };
        }
        ElementClass::Double => {
            return match value {
                Value::Double(_) | Value::Float(_) => {
                    operators::to_double(value).ok().map(Value::Double)
                }
                #[expect(clippy::cast_precision_loss, reason = "as Java widens")]
                _ => value.as_i64().map(|number| Value::Double(number as f64)),
            };
        }
        ElementClass::Object(class) => {
            value.is_null()
                || match class {
                    "java.lang.Object" => true,
                    "java.lang.Number" => value.is_number(),
                    _ => class.ends_with(&format!(".{}", value.type_name())),
                }
        }
    };
    fits.then(|| value.clone())
}
