//! Narrowing numbers to smaller classes, as a last try to find a method (`spec/jexl.md` §7.1) and after a unary minus.

use num_traits::{Signed as _, ToPrimitive as _};

use super::decimal;
use crate::Value;

/// The number in the smallest class that holds it: `Byte`, `Short`, `Integer` or `Long`; positive doubles become
/// `Float`. A big integer beyond `int` stays one, as does a decimal that is not positive. Everything else is handed
/// back.
pub(crate) fn narrow(value: &Value) -> Value {
    match value {
        Value::Float(_) | Value::Double(_) => narrow_double(value),
        // The library takes the least positive double for the least double.
        Value::BigDecimal(number) if !number.is_positive() => value.clone(),
        Value::BigDecimal(number) => match decimal::to_long_exact(number) {
            Some(whole) => i32::try_from(whole).map_or(Value::Long(whole), Value::Integer),
            // The library goes on with the whole part, whatever is behind the point.
            None => decimal::to_big_integer(number)
                .ok()
                .and_then(|whole| whole.to_i64())
                .and_then(smallest)
                .unwrap_or_else(|| value.clone()),
        },
        Value::BigInteger(number) => match number.to_i64() {
            Some(whole) => smallest(whole).unwrap_or_else(|| value.clone()),
            None => value.clone(),
        },
        _ => value
            .as_i64()
            .and_then(smallest)
            .unwrap_or_else(|| value.clone()),
    }
}

fn smallest(number: i64) -> Option<Value> {
    i8::try_from(number)
        .map(Value::Byte)
        .or_else(|_| i16::try_from(number).map(Value::Short))
        .or_else(|_| i32::try_from(number).map(Value::Integer))
        .ok()
}

fn narrow_double(value: &Value) -> Value {
    /// The smallest positive float; the library lets nothing below it become one, negative numbers included.
    const LEAST: f64 = 1.401_298_464_324_817e-45;
    match value {
        Value::Double(number) if (LEAST..=f64::from(f32::MAX)).contains(number) => {
            #[expect(clippy::cast_possible_truncation, reason = "the loss is the library's")]
            let float = *number as f32;
            Value::Float(float)
        }
        _ => value.clone(),
    }
}

/// A negated literal goes back to `Integer` if it fits, so that `-2147483648` is one.
pub(crate) fn narrow_to(value: Value) -> Value {
    match value.as_i64().map(i32::try_from) {
        Some(Ok(number)) => Value::Integer(number),
        _ => value,
    }
}
