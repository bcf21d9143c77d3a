//! Comparing what two sides of a filter came to.

use std::cmp::Ordering;

use pipewright_jexl::{Failure, OpResult, Value, charge_reading};

use crate::jsonpath::items::items;
use crate::jsonpath::path::Operator;

/// What comparing two values costs besides their texts, as bytes that are read.
const COMPARISON: usize = 32;

/// Whether `left` and `right` are in the relation; a side that reached nothing is in none but `!=`.
pub(crate) fn compare(
    left: Option<&Value>,
    operator: Operator,
    right: Option<&Value>,
) -> OpResult<bool> {
    if operator == Operator::NotEqual {
        return Ok(!compare(left, Operator::Equal, right)?);
    }
    let (Some(left), Some(right)) = (left, right) else {
        return Ok(false);
    };
    if let Value::Unknown(unknown) = left {
        return Err(Failure::from(unknown));
    }
    if let Value::Unknown(unknown) = right {
        return Err(Failure::from(unknown));
    }
    Ok(match operator {
        Operator::Equal => equal(left, right)?,
        Operator::Less => order(left, right)?.is_some_and(Ordering::is_lt),
        Operator::LessOrEqual => order(left, right)?.is_some_and(Ordering::is_le),
        Operator::Greater => order(left, right)?.is_some_and(Ordering::is_gt),
        Operator::GreaterOrEqual => order(left, right)?.is_some_and(Ordering::is_ge),
        Operator::In => holds(right, left)?,
        Operator::NotIn => !holds(right, left)?,
        Operator::Contains => contains(left, right)?,
        Operator::All => holds_all(left, right)?,
        Operator::Size => size(left)? == right.as_i64(),
        Operator::Empty => {
            let empty = size(left)?.map(|size| size == 0);
            matches!(right, Value::Boolean(wanted) if empty == Some(*wanted))
        }
        // Patterns are matched where they are read, and the other is the negation of `Equal`.
        Operator::Match | Operator::NotEqual => false,
    })
}

/// Numbers by value, also when one is a text; everything else by content.
fn equal(left: &Value, right: &Value) -> OpResult<bool> {
    charge_reading(COMPARISON)?;
    if (left.is_number() || right.is_number())
        && let (Some(a), Some(b)) = (number(left)?, number(right)?)
    {
        return Ok(a.total_cmp(&b).is_eq());
    }
    pipewright_jexl::value::equals(left, right)
}

/// Numbers with numbers and texts with texts.
fn order(left: &Value, right: &Value) -> OpResult<Option<Ordering>> {
    charge_reading(COMPARISON)?;
    if let (Value::String(a), Value::String(b)) = (left, right) {
        charge_reading(a.bytes().min(b.bytes()))?;
        return Ok(Some(a.cmp(b)));
    }
    if !left.is_number() || !right.is_number() {
        return Ok(None);
    }
    let (left, right) = (number(left)?, number(right)?);
    Ok(left.zip(right).and_then(|(a, b)| a.partial_cmp(&b)))
}

/// The value of a number, or of a text that is one.
fn number(value: &Value) -> OpResult<Option<f64>> {
    let text = match value {
        Value::String(text) => text.clone(),
        _ if value.is_number() => value.text()?,
        _ => return Ok(None),
    };
    charge_reading(text.bytes())?;
    Ok(text.as_str().and_then(|text| text.parse().ok()))
}

fn holds(list: &Value, wanted: &Value) -> OpResult<bool> {
    for item in items(list).unwrap_or_default().iter() {
        if equal(item, wanted)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn holds_all(list: &Value, wanted: &Value) -> OpResult<bool> {
    let Some(wanted) = items(wanted) else {
        return Ok(false);
    };
    for item in wanted.iter() {
        if !holds(list, item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn contains(left: &Value, right: &Value) -> OpResult<bool> {
    let (Value::String(text), Value::String(part)) = (left, right) else {
        return holds(left, right);
    };
    charge_reading(text.bytes() + part.bytes())?;
    Ok(text.to_str().contains(&*part.to_str()))
}

fn size(value: &Value) -> OpResult<Option<i64>> {
    let size = match value {
        Value::String(text) => {
            charge_reading(text.bytes())?;
            Some(text.len())
        }
        Value::Map(map) => Some(map.len()),
        _ => items(value).map(|items| items.len()),
    };
    Ok(size.and_then(|size| i64::try_from(size).ok()))
}
