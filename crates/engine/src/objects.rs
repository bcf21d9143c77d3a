//! The texts inside lists and maps, and a walk that replaces them (`spec/engine.md` §2.3 and §2.6).

use pipewright_jexl::value::{Array, List, Map, Set, Table};
use pipewright_jexl::{ErrorKind, OpResult, Value, charge_reading};
use pipewright_syntax::Languages;

use crate::error::Error;
use crate::limits::{ELEMENT_WORK, MAX_OBJECT_DEPTH};
use crate::template::find_expression;

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
    languages: Languages,
    replace: &dyn Fn(&str) -> Result<Value, Error>,
) -> Replaced {
    let mut walk = Walk {
        languages,
        replace,
        stopped: None,
    };
    Replaced {
        value: walk.value(value, 0),
        stopped: walk.stopped,
    }
}

/// Whether a text with islands stands somewhere in a collection. What is read is charged.
///
/// # Errors
/// Kind `limit` where the question has not so much work left.
pub(crate) fn holds_expressions(value: &Value, languages: Languages) -> OpResult<bool> {
    holds_at(value, languages, 0)
}

fn holds_at(value: &Value, languages: Languages, depth: usize) -> OpResult<bool> {
    if depth > MAX_OBJECT_DEPTH {
        return Ok(false);
    }
    match value {
        Value::Array(array) => any_holds(&*array.snapshot(), languages, depth),
        Value::List(list) => any_holds(&*list.snapshot(), languages, depth),
        Value::Set(set) => any_holds(&*set.items(), languages, depth),
        Value::Map(map) => {
            let table = map.snapshot();
            let entries = table.walk().into_iter();
            let elements = entries.flat_map(|(key, value)| [key, value]);
            any_holds(elements, languages, depth)
        }
        _ => Ok(false),
    }
}

/// Whether one of these elements of a collection at `depth` has islands, or holds a text that does.
fn any_holds<'v>(
    elements: impl IntoIterator<Item = &'v Value>,
    languages: Languages,
    depth: usize,
) -> OpResult<bool> {
    for element in elements {
        charge_reading(ELEMENT_WORK)?;
        let holds = match element {
            Value::String(text) => find_expression(&text.to_str(), languages)?,
            element => holds_at(element, languages, depth + 1)?,
        };
        if holds {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A walk through an object that replaces the texts with islands in it. After the first failure the rest is left as it
/// is.
struct Walk<'f> {
    languages: Languages,
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
        if self.stopped.is_some() {
            return None;
        }
        let replaced = match find_expression(text, self.languages).map_err(Error::of_failure) {
            Ok(false) => return None,
            Ok(true) => (self.replace)(text),
            Err(error) => Err(error),
        };
        match replaced {
            Ok(value) => Some(value),
            Err(error) => {
                self.stopped = Some(error);
                None
            }
        }
    }
}
