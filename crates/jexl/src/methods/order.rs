//! The order of elements, as Java's `Comparable` gives it.

use std::cmp::Ordering;

use super::arguments::null_argument;
use crate::budget;
use crate::limits::WORK_AN_ELEMENT;
use crate::operators;
use crate::{Failure, OpResult, Value};

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

/// `compareTo` of two elements, which reads both.
pub(super) fn compare(a: &Value, b: &Value) -> OpResult<Ordering> {
    budget::spend(2 * WORK_AN_ELEMENT)?;
    if a.is_null() || b.is_null() {
        return Err(null_argument());
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
