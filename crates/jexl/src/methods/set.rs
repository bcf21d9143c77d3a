//! Methods of sets.

use super::arguments::{Arguments, Type};
use super::{Call, Method, Receiver, int, iterator, list, stream};
use crate::value::{Array, ElementClass, Set};
use crate::{OpResult, Value};

const fn set(
    name: &'static str,
    parameters: &'static [Type],
    returns: Type,
    doc: &'static str,
    call: fn(&Set, Arguments<'_>) -> OpResult,
) -> Method {
    Method::new(
        Receiver::Set,
        name,
        parameters,
        returns,
        doc,
        Call::Set(call),
    )
}

pub(super) const METHODS: &[Method] = &[
    set(
        "size",
        &[],
        Type::Integer,
        "The number of elements.",
        |set, _| Ok(int(set.len())),
    ),
    set(
        "isEmpty",
        &[],
        Type::Boolean,
        "Whether there is no element.",
        |set, _| Ok(set.is_empty().into()),
    ),
    set(
        "contains",
        &[Type::Any],
        Type::Boolean,
        "Whether an element equals the argument.",
        |set, arguments| set.contains(arguments.get(0)).map(Value::Boolean),
    ),
    set(
        "containsAll",
        &[Type::Collection],
        Type::Boolean,
        "Whether every element of a collection is in the set.",
        |set, arguments| {
            for wanted in arguments.items(0)? {
                if !set.contains(&wanted)? {
                    return Ok(false.into());
                }
            }
            Ok(true.into())
        },
    ),
    set(
        "add",
        &[Type::Any],
        Type::Boolean,
        "Puts an element in; whether it was not there.",
        |set, arguments| set.insert(arguments.get(0).clone()).map(Value::Boolean),
    ),
    set(
        "addAll",
        &[Type::Collection],
        Type::Boolean,
        "Puts the elements of a collection in; whether one was not there.",
        |set, arguments| {
            let mut changed = false;
            for item in arguments.items(0)? {
                changed |= set.insert(item)?;
            }
            Ok(changed.into())
        },
    ),
    set(
        "remove",
        &[Type::Any],
        Type::Boolean,
        "Takes an element out; whether it was there.",
        |set, arguments| set.remove(arguments.get(0)).map(Value::Boolean),
    ),
    set(
        "removeAll",
        &[Type::Collection],
        Type::Boolean,
        "Takes every element of a collection out; whether one was there.",
        |set, arguments| {
            let mut changed = false;
            for item in arguments.items(0)? {
                changed |= set.remove(&item)?;
            }
            Ok(changed.into())
        },
    ),
    set(
        "retainAll",
        &[Type::Collection],
        Type::Boolean,
        "Takes every element out that is not in a collection.",
        |set, arguments| {
            let kept = Set::new(set.snapshot().order(), arguments.items(0)?)?;
            let mut changed = false;
            for item in set.items() {
                if !kept.contains(&item)? {
                    changed |= set.remove(&item)?;
                }
            }
            Ok(changed.into())
        },
    ),
    set(
        "clear",
        &[],
        Type::Any,
        "Takes every element out.",
        |set, _| {
            set.clear();
            Ok(Value::Null)
        },
    ),
    set(
        "iterator",
        &[],
        Type::Any,
        "An iterator over the elements.",
        |set, _| Ok(iterator::over(set.items())),
    ),
    set(
        "stream",
        &[],
        Type::Any,
        "A stream of the elements.",
        |set, _| Ok(stream::of_objects(set.items())),
    ),
    set(
        "toArray",
        &[],
        Type::Array,
        "The elements as an array.",
        |set, _| Ok(Value::Array(Array::new(ElementClass::OBJECT, set.items()))),
    ),
    set(
        "toArray",
        &[Type::Any],
        Type::Array,
        "The elements in the given array, or in a longer one of its class.",
        |set, arguments| list::to_array(&set.items(), arguments),
    ),
];
