//! Methods of sets.

use super::arguments::Arguments;
use super::method::{Method, rows};
use super::{array, int, iterator, stream};
use crate::budget;
use crate::value::{Array, ElementClass, Membership, Set, Table};
use crate::{OpResult, Value};

pub(super) const METHODS: &[Method] = rows! { Set as Set:
    size() -> Integer, 0, size, "The number of elements.";
    isEmpty() -> Boolean, 0, is_empty, "Whether there is no element.";
    contains(Any) -> Boolean, 0, contains, "Whether an element equals the argument.";
    containsAll(Collection) -> Boolean, 0, contains_all, "Whether every element of a collection is in the set.";
    add(Any) -> Boolean, 0, add, "Puts an element in; whether it was not there.";
    addAll(Collection) -> Boolean, 0, add_all, "Puts the elements of a collection in; whether one was not there.";
    remove(Any) -> Boolean, 0, remove, "Takes an element out; whether it was there.";
    removeAll(Collection) -> Boolean, 0, remove_all, "Takes every element of a collection out; whether one was there.";
    retainAll(Collection) -> Boolean, 0, retain_all, "Takes every element out that is not in a collection.";
    clear() -> Any, 0, clear, "Takes every element out.";
    iterator() -> Any, 1, iterator, "An iterator over the elements.";
    stream() -> Any, 1, stream, "A stream of the elements.";
    toArray() -> Array, 1, to_array, "The elements as an array.";
    toArray(Any) -> Array, 1, into_array, "The elements in the given array, or in a longer one of its class.";
};

fn size(set: &Set, _: Arguments<'_>) -> OpResult {
    Ok(int(set.len()))
}

fn is_empty(set: &Set, _: Arguments<'_>) -> OpResult {
    Ok(set.is_empty().into())
}

fn contains(set: &Set, arguments: Arguments<'_>) -> OpResult {
    set.contains(arguments.get(0)).map(Value::Boolean)
}

fn contains_all(set: &Set, arguments: Arguments<'_>) -> OpResult {
    let wanted = arguments.items(0)?;
    for wanted in wanted.iter() {
        budget::hash_elements(1)?;
        if !set.contains(wanted)? {
            return Ok(false.into());
        }
    }
    Ok(true.into())
}

fn add(set: &Set, arguments: Arguments<'_>) -> OpResult {
    budget::grow_values(2)?;
    set.insert(arguments.get(0).clone()).map(Value::Boolean)
}

fn add_all(set: &Set, arguments: Arguments<'_>) -> OpResult {
    let mut changed = false;
    let items = arguments.items(0)?;
    budget::grow_values(items.len() * 2)?;
    for item in items.iter() {
        changed |= set.insert(item.clone())?;
    }
    Ok(changed.into())
}

fn remove(set: &Set, arguments: Arguments<'_>) -> OpResult {
    set.remove(arguments.get(0)).map(Value::Boolean)
}

fn remove_all(set: &Set, arguments: Arguments<'_>) -> OpResult {
    keep(set, &arguments.items(0)?, false)
}

fn retain_all(set: &Set, arguments: Arguments<'_>) -> OpResult {
    keep(set, &arguments.items(0)?, true)
}

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

fn clear(set: &Set, _: Arguments<'_>) -> OpResult {
    set.clear();
    Ok(Value::Null)
}

fn iterator(set: &Set, _: Arguments<'_>) -> OpResult {
    iterator::over(set.items())
}

fn stream(set: &Set, _: Arguments<'_>) -> OpResult {
    stream::of_objects(set.items())
}

fn to_array(set: &Set, _: Arguments<'_>) -> OpResult {
    Ok(Value::Array(Array::new(ElementClass::OBJECT, set.items())))
}

fn into_array(set: &Set, arguments: Arguments<'_>) -> OpResult {
    array::filled(arguments.get(0), &set.items())
}
