//! Methods of every number: conversions as Java casts, and comparison within one class.

mod big;
mod big_decimal;
mod big_integer;
mod bits;
mod division;
mod floating;
mod whole;

use num_traits::ToPrimitive as _;

use super::arguments::{Arguments, null_argument};
use super::method::{Method, rows};
use super::order::compare;
use crate::operators;
use crate::value::JavaString;
use crate::{Failure, OpResult, Value};

/// The tables of every class of numbers.
pub(super) const TABLES: &[&[&[Method]]] = &[
    whole::TABLES,
    bits::TABLES,
    floating::TABLES,
    big::TABLES,
    &[
        big_integer::METHODS,
        big_decimal::STATIC,
        division::METHODS,
        big_decimal::METHODS,
        METHODS,
    ],
];

const METHODS: &[Method] = rows! { Number as Any:
    /// The number as an Integer: fractions are cut, large numbers lose their upper bits.
    intValue() -> Integer, 1, to_integer;
    longValue() -> Long, 1, to_long, "The number as a Long.";
    shortValue() -> Short, 1, to_short, "The number as a Short.";
    byteValue() -> Byte, 1, to_byte, "The number as a Byte.";
    doubleValue() -> Double, 1, to_double, "The number as a Double.";
    floatValue() -> Float, 1, to_float, "The number as a Float.";
    /// -1, 0 or 1 as the number is less than, equal to or greater than one of its own class.
    compareTo(Any) -> Integer, 1, compare_to;
};

fn to_integer(value: &Value, _: Arguments<'_>) -> OpResult {
    operators::to_integer(value).map(Value::Integer)
}

fn to_long(value: &Value, _: Arguments<'_>) -> OpResult {
    operators::to_long(value).map(Value::Long)
}

#[expect(clippy::cast_possible_truncation, reason = "as Java casts")]
fn to_short(value: &Value, _: Arguments<'_>) -> OpResult {
    operators::to_integer(value).map(|number| Value::Short(number as i16))
}

#[expect(clippy::cast_possible_truncation, reason = "as Java casts")]
fn to_byte(value: &Value, _: Arguments<'_>) -> OpResult {
    operators::to_integer(value).map(|number| Value::Byte(number as i8))
}

fn to_double(value: &Value, _: Arguments<'_>) -> OpResult {
    Ok(Value::Double(match value {
        Value::Float(number) => f64::from(*number),
        _ => operators::to_double(value)?,
    }))
}

#[expect(clippy::cast_possible_truncation, reason = "as Java casts")]
fn to_float(value: &Value, _: Arguments<'_>) -> OpResult {
    Ok(Value::Float(match value {
        Value::Float(number) => *number,
        Value::BigInteger(number) => number.to_f32().unwrap_or(f32::INFINITY),
        _ => operators::to_double(value)? as f32,
    }))
}

fn compare_to(value: &Value, arguments: Arguments<'_>) -> OpResult {
    if let Value::Unknown(unknown) = arguments.get(0) {
        return Err(Failure::from(unknown));
    }
    Ok(Value::Integer(match (value, arguments.get(0)) {
        (Value::Double(a), Value::Double(b)) => java_order(*a, *b) as i32,
        (Value::Float(a), Value::Float(b)) => java_order(f64::from(*a), f64::from(*b)) as i32,
        (Value::Byte(a), Value::Byte(b)) => i32::from(*a) - i32::from(*b),
        (Value::Short(a), Value::Short(b)) => i32::from(*a) - i32::from(*b),
        (_, Value::Null) => return Err(null_argument()),
        (a, b) => compare(a, b)? as i32,
    }))
}

/// `Double.compare`: -0.0 comes before 0.0, NaN behind everything.
fn java_order(a: f64, b: f64) -> std::cmp::Ordering {
    match (a.is_nan(), b.is_nan()) {
        (false, false) => a.total_cmp(&b),
        (a, b) => a.cmp(&b),
    }
}

/// A whole number parsed from text in a radix, as `Integer.parseInt` and `Long.parseLong` do.
fn parse_radix(text: &JavaString, radix: i32, least: i64, most: i64) -> OpResult<i64> {
    let wrong = || Failure::method(format!("\"{text}\" is not a number"));
    let radix = u32::try_from(radix)
        .ok()
        .filter(|radix| (2..=36).contains(radix));
    let text = text.as_str().ok_or_else(wrong)?;
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || digits.starts_with(['+', '-']) {
        return Err(wrong());
    }
    radix
        .and_then(|radix| i64::from_str_radix(text, radix).ok())
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(wrong)
}

/// The text of a number in a radix; an impossible radix counts as 10.
fn radix_text(number: i64, radix: i32) -> String {
    let radix = u32::try_from(radix)
        .ok()
        .filter(|radix| (2..=36).contains(radix))
        .unwrap_or(10);
    num_bigint::BigInt::from(number).to_str_radix(radix)
}
