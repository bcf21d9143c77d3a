//! Public static fields, read through a value of their class (`spec/jexl.md` §6.3).

use bigdecimal::BigDecimal;
use num_bigint::BigInt;

use super::comparator;
use crate::Value;

/// The field of this name; `None` if the class has none.
pub(crate) fn field(object: &Value, name: &str) -> Option<Value> {
    let value = match (object, name) {
        (Value::Byte(_), "MAX_VALUE") => Value::Byte(i8::MAX),
        (Value::Byte(_), "MIN_VALUE") => Value::Byte(i8::MIN),
        (Value::Short(_), "MAX_VALUE") => Value::Short(i16::MAX),
        (Value::Short(_), "MIN_VALUE") => Value::Short(i16::MIN),
        (Value::Integer(_), "MAX_VALUE") => Value::Integer(i32::MAX),
        (Value::Integer(_), "MIN_VALUE") => Value::Integer(i32::MIN),
        (Value::Long(_), "MAX_VALUE") => Value::Long(i64::MAX),
        (Value::Long(_), "MIN_VALUE") => Value::Long(i64::MIN),
        (Value::Float(_), "MAX_VALUE") => Value::Float(f32::MAX),
        (Value::Float(_), "MIN_VALUE") => Value::Float(f32::from_bits(1)),
        (Value::Float(_), "MIN_NORMAL") => Value::Float(f32::MIN_POSITIVE),
        (Value::Float(_), "POSITIVE_INFINITY") => Value::Float(f32::INFINITY),
        (Value::Float(_), "NEGATIVE_INFINITY") => Value::Float(f32::NEG_INFINITY),
        (Value::Float(_), "MAX_EXPONENT") => Value::Integer(127),
        (Value::Float(_), "MIN_EXPONENT") => Value::Integer(-126),
        (Value::Double(_), "MAX_VALUE") => Value::Double(f64::MAX),
        (Value::Double(_), "MIN_VALUE") => Value::Double(f64::from_bits(1)),
        (Value::Double(_), "MIN_NORMAL") => Value::Double(f64::MIN_POSITIVE),
        (Value::Double(_), "POSITIVE_INFINITY") => Value::Double(f64::INFINITY),
        (Value::Double(_), "NEGATIVE_INFINITY") => Value::Double(f64::NEG_INFINITY),
        (Value::Double(_), "MAX_EXPONENT") => Value::Integer(1023),
        (Value::Double(_), "MIN_EXPONENT") => Value::Integer(-1022),
        (_, "BYTES") => Value::Integer(bytes(object)?),
        (_, "SIZE") => Value::Integer(bytes(object)? * 8),
        (Value::String(_), "CASE_INSENSITIVE_ORDER") => comparator::ignoring_case(),
        (Value::Boolean(_), "TRUE") => Value::Boolean(true),
        (Value::Boolean(_), "FALSE") => Value::Boolean(false),
        (Value::Character(_), _) => return of_character(name),
        (Value::BigInteger(_), "ZERO") => Value::from(BigInt::from(0)),
        (Value::BigInteger(_), "ONE") => Value::from(BigInt::from(1)),
        (Value::BigInteger(_), "TWO") => Value::from(BigInt::from(2)),
        (Value::BigInteger(_), "TEN") => Value::from(BigInt::from(10)),
        (Value::BigDecimal(_), "ZERO") => Value::from(BigDecimal::from(0)),
        (Value::BigDecimal(_), "ONE") => Value::from(BigDecimal::from(1)),
        (Value::BigDecimal(_), "TEN") => Value::from(BigDecimal::from(10)),
        (Value::BigDecimal(_), _) => Value::Integer(rounding(name)?),
        _ => return None,
    };
    Some(value)
}

/// How many bytes the numbers of a class take.
fn bytes(object: &Value) -> Option<i32> {
    match object {
        Value::Byte(_) => Some(1),
        Value::Short(_) | Value::Character(_) => Some(2),
        Value::Integer(_) | Value::Float(_) => Some(4),
        Value::Long(_) | Value::Double(_) => Some(8),
        _ => None,
    }
}

/// The limits among the fields of `Character`.
fn of_character(name: &str) -> Option<Value> {
    Some(match name {
        "MIN_VALUE" => Value::Character(0),
        "MAX_VALUE" => Value::Character(u16::MAX),
        "MIN_RADIX" => Value::Integer(2),
        "MAX_RADIX" => Value::Integer(36),
        "MIN_CODE_POINT" => Value::Integer(0),
        "MAX_CODE_POINT" => Value::Integer(0x10_FFFF),
        "MIN_SUPPLEMENTARY_CODE_POINT" => Value::Integer(0x1_0000),
        "MIN_SURROGATE" | "MIN_HIGH_SURROGATE" => Value::Character(0xD800),
        "MAX_HIGH_SURROGATE" => Value::Character(0xDBFF),
        "MIN_LOW_SURROGATE" => Value::Character(0xDC00),
        "MAX_SURROGATE" | "MAX_LOW_SURROGATE" => Value::Character(0xDFFF),
        _ => return None,
    })
}

/// The `ROUND_…` numbers of `BigDecimal`.
fn rounding(name: &str) -> Option<i32> {
    const NAMES: [&str; 8] = [
        "UP",
        "DOWN",
        "CEILING",
        "FLOOR",
        "HALF_UP",
        "HALF_DOWN",
        "HALF_EVEN",
        "UNNECESSARY",
    ];
    let mode = name.strip_prefix("ROUND_")?;
    let place = NAMES.iter().position(|known| *known == mode)?;
    i32::try_from(place).ok()
}
