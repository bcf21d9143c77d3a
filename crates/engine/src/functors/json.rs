//! The `json` functor.

use std::borrow::Cow;

use pipewright_jexl::json::JsonErrorKind;
use pipewright_jexl::value::{Map, Order, Table};
use pipewright_jexl::{Failure, Json, OpResult, Value};

use crate::functors::arguments::{null_argument, one_text};
use crate::functors::functor::{FunctorSet, Host};
use crate::json_text::json_text;
use crate::jsonpath::{self, Selected};

/// `json.object(text)`: a map in the order of Java's `HashMap`, as Harness makes it; maps inside keep their order.
pub(crate) fn object(arguments: &[Value]) -> OpResult {
    let Value::Map(map) = parse(&one_text(arguments)?.to_str())? else {
        return Err(Failure::method("the JSON is no object"));
    };
    let mut table = Table::new(Order::hash());
    for (key, value) in map.snapshot().walk() {
        table.insert(key.clone(), value.clone())?;
    }
    Ok(Value::Map(Map::new(table)))
}

/// `json.select(path, text)`; the older functor gives texts, and the one element of a list of one.
pub(crate) fn select(host: &Host, arguments: &[Value]) -> OpResult {
    let selected = apply(arguments)?;
    if host.set != FunctorSet::Older {
        return Ok(selected.value);
    }
    Ok(match selected.value {
        text @ Value::String(_) => text,
        Value::List(list) if !selected.definite && list.len() == 1 => {
            list.get(0).unwrap_or_default()
        }
        _ => Value::Null,
    })
}

/// `json.list(path, text or map)`; the older functor takes texts only.
pub(crate) fn list(host: &Host, arguments: &[Value]) -> OpResult {
    if host.set == FunctorSet::Older && matches!(arguments, [_, Value::Map(_)]) {
        return Err(Failure::method(
            "this `json` functor takes a text and no map",
        ));
    }
    Ok(apply(arguments)?.value)
}

/// `json.format(value)`
pub(crate) fn format(arguments: &[Value]) -> OpResult {
    let value = arguments.first().ok_or_else(null_argument)?;
    json_text(value).map(Value::from)
}

fn apply(arguments: &[Value]) -> OpResult<Selected> {
    let [Value::String(path), document] = arguments else {
        return Err(null_argument());
    };
    let document = match document {
        Value::String(text) => Cow::Owned(parse(&text.to_str())?),
        Value::Map(_) => Cow::Borrowed(document),
        _ => return Err(null_argument()),
    };
    jsonpath::select(&path.to_str(), &document)
}

/// The JSON at the start of a text; as in Java's library, what follows it does not count.
fn parse(text: &str) -> OpResult {
    match Json::read_first(text) {
        Ok(Some(json)) => Ok(Value::from(&json)),
        Ok(None) => Err(Failure::method("the JSON is empty")),
        Err(error) if error.kind == JsonErrorKind::Limit => Err(Failure::limit(error.message)),
        Err(error) => {
            let (message, offset) = (error.message, error.offset);
            Err(Failure::method(format!(
                "the JSON cannot be read at byte {offset}: {message}"
            )))
        }
    }
}
