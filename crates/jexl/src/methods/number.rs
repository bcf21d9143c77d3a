//! Methods of every number: conversions as Java casts, and comparison within one class.

use num_traits::ToPrimitive as _;

use super::arguments::{Type, null_argument};
use super::list::compare;
use super::{Call, Method, Receiver};
use crate::operators;
use crate::value::JavaString;
use crate::{Failure, OpResult, Value};

const fn to(
    name: &'static str,
    returns: Type,
    doc: &'static str,
    call: fn(&Value, super::Arguments<'_>) -> OpResult,
) -> Method {
    Method::new(Receiver::Number, name, &[], returns, doc, Call::Any(call))
}

pub(super) const METHODS: &[Method] = &[
    to(
        "intValue",
        Type::Integer,
        "The number as an Integer: fractions are cut, large numbers lose their upper bits.",
        |value, _| operators::to_integer(value).map(Value::Integer),
    ),
    to(
        "longValue",
        Type::Long,
        "The number as a Long.",
        |value, _| operators::to_long(value).map(Value::Long),
    ),
    to(
        "shortValue",
        Type::Short,
        "The number as a Short.",
        |value, _| {
            #[expect(clippy::cast_possible_truncation, reason = "as Java casts")]
            operators::to_integer(value).map(|number| Value::Short(number as i16))
        },
    ),
    to(
        "byteValue",
        Type::Byte,
        "The number as a Byte.",
        |value, _| {
            #[expect(clippy::cast_possible_truncation, reason = "as Java casts")]
            operators::to_integer(value).map(|number| Value::Byte(number as i8))
        },
    ),
    to(
        "doubleValue",
        Type::Double,
        "The number as a Double.",
        |value, _| {
            Ok(Value::Double(match value {
                Value::Float(number) => f64::from(*number),
                _ => operators::to_double(value)?,
            }))
        },
    ),
    to(
        "floatValue",
        Type::Float,
        "The number as a Float.",
        |value, _| {
            #[expect(clippy::cast_possible_truncation, reason = "as Java casts")]
            Ok(Value::Float(match value {
                Value::Float(number) => *number,
                Value::BigInteger(number) => number.to_f32().unwrap_or(f32::INFINITY),
                _ => operators::to_double(value)? as f32,
            }))
        },
    ),
    Method::new(
        Receiver::Number,
        "compareTo",
        &[Type::Any],
        Type::Integer,
        "-1, 0 or 1 as the number is less than, equal to or greater than one of its own class.",
        Call::Any(|value, arguments| {
            if let Value::Unknown(unknown) = arguments.get(0) {
                return Err(Failure::from(unknown));
            }
            Ok(Value::Integer(match (value, arguments.get(0)) {
                (Value::Double(a), Value::Double(b)) => java_order(*a, *b) as i32,
                (Value::Float(a), Value::Float(b)) => {
                    java_order(f64::from(*a), f64::from(*b)) as i32
                }
                (Value::Byte(a), Value::Byte(b)) => i32::from(*a) - i32::from(*b),
                (Value::Short(a), Value::Short(b)) => i32::from(*a) - i32::from(*b),
                (_, Value::Null) => return Err(null_argument()),
                (a, b) => compare(a, b)? as i32,
            }))
        }),
    ),
];

/// `Double.compare`: -0.0 comes before 0.0, NaN behind everything.
pub(super) fn java_order(a: f64, b: f64) -> std::cmp::Ordering {
    match (a.is_nan(), b.is_nan()) {
        (false, false) => a.total_cmp(&b),
        (a, b) => a.cmp(&b),
    }
}

/// A whole number parsed from text in a radix, as `Integer.parseInt` and `Long.parseLong` do.
pub(super) fn parse_radix(text: &JavaString, radix: i32, least: i64, most: i64) -> OpResult<i64> {
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
pub(super) fn radix_text(number: i64, radix: i32) -> String {
    let radix = u32::try_from(radix)
        .ok()
        .filter(|radix| (2..=36).contains(radix))
        .unwrap_or(10);
    num_bigint::BigInt::from(number).to_str_radix(radix)
}
