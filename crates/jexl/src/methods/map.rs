//! Methods of maps. What Java hands out as views of a map are copies here.

use super::arguments::{Arguments, null_argument};
use super::method::{Method, rows};
use super::{entry, int};
use crate::budget;
use crate::value::{Map, Order, Set, equals};
use crate::{Failure, OpResult, Value};

pub(super) const METHODS: &[Method] = rows! { Map as Map:
    size() -> Integer, 0, size, "The number of entries.";
    isEmpty() -> Boolean, 0, is_empty, "Whether there is no entry.";
    get(Any) -> Any, 0, get, "The value under a key, or null.";
    /// The value under a key, or the second argument where there is none.
    getOrDefault(Any, Any) -> Any, 0, get_or_default;
    containsKey(Any) -> Boolean, 0, contains_key, "Whether there is an entry under a key.";
    containsValue(Any) -> Boolean, 0, contains_value, "Whether an entry has a value.";
    keySet() -> Set, 1, key_set, "The keys.";
    values() -> List, 1, values, "The values.";
    entrySet() -> Set, 1, entry_set, "The entries, each with getKey() and getValue().";
    put(Any, Any) -> Any, 0, put, "Puts a value under a key and gives the one that was there.";
    /// Puts a value under a key that has none, and gives the one that was there.
    putIfAbsent(Any, Any) -> Any, 0, put_if_absent;
    putAll(Map) -> Any, 0, put_all, "Puts every entry of another map in.";
    remove(Any) -> Any, 0, remove, "Takes the entry of a key out and gives its value.";
    remove(Any, Any) -> Boolean, 0, remove_pair, "Takes the entry of a key out if it has a value.";
    replace(Any, Any) -> Any, 0, replace, "Replaces the value under a key that is there, and gives the old one.";
    replace(Any, Any, Any) -> Boolean, 0, replace_pair, "Replaces a value under a key by another.";
    clear() -> Any, 0, clear, "Takes every entry out.";
};

fn size(map: &Map, _: Arguments<'_>) -> OpResult {
    Ok(int(map.len()))
}

fn is_empty(map: &Map, _: Arguments<'_>) -> OpResult {
    Ok(map.is_empty().into())
}

fn get(map: &Map, arguments: Arguments<'_>) -> OpResult {
    Ok(map.get(key(arguments)?)?.unwrap_or_default())
}

fn get_or_default(map: &Map, arguments: Arguments<'_>) -> OpResult {
    let value = map.get(key(arguments)?)?;
    Ok(value.unwrap_or_else(|| arguments.get(1).clone()))
}

fn contains_key(map: &Map, arguments: Arguments<'_>) -> OpResult {
    Ok(map.get(key(arguments)?)?.is_some().into())
}

fn contains_value(map: &Map, arguments: Arguments<'_>) -> OpResult {
    for (_, value) in map.snapshot().pairs() {
        if equals(arguments.get(0), value)? {
            return Ok(true.into());
        }
    }
    Ok(false.into())
}

fn key_set(map: &Map, _: Arguments<'_>) -> OpResult {
    Set::new(Order::Insertion, map.snapshot().keys()).map(Value::Set)
}

fn values(map: &Map, _: Arguments<'_>) -> OpResult {
    entry::values(map.snapshot().values())
}

fn entry_set(map: &Map, _: Arguments<'_>) -> OpResult {
    budget::grow_values(map.len() * 4)?;
    let entries = map
        .snapshot()
        .walk()
        .into_iter()
        .map(|(key, value)| entry::new(key.clone(), value.clone()))
        .collect::<Vec<_>>();
    Set::new(Order::Insertion, entries).map(Value::Set)
}

fn put(map: &Map, arguments: Arguments<'_>) -> OpResult {
    budget::grow_values(2)?;
    let old = map.insert(key(arguments)?.clone(), arguments.get(1).clone())?;
    Ok(old.unwrap_or_default())
}

fn put_if_absent(map: &Map, arguments: Arguments<'_>) -> OpResult {
    match map.get(key(arguments)?)? {
        None | Some(Value::Null) => {
            budget::grow_values(2)?;
            map.insert(arguments.get(0).clone(), arguments.get(1).clone())?;
            Ok(Value::Null)
        }
        Some(present) => Ok(present),
    }
}

fn put_all(map: &Map, arguments: Arguments<'_>) -> OpResult {
    let Value::Map(other) = arguments.get(0) else {
        return Err(null_argument());
    };
    budget::grow_values(other.len() * 2)?;
    for (key, value) in other.snapshot().walk() {
        map.insert(key.clone(), value.clone())?;
    }
    Ok(Value::Null)
}

fn remove(map: &Map, arguments: Arguments<'_>) -> OpResult {
    Ok(map.remove(key(arguments)?)?.unwrap_or_default())
}

fn remove_pair(map: &Map, arguments: Arguments<'_>) -> OpResult {
    let key = key(arguments)?;
    match map.get(key)? {
        Some(value) if equals(arguments.get(1), &value)? => {
            map.remove(key)?;
            Ok(true.into())
        }
        _ => Ok(false.into()),
    }
}

fn replace(map: &Map, arguments: Arguments<'_>) -> OpResult {
    let key = key(arguments)?;
    match map.get(key)? {
        Some(old) => {
            map.insert(key.clone(), arguments.get(1).clone())?;
            Ok(old)
        }
        None => Ok(Value::Null),
    }
}

fn replace_pair(map: &Map, arguments: Arguments<'_>) -> OpResult {
    let key = key(arguments)?;
    match map.get(key)? {
        Some(old) if equals(arguments.get(1), &old)? => {
            map.insert(key.clone(), arguments.get(2).clone())?;
            Ok(true.into())
        }
        _ => Ok(false.into()),
    }
}

fn clear(map: &Map, _: Arguments<'_>) -> OpResult {
    map.clear();
    Ok(Value::Null)
}

/// The key that is the first argument; one that only a run can tell leaves the result open.
fn key(arguments: Arguments<'_>) -> OpResult<&Value> {
    match arguments.get(0) {
        Value::Unknown(unknown) => Err(Failure::from(unknown)),
        key => Ok(key),
    }
}
