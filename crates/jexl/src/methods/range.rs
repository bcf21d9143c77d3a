//! Methods of ranges.

use super::arguments::Arguments;
use super::iterator;
use super::method::{Method, rows};
use crate::budget;
use crate::limits::MAX_RESULT_BYTES;
use crate::operators;
use crate::value::{Range, too_long};
use crate::{Failure, OpResult, Value};

pub(super) const METHODS: &[Method] = rows! { Range as Range:
    size() -> Integer, 0, size, "How many numbers there are.";
    isEmpty() -> Boolean, 0, is_empty, "False: a range has at least one number.";
    contains(Any) -> Boolean, 0, contains, "Whether a number lies between the bounds.";
    /// Whether every element of a collection lies between the bounds.
    containsAll(Collection) -> Boolean, 1, contains_all;
    iterator() -> Any, 0, iterator, "An iterator over the numbers.";
};

fn size(range: Range, _: Arguments<'_>) -> OpResult {
    #[expect(clippy::cast_possible_truncation, reason = "Java's int wraps around")]
    let count = range.count() as i32;
    Ok(Value::Integer(count))
}

fn is_empty(_: Range, _: Arguments<'_>) -> OpResult {
    Ok(false.into())
}

fn contains(range: Range, arguments: Arguments<'_>) -> OpResult {
    match arguments.get(0) {
        Value::Unknown(unknown) => Err(Failure::from(unknown)),
        value => Ok(holds(range, value).into()),
    }
}

fn contains_all(range: Range, arguments: Arguments<'_>) -> OpResult {
    let items = arguments.items(0)?;
    budget::read_elements(items.len())?;
    Ok(items.iter().all(|item| holds(range, item)).into())
}

fn holds(range: Range, value: &Value) -> bool {
    value.is_number() && operators::to_long(value).is_ok_and(|number| range.contains(number))
}

fn iterator(range: Range, _: Arguments<'_>) -> OpResult {
    let most = u128::try_from(MAX_RESULT_BYTES / size_of::<Value>()).unwrap_or(0);
    if range.count() > most {
        return Err(too_long());
    }
    budget::read_elements(usize::try_from(range.count()).unwrap_or(usize::MAX))?;
    iterator::over((0..).map_while(|index| range.value(index)).collect())
}
