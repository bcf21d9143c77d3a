//! Methods of sets.

use super::arguments::{Arguments, Type};
use super::{Call, Method, Receiver, int, iterator, list, stream};
use crate::budget;
use crate::value::{Array, ElementClass, Membership, Set, Table};
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
    )
    .paying_itself(),
    set(
        "isEmpty",
        &[],
        Type::Boolean,
        "Whether there is no element.",
        |set, _| Ok(set.is_empty().into()),
    )
    .paying_itself(),
    set(
        "contains",
        &[Type::Any],
        Type::Boolean,
        "Whether an element equals the argument.",
        |set, arguments| set.contains(arguments.get(0)).map(Value::Boolean),
    )
    .paying_itself(),
    set(
        "containsAll",
        &[Type::Collection],
        Type::Boolean,
        "Whether every element of a collection is in the set.",
        |set, arguments| {
            let wanted = arguments.items(0)?;
            budget::hash_elements(wanted.len())?;
            for wanted in wanted {
                if !set.contains(&wanted)? {
                    return Ok(false.into());
                }
            }
            Ok(true.into())
        },
    )
    .paying_itself(),
    set(
        "add",
        &[Type::Any],
        Type::Boolean,
        "Puts an element in; whether it was not there.",
        |set, arguments| {
            budget::grow_values(2)?;
            set.insert(arguments.get(0).clone()).map(Value::Boolean)
        },
    )
    .paying_itself(),
    set(
        "addAll",
        &[Type::Collection],
        Type::Boolean,
        "Puts the elements of a collection in; whether one was not there.",
        |set, arguments| {
            let mut changed = false;
            let items = arguments.items(0)?;
            budget::grow_values(items.len() * 2)?;
            for item in items {
                changed |= set.insert(item)?;
            }
            Ok(changed.into())
        },
    )
    .paying_itself(),
    set(
        "remove",
        &[Type::Any],
        Type::Boolean,
        "Takes an element out; whether it was there.",
        |set, arguments| set.remove(arguments.get(0)).map(Value::Boolean),
    )
    .paying_itself(),
    set(
        "removeAll",
        &[Type::Collection],
        Type::Boolean,
        "Takes every element of a collection out; whether one was there.",
        |set, arguments| {
            let others = arguments.items(0)?;
            keep(set, &others, false)
        },
    )
    .paying_itself(),
    set(
        "retainAll",
        &[Type::Collection],
        Type::Boolean,
        "Takes every element out that is not in a collection.",
        |set, arguments| {
            let others = arguments.items(0)?;
            keep(set, &others, true)
        },
    )
    .paying_itself(),
    set(
        "clear",
        &[],
        Type::Any,
        "Takes every element out.",
        |set, _| {
            set.clear();
            Ok(Value::Null)
        },
    )
    .paying_itself(),
    set(
        "iterator",
        &[],
        Type::Any,
        "An iterator over the elements.",
        |set, _| iterator::over(set.items()),
    ),
    set(
        "stream",
        &[],
        Type::Any,
        "A stream of the elements.",
        |set, _| stream::of_objects(set.items()),
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

/// Keeps the elements that are among `others`, or with `wanted` false those that are not. Whether one was taken out.
fn keep(set: &Set, others: &[Value], wanted: bool) -> OpResult {
    let old = set.snapshot();
    budget::read_elements(old.len() + others.len())?;
    let others = Membership::of(others)?;
    let mut kept = Table::new(old.order());
    for item in old.pairs().map(|(item, _)| item) {
        if others.contains(item)? == wanted {
            kept.insert(item.clone(), Value::Null)?;
        }
    }
    let changed = kept.len() != old.len();
    set.rearrange(kept);
    Ok(changed.into())
}
