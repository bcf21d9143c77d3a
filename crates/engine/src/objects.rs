//! The texts inside lists and maps, and a walk that replaces them (`spec/engine.md` §2.3 and §2.6).

use pipewright_jexl::value::{Array, List, Map, Set, Table};
use pipewright_jexl::{ErrorKind, Value};

use crate::error::Error;
use crate::limits::MAX_OBJECT_DEPTH;
use crate::template::has_expressions;

/// What came of replacing the texts in a value.
#[derive(Debug)]
pub(crate) struct Replaced {
    /// The value with the new texts, up to the one that failed.
    pub(crate) value: Result<Value, Error>,
    /// Why one text could not be replaced, and none after it was tried.
    pub(crate) stopped: Option<Error>,
}

/// `value` with every text that has islands in it replaced by what `replace` makes of it: elements of lists and arrays,
/// values and keys of maps. The value itself does not change.
///
/// # Errors
/// In `value` for one that is nested too deep.
pub(crate) fn replace_texts(
    value: &Value,
    replace: &dyn Fn(&str) -> Result<Value, Error>,
) -> Replaced {
    let mut walk = Walk {
        replace,
        stopped: None,
    };
    Replaced {
        value: walk.value(value, 0),
        stopped: walk.stopped,
    }
}

/// Whether a text with islands stands somewhere in a collection.
pub(crate) fn holds_expressions(value: &Value) -> bool {
    holds_at(value, 0)
}

fn holds_at(value: &Value, depth: usize) -> bool {
    if depth > MAX_OBJECT_DEPTH {
        return false;
    }
    let holds = |value: &Value| match value {
        Value::String(text) => has_expressions(&text.to_str()),
        value => holds_at(value, depth + 1),
    };
    match value {
        Value::Array(array) => array.snapshot().iter().any(holds),
        Value::List(list) => list.snapshot().iter().any(holds),
        Value::Set(set) => set.items().iter().any(holds),
        Value::Map(map) => {
            let table = map.snapshot();
            table
                .walk()
                .into_iter()
                .any(|(key, value)| holds(key) || holds(value))
        }
        _ => false,
    }
}

/// A walk through an object that replaces the texts with islands in it. After the first failure the rest is left as it
/// is.
struct Walk<'f> {
    replace: &'f dyn Fn(&str) -> Result<Value, Error>,
    stopped: Option<Error>,
}

impl Walk<'_> {
    fn value(&mut self, value: &Value, depth: usize) -> Result<Value, Error> {
        if depth > MAX_OBJECT_DEPTH {
            return Err(Error::new(
                ErrorKind::Evaluation,
                format!("the object is nested deeper than {MAX_OBJECT_DEPTH}"),
            ));
        }
        Ok(match value {
            Value::String(text) => self.text(&text.to_str()).unwrap_or_else(|| value.clone()),
            Value::List(list) => Value::List(List::new(self.items(&list.snapshot(), depth)?)),
            Value::Array(array) if !array.element().is_primitive() => Value::Array(Array::new(
                array.element(),
                self.items(&array.snapshot(), depth)?,
            )),
            Value::Set(set) => {
                let items = self.items(&set.items(), depth)?;
                Value::Set(Set::new(set.snapshot().order(), items).map_err(Error::of_failure)?)
            }
            Value::Map(map) => Value::Map(self.map(map, depth)?),
            other => other.clone(),
        })
    }

    fn items(&mut self, items: &[Value], depth: usize) -> Result<Vec<Value>, Error> {
        items
            .iter()
            .map(|item| self.value(item, depth + 1))
            .collect()
    }

    /// Values and keys. Where one fails, the keys stay as they are.
    fn map(&mut self, map: &Map, depth: usize) -> Result<Map, Error> {
        let entries = map.snapshot();
        let mut keys = Vec::with_capacity(entries.len());
        let mut values = Vec::with_capacity(entries.len());
        for (key, value) in entries.walk() {
            values.push(self.value(value, depth + 1)?);
            keys.push(match key {
                Value::String(text) => self.text(&text.to_str()).unwrap_or_else(|| key.clone()),
                other => other.clone(),
            });
        }
        if self.stopped.is_some() {
            keys = entries.keys();
        }
        let mut table = Table::new(entries.order());
        for (key, value) in keys.into_iter().zip(values) {
            table.insert(key, value).map_err(Error::of_failure)?;
        }
        Ok(Map::new(table))
    }

    /// What replaces a text; `None` if it stays.
    fn text(&mut self, text: &str) -> Option<Value> {
        if self.stopped.is_some() || !has_expressions(text) {
            return None;
        }
        match (self.replace)(text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.stopped = Some(error);
                None
            }
        }
    }
}
