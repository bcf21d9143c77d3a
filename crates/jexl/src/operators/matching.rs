//! `=~ =^ =$` and their negations (`spec/jexl.md` §5.9, §5.10).

use super::coerce::{to_long, to_text};
use super::known;
use crate::budget;
use crate::regex;
use crate::value::{JavaString, Set, Table, holds_all, position};
use crate::{OpResult, Value};

/// What an operator says by itself: an answer, or that a method of the object must be asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Contained {
    /// The answer.
    Is(bool),
    /// The object's own `contains`, `startsWith` or `endsWith` decides; without one, equality.
    AskObject,
}

/// `item =~ container`
pub(crate) fn contained_in(container: &Value, item: &Value) -> OpResult<Contained> {
    known(&[container, item])?;
    Ok(Contained::Is(match (container, item) {
        (Value::Null, Value::Null) => true,
        (Value::Null, _) | (_, Value::Null) => false,
        (Value::String(pattern), _) => regex::matches(pattern, &item.text()?)?,
        (Value::Map(map), Value::Map(keys)) => {
            let map = map.snapshot();
            all(&keys.snapshot().keys(), |key| has(&map, key))?
        }
        (Value::Map(map), _) => has(&map.snapshot(), item)?,
        (Value::List(list), _) => {
            let items = list.snapshot();
            match elements(item)? {
                Some(wanted) => holds_all(&items, &wanted)?,
                None => position(&items, item)?.is_some(),
            }
        }
        (Value::Set(set), _) => {
            let table = set.snapshot();
            match elements(item)? {
                Some(wanted) => all(&wanted, |item| has(&table, item))?,
                None => has(&table, item)?,
            }
        }
        (Value::Range(range), _) => {
            let within = |item: &Value| {
                Ok(item.is_number() && to_long(item).is_ok_and(|number| range.contains(number)))
            };
            match (item, elements(item)?) {
                (Value::Range(wanted), _) => {
                    range.contains(wanted.first()) && range.contains(wanted.last())
                }
                (_, Some(wanted)) => all(&wanted, within)?,
                (_, None) => within(item)?,
            }
        }
        _ => return Ok(Contained::AskObject),
    }))
}

/// The elements of a collection; `None` for every other value, arrays among them.
fn elements(value: &Value) -> OpResult<Option<Vec<Value>>> {
    let items = match value {
        Value::List(list) => list.snapshot().to_vec(),
        Value::Set(set) => Set::items(set),
        _ => return Ok(None),
    };
    budget::read_elements(items.len())?;
    Ok(Some(items))
}

fn all(items: &[Value], mut holds: impl FnMut(&Value) -> OpResult<bool>) -> OpResult<bool> {
    for item in items {
        if !holds(item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn has(table: &Table, key: &Value) -> OpResult<bool> {
    Ok(table.get(key)?.is_some())
}

/// `text =^ start`
pub(crate) fn starts_with(text: &Value, start: &Value) -> OpResult<Contained> {
    affix(text, start, JavaString::starts_with)
}

/// `text =$ end`
pub(crate) fn ends_with(text: &Value, end: &Value) -> OpResult<Contained> {
    affix(text, end, JavaString::ends_with)
}

fn affix(
    text: &Value,
    part: &Value,
    holds: fn(&JavaString, &JavaString) -> bool,
) -> OpResult<Contained> {
    known(&[text, part])?;
    Ok(match (text, part) {
        (Value::Null, Value::Null) => Contained::Is(true),
        (Value::Null, _) | (_, Value::Null) => Contained::Is(false),
        (Value::String(text), part) => {
            let part = to_text(part)?;
            budget::read_bytes(text.bytes_to_compare(&part))?;
            Contained::Is(holds(text, &part))
        }
        _ => Contained::AskObject,
    })
}
