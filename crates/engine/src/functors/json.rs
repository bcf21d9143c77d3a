//! The `json` functor.

use pipewright_jexl::value::{Map, Order, Table};
use pipewright_jexl::{Failure, OpResult, Value};

use crate::documents::copy_of;
use crate::functors::arguments::{null_argument, one_text};
use crate::functors::functor::{FunctorSet, Host};
use crate::json_text::json_text;
use crate::jsonpath::{self, Selected};

/// `json.object(text)`: a map in the order of Java's `HashMap`, as Harness makes it; maps inside keep their order.
pub(crate) fn object(host: &Host, arguments: &[Value]) -> OpResult {
    let document = host.documents.json(one_text(arguments)?)?;
    let Value::Map(map) = copy_of(&document)? else {
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
    let selected = apply(host, arguments)?;
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
    Ok(apply(host, arguments)?.value)
}

/// `json.format(value)`
pub(crate) fn format(arguments: &[Value]) -> OpResult {
    let value = arguments.first().ok_or_else(null_argument)?;
    json_text(value).map(Value::from)
}

/// What a path selects: of a text a copy, because its document is kept; of a map what it holds.
fn apply(host: &Host, arguments: &[Value]) -> OpResult<Selected> {
    match arguments {
        [Value::String(path), Value::String(text)] => {
            let document = host.documents.json(text)?;
            let selected = jsonpath::select(&path.to_str(), &document)?;
            let value = copy_of(&selected.value)?;
            Ok(Selected { value, ..selected })
        }
        [Value::String(path), map @ Value::Map(_)] => jsonpath::select(&path.to_str(), map),
        _ => Err(null_argument()),
    }
}
