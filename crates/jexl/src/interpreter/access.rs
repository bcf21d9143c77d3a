//! `.name` and `[key]` on values that are there (`spec/jexl.md` §6.3).

use pipewright_source::TextRange;

use super::{Flow, Machine, placed, property, stop};
use crate::compile::code::{Code, Key};
use crate::value::{JavaString, Unknown};
use crate::{ErrorKind, Failure, OpResult, Value};

impl Machine<'_> {
    /// `object.name`
    pub(super) fn member(&mut self, object: &Value, key: &Key, range: TextRange) -> Flow {
        Self::read_bytes(key.text.bytes(), range)?;
        if let Value::Map(map) = object
            && key.getters.is_empty()
            && matches!(key.value, Value::String(_))
        {
            return Ok(map.get_text(&key.text).unwrap_or_default());
        }
        if let (Value::Unknown(_), Some(name)) = (object, key.text.as_str())
            && self.variables.is_no_member(name)
        {
            return Ok(Value::Null);
        }
        let found = property::get_member(object, key);
        self.found(found, object, &key.value, range)
    }

    /// `object[a][b]…`
    pub(super) fn elements(&mut self, object: Value, indexes: &[Code]) -> Flow {
        let mut object = object;
        for index in indexes {
            if object.is_null() {
                return Ok(object);
            }
            let key = self.eval(index)?;
            object = self.element(&object, &key, index.range)?;
        }
        Ok(object)
    }

    /// `object[key]`
    pub(super) fn element(&mut self, object: &Value, key: &Value, range: TextRange) -> Flow {
        match (object, key) {
            (_, Value::Unknown(_)) => {
                return Ok(Unknown::among([object, key]).map_or(Value::Null, Value::Unknown));
            }
            (Value::Unknown(unknown), key) => return Ok(unknown.member(key)),
            _ => {}
        }
        if let Value::String(text) = key {
            Self::read_bytes(text.bytes(), range)?;
        }
        let found = property::get_element(object, key);
        self.found(found, object, key, range)
    }

    fn found(
        &mut self,
        found: OpResult<Option<Value>>,
        object: &Value,
        key: &Value,
        range: TextRange,
    ) -> Flow {
        match found {
            Ok(Some(value)) => Ok(value),
            Ok(None) if self.lenient => Ok(Value::Null),
            Ok(None) => Err(stop(no_property(object, key), range)),
            Err(failure) => placed(Err(failure), range),
        }
    }
}

/// The failure of a member or element an object does not have.
pub(super) fn no_property(object: &Value, key: &Value) -> Failure {
    let name = key.text().unwrap_or_else(|_| JavaString::from("…"));
    let message = match (object, key) {
        (Value::List(list), Value::Integer(_)) => {
            format!("the list has no element {name}, it has {}", list.len())
        }
        (Value::Array(array), Value::Integer(_)) => {
            format!("the array has no element {name}, it has {}", array.len())
        }
        _ => format!("{} has no property {name}", object.described()),
    };
    Failure::new(ErrorKind::UndefinedProperty, message)
}
