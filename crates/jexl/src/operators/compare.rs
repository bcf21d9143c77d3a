//! `== != < > <= >=` (`spec/jexl.md` §5.7, §5.8).

use std::cmp::Ordering;

use super::coerce::{to_big_decimal, to_big_integer, to_boolean, to_double, to_long, to_text};
use super::{decimal, known};
use crate::budget;
use crate::value::{equals, same_text};
use crate::{ErrorKind, Failure, OpResult, Value};

/// `a == b`
pub(crate) fn equal(a: &Value, b: &Value) -> OpResult<bool> {
    match (a, b) {
        (Value::String(a), Value::String(b)) => return same_text(a, b),
        (Value::Unknown(_), _) | (_, Value::Unknown(_)) => known(&[a, b])?,
        (Value::Null, Value::Null) => return Ok(true),
        (Value::Null, _) | (_, Value::Null) => return Ok(false),
        _ => {}
    }
    if a.is_same(b) {
        return Ok(true);
    }
    if matches!(a, Value::Boolean(_)) || matches!(b, Value::Boolean(_)) {
        return Ok(to_boolean(a)? == to_boolean(b)?);
    }
    match compare_by_value(a, b)? {
        Some(order) => Ok(order.is_eq()),
        None => equals(a, b),
    }
}

/// `a != b`
pub(crate) fn not_equal(a: &Value, b: &Value) -> OpResult<bool> {
    equal(a, b).map(|equal| !equal)
}

/// `a < b`
pub(crate) fn less(a: &Value, b: &Value) -> OpResult<bool> {
    relation(a, b, false, Ordering::is_lt)
}

/// `a > b`
pub(crate) fn greater(a: &Value, b: &Value) -> OpResult<bool> {
    relation(a, b, false, Ordering::is_gt)
}

/// `a <= b`
pub(crate) fn less_or_equal(a: &Value, b: &Value) -> OpResult<bool> {
    relation(a, b, true, Ordering::is_le)
}

/// `a >= b`
pub(crate) fn greater_or_equal(a: &Value, b: &Value) -> OpResult<bool> {
    relation(a, b, true, Ordering::is_ge)
}

/// `same` is the answer for the very same object, null included; one null alone gives false.
fn relation(a: &Value, b: &Value, same: bool, holds: fn(Ordering) -> bool) -> OpResult<bool> {
    known(&[a, b])?;
    if a.is_same(b) {
        return Ok(same);
    }
    if a.is_null() || b.is_null() {
        return Ok(false);
    }
    match compare_by_value(a, b)? {
        Some(order) => Ok(holds(order)),
        None => compare_objects(a, b).map(holds),
    }
}

/// The comparison of numbers and texts; `None` where neither side is one.
fn compare_by_value(a: &Value, b: &Value) -> OpResult<Option<Ordering>> {
    let either = |is: fn(&Value) -> bool| is(a) || is(b);
    Ok(Some(
        if let (Value::Integer(a), Value::Integer(b)) = (a, b) {
            a.cmp(b)
        } else if either(|value| matches!(value, Value::BigDecimal(_))) {
            let (a, b) = (to_big_decimal(a)?, to_big_decimal(b)?);
            decimal::pay(&a, &b)?;
            decimal::compare(&a, &b)
        } else if either(|value| matches!(value, Value::BigInteger(_))) {
            to_big_integer(a)?.cmp(&to_big_integer(b)?)
        } else if either(|value| matches!(value, Value::Float(_) | Value::Double(_))) {
            compare_doubles(to_double(a)?, to_double(b)?)
        } else if either(|value| value.as_i64().is_some() || matches!(value, Value::Character(_))) {
            to_long(a)?.cmp(&to_long(b)?)
        } else if either(|value| matches!(value, Value::String(_))) {
            let (a, b) = (to_text(a)?, to_text(b)?);
            budget::read_bytes(a.bytes_to_order(&b))?;
            a.cmp(&b)
        } else {
            return Ok(None);
        },
    ))
}

/// NaN equals NaN and stands before everything else.
pub(crate) fn compare_doubles(a: f64, b: f64) -> Ordering {
    match (a.is_nan(), b.is_nan()) {
        (true, true) => Ordering::Equal,
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => a.partial_cmp(&b).unwrap_or(Ordering::Equal),
    }
}

/// The comparison of two values of which none is a number or a text.
fn compare_objects(a: &Value, b: &Value) -> OpResult<Ordering> {
    match (a, b) {
        (Value::Boolean(a), Value::Boolean(b)) => return Ok(a.cmp(b)),
        (Value::Boolean(_), _) | (_, Value::Boolean(_)) => return Err(mismatch(a, b)),
        _ => {}
    }
    // The library asks the left side first and takes the right side's answer as it is.
    for (object, other) in [(a, b), (b, a)] {
        if let Value::Object(object) = object
            && let Some(order) = object.compare(other)?
        {
            return Ok(order);
        }
    }
    Err(Failure::arithmetic(format!(
        "{} cannot be compared with {}",
        a.described(),
        b.described()
    )))
}

fn mismatch(a: &Value, b: &Value) -> Failure {
    Failure::new(
        ErrorKind::ClassCast,
        format!(
            "{} cannot be compared with {}",
            a.described(),
            b.described()
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Unknown;

    #[test]
    fn one_number_makes_it_numeric() {
        assert_eq!(equal(&"10".into(), &10.into()), Ok(true));
        assert_eq!(equal(&"".into(), &0.into()), Ok(true));
        assert_eq!(less(&"10".into(), &"9".into()), Ok(true));
        assert!(equal(&"10.0".into(), &10.into()).is_err());
        assert_eq!(equal(&10.into(), &10.0.into()), Ok(true));
    }

    #[test]
    fn null_is_below_and_above_nothing() {
        assert_eq!(less(&Value::Null, &1.into()), Ok(false));
        assert_eq!(less_or_equal(&Value::Null, &Value::Null), Ok(true));
        assert_eq!(equal(&Value::Null, &false.into()), Ok(false));
    }

    #[test]
    fn a_boolean_makes_it_a_question_of_truth() {
        assert_eq!(equal(&true.into(), &"x".into()), Ok(true));
        assert_eq!(equal(&false.into(), &"".into()), Ok(true));
        let failure = less(&true.into(), &Value::list(Vec::new())).unwrap_err();
        assert_eq!(failure.kind(), Some(ErrorKind::ClassCast));
    }

    #[test]
    fn unknown_flows_through() {
        let unknown = Value::unknown("a runtime input");
        assert_eq!(
            equal(&unknown, &1.into()),
            Err(Failure::Unknown(Unknown::new("a runtime input")))
        );
    }
}
