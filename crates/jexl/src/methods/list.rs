//! Methods of lists.

use super::arguments::{Arguments, out_of_range};
use super::method::{Method, rows};
use super::{array, comparator, int, iterator, order, stream};
use crate::budget;
use crate::value::{Array, ElementClass, List, Membership, equals, holds_all, position};
use crate::{OpResult, Value};

pub(super) const METHODS: &[Method] = rows! { List as List:
    size() -> Integer, 0, size, "The number of elements.";
    isEmpty() -> Boolean, 0, is_empty, "Whether there is no element.";
    get(Integer) -> Any, 0, get, "The element at an index.";
    /// Whether an element equals the argument; numbers of different classes never do.
    contains(Any) -> Boolean, 0, contains;
    containsAll(Collection) -> Boolean, 0, contains_all, "Whether every element of a collection is in the list.";
    indexOf(Any) -> Integer, 0, index_of, "The first index of an element, or -1.";
    lastIndexOf(Any) -> Integer, 0, last_index_of, "The last index of an element, or -1.";
    subList(Integer, Integer) -> List, 0, sub_list, "The elements from an index up to, not including, another.";
    add(Any) -> Boolean, 0, add, "Puts an element at the end.";
    add(Integer, Any) -> Any, 0, add_at, "Puts an element at an index.";
    addAll(Collection) -> Boolean, 0, add_all, "Puts the elements of a collection at the end.";
    addAll(Integer, Collection) -> Boolean, 0, add_all_at, "Puts the elements of a collection at an index.";
    set(Integer, Any) -> Any, 0, set, "Replaces the element at an index and gives the old one.";
    remove(Integer) -> Any, 0, remove_at, "Takes the element at an index out and gives it.";
    remove(Any) -> Boolean, 0, remove, "Takes the first element that equals the argument out.";
    removeAll(Collection) -> Boolean, 0, remove_all, "Takes every element of a collection out.";
    retainAll(Collection) -> Boolean, 0, retain_all, "Takes every element out that is not in a collection.";
    clear() -> Any, 0, clear, "Takes every element out.";
    sort(Comparator) -> Any, 0, sort, "Sorts the elements by a comparator, or by their own order with null.";
    iterator() -> Any, 1, iterator, "An iterator over the elements.";
    listIterator() -> Any, 1, iterator, "An iterator over the elements.";
    stream() -> Any, 1, stream, "A stream of the elements.";
    parallelStream() -> Any, 1, stream, "A stream of the elements.";
    toArray() -> Array, 1, to_array, "The elements as an array.";
    toArray(Any) -> Array, 1, into_array, "The elements in the given array, or in a longer one of its class.";
};

fn size(list: &List, _: Arguments<'_>) -> OpResult {
    Ok(int(list.len()))
}

fn is_empty(list: &List, _: Arguments<'_>) -> OpResult {
    Ok(list.is_empty().into())
}

fn get(list: &List, arguments: Arguments<'_>) -> OpResult {
    let index = arguments.int(0)?;
    usize::try_from(index)
        .ok()
        .and_then(|index| list.get(index))
        .ok_or_else(|| out_of_range(i64::from(index), list.len()))
}

fn contains(list: &List, arguments: Arguments<'_>) -> OpResult {
    let found = position(&list.snapshot(), arguments.get(0))?;
    Ok(found.is_some().into())
}

fn contains_all(list: &List, arguments: Arguments<'_>) -> OpResult {
    holds_all(&list.snapshot(), &arguments.items(0)?).map(Value::Boolean)
}

fn index_of(list: &List, arguments: Arguments<'_>) -> OpResult {
    let found = position(&list.snapshot(), arguments.get(0))?;
    Ok(found.map_or(Value::Integer(-1), int))
}

fn last_index_of(list: &List, arguments: Arguments<'_>) -> OpResult {
    let items = list.snapshot();
    for (index, item) in items.iter().enumerate().rev() {
        if equals(arguments.get(0), item)? {
            return Ok(int(index));
        }
    }
    Ok(Value::Integer(-1))
}

fn sub_list(list: &List, arguments: Arguments<'_>) -> OpResult {
    let (start, end) = (arguments.int(0)?, arguments.int(1)?);
    let items = list.snapshot();
    let part = usize::try_from(start)
        .ok()
        .zip(usize::try_from(end).ok())
        .and_then(|(start, end)| items.get(start..end))
        .ok_or_else(|| out_of_range(i64::from(end), items.len()))?;
    budget::read_elements(part.len())?;
    Ok(Value::list(part.to_vec()))
}

fn add(list: &List, arguments: Arguments<'_>) -> OpResult {
    let item = arguments.get(0).clone();
    budget::grow_values(1)?;
    list.push(item)?;
    Ok(true.into())
}

fn add_at(list: &List, arguments: Arguments<'_>) -> OpResult {
    let place = insertion(list, arguments.int(0)?)?;
    let item = arguments.get(1).clone();
    budget::grow_values(1)?;
    budget::move_elements(list.len() - place)?;
    list.insert(place, vec![item])?;
    Ok(Value::Null)
}

fn add_all(list: &List, arguments: Arguments<'_>) -> OpResult {
    let more = arguments.items(0)?;
    let changed = !more.is_empty();
    budget::read_elements(more.len())?;
    budget::grow_values(more.len())?;
    list.insert(usize::MAX, more.to_vec())?;
    Ok(changed.into())
}

fn add_all_at(list: &List, arguments: Arguments<'_>) -> OpResult {
    let place = insertion(list, arguments.int(0)?)?;
    let more = arguments.items(1)?;
    let changed = !more.is_empty();
    budget::read_elements(more.len())?;
    budget::move_elements(list.len() - place)?;
    budget::grow_values(more.len())?;
    list.insert(place, more.to_vec())?;
    Ok(changed.into())
}

/// The place for a new element: an index, or the end.
fn insertion(list: &List, index: i32) -> OpResult<usize> {
    usize::try_from(index)
        .ok()
        .filter(|index| *index <= list.len())
        .ok_or_else(|| out_of_range(i64::from(index), list.len()))
}

fn set(list: &List, arguments: Arguments<'_>) -> OpResult {
    let index = arguments.int(0)?;
    let item = arguments.get(1).clone();
    let replaced = list.set(usize::try_from(index).unwrap_or(usize::MAX), item)?;
    replaced.ok_or_else(|| out_of_range(i64::from(index), list.len()))
}

fn remove_at(list: &List, arguments: Arguments<'_>) -> OpResult {
    let index = arguments.int(0)?;
    let removed = match usize::try_from(index) {
        Ok(index) => take(list, index)?,
        Err(_) => None,
    };
    removed.ok_or_else(|| out_of_range(i64::from(index), list.len()))
}

fn remove(list: &List, arguments: Arguments<'_>) -> OpResult {
    let Some(index) = position(&list.snapshot(), arguments.get(0))? else {
        return Ok(false.into());
    };
    Ok(take(list, index)?.is_some().into())
}

/// Takes the element at an index out; `None` where there is none.
fn take(list: &List, index: usize) -> OpResult<Option<Value>> {
    budget::move_elements(list.len().saturating_sub(index))?;
    Ok(list.remove(index))
}

fn remove_all(list: &List, arguments: Arguments<'_>) -> OpResult {
    keep(list, &arguments.items(0)?, false)
}

fn retain_all(list: &List, arguments: Arguments<'_>) -> OpResult {
    keep(list, &arguments.items(0)?, true)
}

/// Keeps the elements that are among `others`, or with `wanted` false those that are not. Whether one was taken out.
fn keep(list: &List, others: &[Value], wanted: bool) -> OpResult {
    let mut kept = Vec::new();
    let items = list.snapshot();
    budget::read_elements(items.len() + others.len())?;
    let others = Membership::of(others)?;
    for item in items.iter() {
        if others.contains(item)? == wanted {
            kept.push(item.clone());
        }
    }
    let changed = kept.len() != items.len();
    list.rearrange(kept);
    Ok(changed.into())
}

fn clear(list: &List, _: Arguments<'_>) -> OpResult {
    list.rearrange(Vec::new());
    Ok(Value::Null)
}

fn sort(list: &List, arguments: Arguments<'_>) -> OpResult {
    let sorted = match arguments.get(0) {
        Value::Null => order::sorted(&list.snapshot(), order::compare)?,
        _ => order::sorted(&list.snapshot(), comparator::compare_ignoring_case)?,
    };
    list.rearrange(sorted);
    Ok(Value::Null)
}

fn iterator(list: &List, _: Arguments<'_>) -> OpResult {
    iterator::over(list.snapshot().to_vec())
}

fn stream(list: &List, _: Arguments<'_>) -> OpResult {
    stream::of_objects(list.snapshot().to_vec())
}

fn to_array(list: &List, _: Arguments<'_>) -> OpResult {
    let items = list.snapshot().to_vec();
    Ok(Value::Array(Array::new(ElementClass::OBJECT, items)))
}

fn into_array(list: &List, arguments: Arguments<'_>) -> OpResult {
    array::filled(arguments.get(0), &list.snapshot())
}
