//! Methods of maps. What Java hands out as views of a map are copies here.

use super::arguments::{Arguments, Type, null_argument};
use super::{Call, Method, Receiver, entry, int};
use crate::budget;
use crate::value::{Map, Order, Set, equals};
use crate::{OpResult, Value};

const fn map(
    name: &'static str,
    parameters: &'static [Type],
    returns: Type,
    doc: &'static str,
    call: fn(&Map, Arguments<'_>) -> OpResult,
) -> Method {
    Method::new(
        Receiver::Map,
        name,
        parameters,
        returns,
        doc,
        Call::Map(call),
    )
}

pub(super) const METHODS: &[Method] = &[
    map(
        "size",
        &[],
        Type::Integer,
        "The number of entries.",
        |map, _| Ok(int(map.len())),
    )
    .paying_itself(),
    map(
        "isEmpty",
        &[],
        Type::Boolean,
        "Whether there is no entry.",
        |map, _| Ok(map.is_empty().into()),
    )
    .paying_itself(),
    map(
        "get",
        &[Type::Any],
        Type::Any,
        "The value under a key, or null.",
        |map, arguments| Ok(map.get(known(arguments, 0)?)?.unwrap_or_default()),
    )
    .paying_itself(),
    map(
        "getOrDefault",
        &[Type::Any, Type::Any],
        Type::Any,
        "The value under a key, or the second argument where there is none.",
        |map, arguments| {
            Ok(map
                .get(known(arguments, 0)?)?
                .unwrap_or_else(|| arguments.get(1).clone()))
        },
    )
    .paying_itself(),
    map(
        "containsKey",
        &[Type::Any],
        Type::Boolean,
        "Whether there is an entry under a key.",
        |map, arguments| Ok(map.get(known(arguments, 0)?)?.is_some().into()),
    )
    .paying_itself(),
    map(
        "containsValue",
        &[Type::Any],
        Type::Boolean,
        "Whether an entry has a value.",
        |map, arguments| {
            for (_, value) in map.snapshot().pairs() {
                if equals(arguments.get(0), value)? {
                    return Ok(true.into());
                }
            }
            Ok(false.into())
        },
    )
    .paying_itself(),
    map("keySet", &[], Type::Set, "The keys.", |map, _| {
        Set::new(Order::Insertion, map.snapshot().keys()).map(Value::Set)
    }),
    map("values", &[], Type::List, "The values.", |map, _| {
        entry::values(map.snapshot().values())
    }),
    map(
        "entrySet",
        &[],
        Type::Set,
        "The entries, each with getKey() and getValue().",
        |map, _| {
            budget::grow_values(map.len() * 4)?;
            let entries = map
                .snapshot()
                .walk()
                .into_iter()
                .map(|(key, value)| entry::new(key.clone(), value.clone()))
                .collect::<Vec<_>>();
            Set::new(Order::Insertion, entries).map(Value::Set)
        },
    ),
    map(
        "put",
        &[Type::Any, Type::Any],
        Type::Any,
        "Puts a value under a key and gives the one that was there.",
        |map, arguments| {
            budget::grow_values(2)?;
            Ok(map
                .insert(known(arguments, 0)?.clone(), arguments.get(1).clone())?
                .unwrap_or_default())
        },
    )
    .paying_itself(),
    map(
        "putIfAbsent",
        &[Type::Any, Type::Any],
        Type::Any,
        "Puts a value under a key that has none, and gives the one that was there.",
        |map, arguments| match map.get(known(arguments, 0)?)? {
            None | Some(Value::Null) => {
                budget::grow_values(2)?;
                map.insert(arguments.get(0).clone(), arguments.get(1).clone())?;
                Ok(Value::Null)
            }
            Some(present) => Ok(present),
        },
    )
    .paying_itself(),
    map(
        "putAll",
        &[Type::Map],
        Type::Any,
        "Puts every entry of another map in.",
        |map, arguments| {
            let Value::Map(other) = arguments.get(0) else {
                return Err(null_argument());
            };
            budget::grow_values(other.len() * 2)?;
            for (key, value) in other.snapshot().walk() {
                map.insert(key.clone(), value.clone())?;
            }
            Ok(Value::Null)
        },
    )
    .paying_itself(),
    map(
        "remove",
        &[Type::Any],
        Type::Any,
        "Takes the entry of a key out and gives its value.",
        |map, arguments| Ok(map.remove(known(arguments, 0)?)?.unwrap_or_default()),
    )
    .paying_itself(),
    map(
        "remove",
        &[Type::Any, Type::Any],
        Type::Boolean,
        "Takes the entry of a key out if it has a value.",
        |map, arguments| {
            let key = known(arguments, 0)?;
            match map.get(key)? {
                Some(value) if equals(arguments.get(1), &value)? => {
                    map.remove(key)?;
                    Ok(true.into())
                }
                _ => Ok(false.into()),
            }
        },
    )
    .paying_itself(),
    map(
        "replace",
        &[Type::Any, Type::Any],
        Type::Any,
        "Replaces the value under a key that is there, and gives the old one.",
        |map, arguments| {
            let key = known(arguments, 0)?;
            match map.get(key)? {
                Some(old) => {
                    map.insert(key.clone(), arguments.get(1).clone())?;
                    Ok(old)
                }
                None => Ok(Value::Null),
            }
        },
    )
    .paying_itself(),
    map(
        "replace",
        &[Type::Any, Type::Any, Type::Any],
        Type::Boolean,
        "Replaces a value under a key by another.",
        |map, arguments| {
            let key = known(arguments, 0)?;
            match map.get(key)? {
                Some(old) if equals(arguments.get(1), &old)? => {
                    map.insert(key.clone(), arguments.get(2).clone())?;
                    Ok(true.into())
                }
                _ => Ok(false.into()),
            }
        },
    )
    .paying_itself(),
    map(
        "clear",
        &[],
        Type::Any,
        "Takes every entry out.",
        |map, _| {
            map.clear();
            Ok(Value::Null)
        },
    )
    .paying_itself(),
];

/// A key; one that only a run can tell leaves the result open.
fn known(arguments: Arguments<'_>, index: usize) -> OpResult<&Value> {
    match arguments.get(index) {
        Value::Unknown(unknown) => Err(crate::Failure::from(unknown)),
        key => Ok(key),
    }
}
