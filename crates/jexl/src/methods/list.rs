//! Methods of lists.

use std::cmp::Ordering;

use super::arguments::{Arguments, Type, out_of_range};
use super::{Call, Method, Receiver, comparator, int, iterator, stream};
use crate::budget;
use crate::limits::WORK_AN_ELEMENT;
use crate::operators;
use crate::operators::fitting;
use crate::value::{Array, ElementClass, List, Membership, equals, holds_all, position};
use crate::{Failure, OpResult, Value};

const fn list(
    name: &'static str,
    parameters: &'static [Type],
    returns: Type,
    doc: &'static str,
    call: fn(&List, Arguments<'_>) -> OpResult,
) -> Method {
    Method::new(
        Receiver::List,
        name,
        parameters,
        returns,
        doc,
        Call::List(call),
    )
}

pub(super) const METHODS: &[Method] = &[
    list(
        "size",
        &[],
        Type::Integer,
        "The number of elements.",
        |list, _| Ok(int(list.len())),
    )
    .paying_itself(),
    list(
        "isEmpty",
        &[],
        Type::Boolean,
        "Whether there is no element.",
        |list, _| Ok(list.is_empty().into()),
    )
    .paying_itself(),
    list(
        "get",
        &[Type::Integer],
        Type::Any,
        "The element at an index.",
        |list, arguments| {
            let index = arguments.int(0)?;
            usize::try_from(index)
                .ok()
                .and_then(|index| list.get(index))
                .ok_or_else(|| out_of_range(i64::from(index), list.len()))
        },
    )
    .paying_itself(),
    list(
        "contains",
        &[Type::Any],
        Type::Boolean,
        "Whether an element equals the argument; numbers of different classes never do.",
        |list, arguments| {
            Ok(position(&list.snapshot(), arguments.get(0))?
                .is_some()
                .into())
        },
    )
    .paying_itself(),
    list(
        "containsAll",
        &[Type::Collection],
        Type::Boolean,
        "Whether every element of a collection is in the list.",
        |list, arguments| holds_all(&list.snapshot(), &arguments.items(0)?).map(Value::Boolean),
    )
    .paying_itself(),
    list(
        "indexOf",
        &[Type::Any],
        Type::Integer,
        "The first index of an element, or -1.",
        |list, arguments| {
            Ok(position(&list.snapshot(), arguments.get(0))?.map_or(Value::Integer(-1), int))
        },
    )
    .paying_itself(),
    list(
        "lastIndexOf",
        &[Type::Any],
        Type::Integer,
        "The last index of an element, or -1.",
        |list, arguments| {
            let items = list.snapshot();
            for (index, item) in items.iter().enumerate().rev() {
                if equals(arguments.get(0), item)? {
                    return Ok(int(index));
                }
            }
            Ok(Value::Integer(-1))
        },
    )
    .paying_itself(),
    list(
        "subList",
        &[Type::Integer, Type::Integer],
        Type::List,
        "The elements from an index up to, not including, another.",
        |list, arguments| {
            let (start, end) = (arguments.int(0)?, arguments.int(1)?);
            let items = list.snapshot();
            let part = usize::try_from(start)
                .ok()
                .zip(usize::try_from(end).ok())
                .and_then(|(start, end)| items.get(start..end))
                .ok_or_else(|| out_of_range(i64::from(end), items.len()))?;
            budget::read_elements(part.len())?;
            Ok(Value::list(part.to_vec()))
        },
    )
    .paying_itself(),
    list(
        "add",
        &[Type::Any],
        Type::Boolean,
        "Puts an element at the end.",
        |list, arguments| {
            let item = arguments.get(0).clone();
            budget::grow_values(1)?;
            list.push(item)?;
            Ok(true.into())
        },
    )
    .paying_itself(),
    list(
        "add",
        &[Type::Integer, Type::Any],
        Type::Any,
        "Puts an element at an index.",
        |list, arguments| {
            let place = insertion(list, arguments.int(0)?)?;
            let item = arguments.get(1).clone();
            budget::grow_values(1)?;
            budget::move_elements(list.len() - place)?;
            list.insert(place, vec![item])?;
            Ok(Value::Null)
        },
    )
    .paying_itself(),
    list(
        "addAll",
        &[Type::Collection],
        Type::Boolean,
        "Puts the elements of a collection at the end.",
        |list, arguments| {
            let more = arguments.items(0)?;
            let changed = !more.is_empty();
            budget::read_elements(more.len())?;
            budget::grow_values(more.len())?;
            list.insert(usize::MAX, more)?;
            Ok(changed.into())
        },
    )
    .paying_itself(),
    list(
        "addAll",
        &[Type::Integer, Type::Collection],
        Type::Boolean,
        "Puts the elements of a collection at an index.",
        |list, arguments| {
            let place = insertion(list, arguments.int(0)?)?;
            let more = arguments.items(1)?;
            let changed = !more.is_empty();
            budget::read_elements(more.len())?;
            budget::move_elements(list.len() - place)?;
            budget::grow_values(more.len())?;
            list.insert(place, more)?;
            Ok(changed.into())
        },
    )
    .paying_itself(),
    list(
        "set",
        &[Type::Integer, Type::Any],
        Type::Any,
        "Replaces the element at an index and gives the old one.",
        |list, arguments| {
            let index = arguments.int(0)?;
            let item = arguments.get(1).clone();
            let replaced = list.set(usize::try_from(index).unwrap_or(usize::MAX), item)?;
            replaced.ok_or_else(|| out_of_range(i64::from(index), list.len()))
        },
    )
    .paying_itself(),
    list(
        "remove",
        &[Type::Integer],
        Type::Any,
        "Takes the element at an index out and gives it.",
        |list, arguments| {
            let index = arguments.int(0)?;
            let removed = match usize::try_from(index) {
                Ok(index) => take(list, index)?,
                Err(_) => None,
            };
            removed.ok_or_else(|| out_of_range(i64::from(index), list.len()))
        },
    )
    .paying_itself(),
    list(
        "remove",
        &[Type::Any],
        Type::Boolean,
        "Takes the first element that equals the argument out.",
        |list, arguments| {
            let Some(index) = position(&list.snapshot(), arguments.get(0))? else {
                return Ok(false.into());
            };
            Ok(take(list, index)?.is_some().into())
        },
    )
    .paying_itself(),
    list(
        "removeAll",
        &[Type::Collection],
        Type::Boolean,
        "Takes every element of a collection out.",
        |list, arguments| keep(list, &arguments.items(0)?, false),
    )
    .paying_itself(),
    list(
        "retainAll",
        &[Type::Collection],
        Type::Boolean,
        "Takes every element out that is not in a collection.",
        |list, arguments| keep(list, &arguments.items(0)?, true),
    )
    .paying_itself(),
    list(
        "clear",
        &[],
        Type::Any,
        "Takes every element out.",
        |list, _| {
            list.rearrange(Vec::new());
            Ok(Value::Null)
        },
    )
    .paying_itself(),
    list(
        "sort",
        &[Type::Comparator],
        Type::Any,
        "Sorts the elements by a comparator, or by their own order with null.",
        |list, arguments| {
            let sorted = match arguments.get(0) {
                Value::Null => sorted(&list.snapshot(), compare)?,
                _ => sorted(&list.snapshot(), comparator::compare_ignoring_case)?,
            };
            list.rearrange(sorted);
            Ok(Value::Null)
        },
    )
    .paying_itself(),
    list(
        "iterator",
        &[],
        Type::Any,
        "An iterator over the elements.",
        |list, _| iterator::over(list.snapshot().to_vec()),
    ),
    list(
        "listIterator",
        &[],
        Type::Any,
        "An iterator over the elements.",
        |list, _| iterator::over(list.snapshot().to_vec()),
    ),
    list(
        "stream",
        &[],
        Type::Any,
        "A stream of the elements.",
        |list, _| stream::of_objects(list.snapshot().to_vec()),
    ),
    list(
        "parallelStream",
        &[],
        Type::Any,
        "A stream of the elements.",
        |list, _| stream::of_objects(list.snapshot().to_vec()),
    ),
    list(
        "toArray",
        &[],
        Type::Array,
        "The elements as an array.",
        |list, _| {
            Ok(Value::Array(Array::new(
                ElementClass::OBJECT,
                list.snapshot().to_vec(),
            )))
        },
    ),
    list(
        "toArray",
        &[Type::Any],
        Type::Array,
        "The elements in the given array, or in a longer one of its class.",
        |list, arguments| to_array(&list.snapshot(), arguments),
    ),
];

/// Takes the element at an index out; `None` where there is none.
fn take(list: &List, index: usize) -> OpResult<Option<Value>> {
    budget::move_elements(list.len().saturating_sub(index))?;
    Ok(list.remove(index))
}

fn insertion(list: &List, index: i32) -> OpResult<usize> {
    usize::try_from(index)
        .ok()
        .filter(|index| *index <= list.len())
        .ok_or_else(|| out_of_range(i64::from(index), list.len()))
}

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

/// The elements in an order, for which all must be comparable. The comparisons pay for what they read.
pub(super) fn sorted(
    items: &[Value],
    order: fn(&Value, &Value) -> OpResult<Ordering>,
) -> OpResult<Vec<Value>> {
    budget::read_elements(items.len())?;
    let mut sorted = items.to_vec();
    let mut failure = None;
    sorted.sort_by(|a, b| {
        // After a failure the order does not matter any more.
        if failure.is_some() {
            return Ordering::Equal;
        }
        order(a, b).unwrap_or_else(|wrong| {
            failure.get_or_insert(wrong);
            Ordering::Equal
        })
    });
    match failure {
        Some(failure) => Err(failure),
        None => Ok(sorted),
    }
}

/// `toArray(array)`: the elements in the array if they have room there, in a new one of its class if not.
pub(super) fn to_array(items: &[Value], arguments: Arguments<'_>) -> OpResult {
    let Value::Array(wanted) = arguments.get(0) else {
        return Err(Failure::method("toArray takes an array"));
    };
    let class = wanted.element();
    let fitted: Option<Vec<Value>> = items.iter().map(|item| fitting(class, item)).collect();
    let Some(mut items) = fitted.filter(|_| !class.is_primitive()) else {
        return Err(Failure::method("the array cannot hold the elements"));
    };
    if items.len() > wanted.len() {
        return Ok(Value::Array(Array::new(class, items)));
    }
    // Java marks the end of the elements in a longer array.
    if items.len() < wanted.len() {
        items.push(Value::Null);
    }
    for (index, item) in items.into_iter().enumerate() {
        wanted.set(index, item)?;
    }
    Ok(arguments.get(0).clone())
}

/// `compareTo` of two elements, which reads both.
pub(super) fn compare(a: &Value, b: &Value) -> OpResult<Ordering> {
    budget::spend(2 * WORK_AN_ELEMENT)?;
    if a.is_null() || b.is_null() {
        return Err(super::arguments::null_argument());
    }
    if std::mem::discriminant(a) != std::mem::discriminant(b) {
        return Err(Failure::method(format!(
            "{} cannot be compared with {}",
            a.described(),
            b.described()
        )));
    }
    if operators::less(a, b)? {
        Ok(Ordering::Less)
    } else if operators::greater(a, b)? {
        Ok(Ordering::Greater)
    } else {
        Ok(Ordering::Equal)
    }
}
