//! Texts inside lists and maps: resolving an object, and evaluating what a value holds (`spec/engine.md` §2.3 and §2.6).

use pipewright_jexl::value::{Array, List, Map, Set, Table};
use pipewright_jexl::{ErrorKind, Failure, Value};

use crate::context::Context;
use crate::engine::{Engine, Rendered};
use crate::error::Error;
use crate::limits::{MAX_COLLECTION_NESTING, MAX_DEPTH, MAX_OBJECT_DEPTH};
use crate::run::Run;
use crate::template::{Template, has_expressions};
use crate::trace::{Event, shown};

/// What is said of a value whose texts lead to itself; no other failure inside a collection ends the evaluation.
const CONTAINS_ITSELF: &str = "an expression inside a list or map leads back to that list or map";

/// `object` with every string in it rendered.
pub(crate) fn resolve(
    engine: &Engine,
    object: &Value,
    context: &dyn Context,
) -> Result<Value, Error> {
    let render = |text: &str| {
        let rendered = engine.render_with(&Template::new(text), context, None);
        rendered.map(Rendered::into_value).map_err(|error| Error {
            range: None,
            ..error
        })
    };
    let mut walk = Walk {
        replace: &render,
        stopped: None,
    };
    let resolved = walk.value(object, 0)?;
    match walk.stopped {
        Some(error) => Err(error),
        None => Ok(resolved),
    }
}

/// `value` with every text in it evaluated that has islands in it, and the texts of what they give in their place.
///
/// As in Harness the first text that fails or gives null ends it without a word, and what came before stays evaluated.
/// Only a value that leads to itself is an error: Java overflows its stack.
pub(crate) fn evaluate_inside(run: &Run<'_>, value: Value) -> Result<Value, Error> {
    let value = match &value {
        Value::Object(object) => match object.plain() {
            Ok(Some(plain)) => plain,
            Ok(None) => return Ok(value),
            Err(Failure::Unknown(unknown)) => return Ok(Value::Unknown(unknown)),
            Err(failure) => return Err(from_failure(failure)),
        },
        _ => value,
    };
    if !holds_expressions(&value, 0) {
        return Ok(value);
    }
    let nesting = run.collections.get();
    if nesting >= MAX_COLLECTION_NESTING {
        return Err(Error::new(ErrorKind::Evaluation, CONTAINS_ITSELF));
    }
    run.collections.set(nesting + 1);
    run.enter();
    let evaluate = |text: &str| match run.evaluate_text(text, MAX_DEPTH)? {
        Value::Null => Err(Error::new(
            ErrorKind::NullOperand,
            format!("`{}` is null", shown(text)),
        )),
        unknown @ Value::Unknown(_) => Ok(unknown),
        value => value.text().map(Value::String).map_err(from_failure),
    };
    let mut walk = Walk {
        replace: &evaluate,
        stopped: None,
    };
    let result = walk.value(&value, 0);
    run.collections.set(nesting);
    run.leave(|| Event::Collection {
        stopped: walk.stopped.as_ref().map(|error| error.message.clone()),
    });
    match walk.stopped {
        Some(error) if error.is_limit() || error.message == CONTAINS_ITSELF => Err(error),
        _ => result,
    }
}

fn from_failure(failure: Failure) -> Error {
    match failure {
        Failure::Error { kind, message } => Error::new(kind, message),
        Failure::Unknown(unknown) => Error::new(ErrorKind::Evaluation, unknown.to_string()),
    }
}

/// Whether a text with islands stands somewhere in a collection.
fn holds_expressions(value: &Value, depth: usize) -> bool {
    if depth > MAX_OBJECT_DEPTH {
        return false;
    }
    let holds = |value: &Value| match value {
        Value::String(text) => has_expressions(&text.to_str()),
        value => holds_expressions(value, depth + 1),
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

/// A walk through an object that replaces the texts with islands in it. After the first failure the rest is left as it is.
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
                Value::Set(Set::new(set.snapshot().order(), items).map_err(from_failure)?)
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
            table.insert(key, value).map_err(from_failure)?;
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
