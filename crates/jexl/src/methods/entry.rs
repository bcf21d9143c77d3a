//! Entries and values of maps, as Java hands them out.

use std::any::Any;

use crate::budget;
use crate::value::{JavaString, List, Object, TextBuilder, equals, hash_code, release};
use crate::{OpResult, Value};

/// An entry of a map.
pub(super) fn new(key: Value, value: Value) -> Value {
    Value::object(Entry { key, value })
}

/// The values of a map. A Java collection that is no list: it has no index.
pub(super) fn values(values: Vec<Value>) -> OpResult {
    budget::grow_values(values.len())?;
    Ok(Value::object(Values(List::new(values))))
}

#[derive(Debug)]
struct Entry {
    key: Value,
    value: Value,
}

impl Drop for Entry {
    fn drop(&mut self) {
        release(
            [
                std::mem::take(&mut self.key),
                std::mem::take(&mut self.value),
            ]
            .into_iter(),
        );
    }
}

impl Object for Entry {
    fn type_name(&self) -> &'static str {
        "Entry"
    }

    fn text(&self) -> OpResult<JavaString> {
        let mut text = TextBuilder::default();
        text.push_string(&self.key.text()?)?;
        text.push("=")?;
        text.push_string(&self.value.text()?)?;
        Ok(text.finish())
    }

    fn property(&self, key: &Value) -> OpResult<Option<Value>> {
        Ok(match key {
            Value::String(name) if *name == "key" => Some(self.key.clone()),
            Value::String(name) if *name == "value" => Some(self.value.clone()),
            _ => None,
        })
    }

    fn call(&self, method: &str, arguments: &[Value]) -> OpResult<Option<Value>> {
        Ok(match (method, arguments) {
            ("getKey", []) => Some(self.key.clone()),
            ("getValue", []) => Some(self.value.clone()),
            _ => None,
        })
    }

    fn equals(&self, other: &Value) -> OpResult<Option<bool>> {
        let Value::Object(other) = other else {
            return Ok(Some(false));
        };
        let Some(other) = other.as_any().downcast_ref::<Self>() else {
            return Ok(None);
        };
        let equal = equals(&self.key, &other.key)? && equals(&self.value, &other.value)?;
        Ok(Some(equal))
    }

    fn hash_code(&self) -> OpResult<i32> {
        Ok(hash_code(&self.key)? ^ hash_code(&self.value)?)
    }

    fn each_held(&self, look: &mut dyn FnMut(&Value)) {
        look(&self.key);
        look(&self.value);
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[derive(Debug)]
struct Values(List);

impl Object for Values {
    fn type_name(&self) -> &'static str {
        "List"
    }

    fn text(&self) -> OpResult<JavaString> {
        Value::List(self.0.clone()).text()
    }

    fn call(&self, method: &str, arguments: &[Value]) -> OpResult<Option<Value>> {
        const OF_COLLECTIONS: &[&str] = &[
            "size",
            "isEmpty",
            "contains",
            "containsAll",
            "iterator",
            "stream",
            "toArray",
        ];
        if !OF_COLLECTIONS.contains(&method) {
            return Ok(None);
        }
        super::call(
            super::methods(method),
            &Value::List(self.0.clone()),
            arguments,
        )
    }

    fn items(&self) -> OpResult<Option<Vec<Value>>> {
        budget::read_elements(self.0.len())?;
        Ok(Some(self.0.snapshot().to_vec()))
    }

    fn plain(&self) -> OpResult<Option<Value>> {
        Ok(Some(Value::List(self.0.clone())))
    }

    fn each_held(&self, look: &mut dyn FnMut(&Value)) {
        look(&Value::List(self.0.clone()));
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
