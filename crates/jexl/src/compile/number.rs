//! Number literals (`spec/jexl.md` §2.7).

use num_bigint::BigInt;
use num_traits::Num as _;
use pipewright_syntax::{Number, NumberForm};

use crate::limits::MAX_NUMBER_DIGITS;
use crate::operators::parse_decimal;
use crate::value::JavaString;
use crate::{Failure, OpResult, Value};

/// The value of a literal.
pub(super) fn value(number: &Number) -> OpResult {
    if number.digits.len() > MAX_NUMBER_DIGITS {
        return Err(Failure::limit(format!(
            "a number has more than {MAX_NUMBER_DIGITS} digits"
        )));
    }
    let digits = &*number.digits;
    let radix = match number.form {
        NumberForm::NaN => return Ok(Value::Double(f64::NAN)),
        NumberForm::Real => return real(digits, number.suffix),
        NumberForm::Decimal => 10,
        NumberForm::Octal => 8,
        NumberForm::Hexadecimal => 16,
    };
    let digits = if digits.is_empty() { "0" } else { digits };
    let big = BigInt::from_str_radix(digits, radix).unwrap_or_default();
    let long = i64::try_from(&big).ok();
    Ok(match (number.suffix, long) {
        (Some('h'), _) | (None, None) => Value::from(big),
        (Some('l'), Some(long)) => Value::Long(long),
        (Some('l'), None) => {
            return Err(Failure::new(
                crate::ErrorKind::Syntax,
                format!("{digits} does not fit a Long"),
            ));
        }
        (_, Some(long)) => i32::try_from(long).map_or(Value::Long(long), Value::Integer),
        _ => return real(digits, number.suffix),
    })
}

/// A literal with a point, an exponent or a suffix of the floating kinds.
fn real(digits: &str, suffix: Option<char>) -> OpResult {
    Ok(match suffix {
        Some('b') => Value::from(parse_decimal(&JavaString::from(digits))?),
        Some('f') => Value::Float(digits.parse().unwrap_or(f32::NAN)),
        _ => Value::Double(digits.parse().unwrap_or(f64::NAN)),
    })
}
