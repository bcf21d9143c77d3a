//! `+ - * / %` and the unary minus (`spec/jexl.md` §5.2–5.4).

use bigdecimal::BigDecimal;
use num_bigint::BigInt;
use num_traits::{Signed as _, ToPrimitive as _, Zero as _};

use super::coerce::{null_operand, to_big_decimal, to_big_integer, to_double, to_text};
use super::decimal::too_many_digits;
use super::{decimal, known};
use crate::budget;
use crate::limits::MAX_NUMBER_DIGITS;
use crate::value::JavaString;
use crate::{ErrorKind, Failure, OpResult, Value};

/// An operator in each of the three domains.
struct Domains {
    decimal: fn(&BigDecimal, &BigDecimal) -> OpResult<BigDecimal>,
    double: fn(f64, f64) -> OpResult<f64>,
    whole: fn(&BigInt, &BigInt) -> OpResult<BigInt>,
    /// For operands that fit; `None` sends them to `whole`.
    small: fn(i64, i64) -> Option<i64>,
}

/// `a + b`: a string on either side joins texts, otherwise numbers are added.
pub(crate) fn add(a: &Value, b: &Value) -> OpResult {
    if let (Value::Integer(a), Value::Integer(b)) = (a, b)
        && let Some(sum) = a.checked_add(*b)
    {
        return Ok(Value::Integer(sum));
    }
    known(&[a, b])?;
    if a.is_null() && b.is_null() {
        return Err(null_operand());
    }
    if matches!(a, Value::String(_)) || matches!(b, Value::String(_)) {
        return join(a, b);
    }
    let sum = apply(
        a,
        b,
        &Domains {
            decimal: decimal::add,
            double: |a, b| Ok(a + b),
            whole: |a, b| Ok(a + b),
            small: i64::checked_add,
        },
    );
    match sum {
        // Infinity has no decimal: the library falls back to joining texts.
        Err(failure) if failure.kind() == Some(ErrorKind::NumberFormat) => join(a, b),
        sum => sum,
    }
}

fn join(a: &Value, b: &Value) -> OpResult {
    let (a, b): (JavaString, JavaString) = (to_text(a)?, to_text(b)?);
    if a.bytes() + b.bytes() > crate::limits::MAX_RESULT_BYTES {
        return Err(crate::value::too_long());
    }
    budget::read_bytes(a.bytes() + b.bytes())?;
    Ok(Value::String(a.concat(&b)))
}

/// `a - b`
pub(crate) fn subtract(a: &Value, b: &Value) -> OpResult {
    binary(
        a,
        b,
        &Domains {
            decimal: decimal::subtract,
            double: |a, b| Ok(a - b),
            whole: |a, b| Ok(a - b),
            small: i64::checked_sub,
        },
    )
}

/// `a * b`
pub(crate) fn multiply(a: &Value, b: &Value) -> OpResult {
    binary(
        a,
        b,
        &Domains {
            decimal: |a, b| Ok(decimal::multiply(a, b)),
            double: |a, b| Ok(a * b),
            whole: |a, b| Ok(a * b),
            small: i64::checked_mul,
        },
    )
}

/// `a / b`: whole numbers are cut towards zero, zero as divisor is an error in every domain.
pub(crate) fn divide(a: &Value, b: &Value) -> OpResult {
    binary(
        a,
        b,
        &Domains {
            decimal: decimal::divide,
            double: |a, b| not_zero(b, a / b),
            whole: |a, b| {
                if b.is_zero() {
                    return Err(division_by_zero());
                }
                Ok(a / b)
            },
            small: i64::checked_div,
        },
    )
}

/// `a % b`: never negative on whole numbers, whose divisor must be positive; Java's remainder in the other domains.
pub(crate) fn modulo(a: &Value, b: &Value) -> OpResult {
    binary(
        a,
        b,
        &Domains {
            decimal: decimal::remainder,
            double: |a, b| not_zero(b, a % b),
            whole: |a, b| {
                if b.is_zero() {
                    return Err(division_by_zero());
                }
                if b.is_negative() {
                    return Err(Failure::arithmetic("the divisor of % is negative"));
                }
                Ok(((a % b) + b) % b)
            },
            small: |a, b| (b > 0).then(|| a.rem_euclid(b)),
        },
    )
}

fn division_by_zero() -> Failure {
    Failure::arithmetic("division by zero")
}

fn not_zero(divisor: f64, result: f64) -> OpResult<f64> {
    if divisor == 0.0 {
        return Err(division_by_zero());
    }
    Ok(result)
}

fn binary(a: &Value, b: &Value, domains: &Domains) -> OpResult {
    known(&[a, b])?;
    if a.is_null() && b.is_null() {
        return Err(null_operand());
    }
    apply(a, b, domains)
}

/// Chooses the domain and narrows the result. Operands are coerced from left to right; the first that cannot be decides
/// the error.
fn apply(a: &Value, b: &Value, domains: &Domains) -> OpResult {
    if matches!(a, Value::BigDecimal(_)) || matches!(b, Value::BigDecimal(_)) {
        let (x, y) = (to_big_decimal(a)?, to_big_decimal(b)?);
        decimal::pay(&x, &y)?;
        let result = (domains.decimal)(&x, &y)?;
        return Ok(narrow_decimal(a, b, result));
    }
    if looks_floating(a) || looks_floating(b) {
        let (a, b) = (to_double(a)?, to_double(b)?);
        return (domains.double)(a, b).map(Value::Double);
    }
    if let (Some(x), Some(y)) = (a.as_i64(), b.as_i64())
        && let Some(result) = (domains.small)(x, y)
    {
        return Ok(narrow_whole(a, b, result));
    }
    let (x, y) = (to_big_integer(a)?, to_big_integer(b)?);
    // A decimal digit takes more than three bits.
    if x.bits() + y.bits() > MAX_NUMBER_DIGITS as u64 * 3 {
        return Err(too_many_digits());
    }
    budget::multiply_bits(x.bits(), y.bits())?;
    let result = (domains.whole)(&x, &y)?;
    let stays_big = matches!(a, Value::BigInteger(_)) || matches!(b, Value::BigInteger(_));
    Ok(match result.to_i64() {
        Some(small) if !stays_big => narrow_whole(a, b, small),
        _ => Value::from(result),
    })
}

/// Whether an operand calls for floating-point numbers: by class, or a text with a point or an exponent.
fn looks_floating(value: &Value) -> bool {
    match value {
        Value::Float(_) | Value::Double(_) => true,
        // A text that is read as a number is paid for where that is done.
        Value::String(text) => text.as_str().is_some_and(is_floating_text),
        _ => false,
    }
}

/// Sign, digits, a point with digits, an exponent; at least a point or an exponent.
fn is_floating_text(text: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    rest = &rest[digits(rest)..];
    let mut floating = false;
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = &fraction[digits(fraction)..];
        floating = true;
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let count = digits(exponent);
        rest = &exponent[count..];
        floating = count > 0;
    }
    floating && rest.is_empty()
}

/// An `Integer` where the result fits and no operand was `Long`.
fn narrow_whole(a: &Value, b: &Value, result: i64) -> Value {
    let long = matches!(a, Value::Long(_)) || matches!(b, Value::Long(_));
    match i32::try_from(result) {
        Ok(small) if !long => Value::Integer(small),
        _ => Value::Long(result),
    }
}

/// A whole number where one operand was one and the result has no fraction.
fn narrow_decimal(a: &Value, b: &Value, result: BigDecimal) -> Value {
    let whole = |value: &Value| value.as_i64().is_some() || matches!(value, Value::Character(_));
    if (whole(a) || whole(b))
        && let Some(number) = decimal::to_long_exact(&result)
    {
        return i32::try_from(number).map_or(Value::Long(number), Value::Integer);
    }
    Value::from(result)
}

/// `-a`: numbers keep their class, booleans are inverted, everything else is an error, also null and texts of numbers.
pub(crate) fn negate(a: &Value) -> OpResult {
    Ok(match a {
        Value::Byte(number) => Value::Byte(number.wrapping_neg()),
        Value::Short(number) => Value::Short(number.wrapping_neg()),
        Value::Integer(number) => Value::Integer(number.wrapping_neg()),
        Value::Long(number) => Value::Long(number.wrapping_neg()),
        Value::BigInteger(number) => Value::from(-&**number),
        Value::Float(number) => Value::Float(-number),
        Value::Double(number) => Value::Double(-number),
        Value::BigDecimal(number) => Value::from(-&**number),
        Value::Boolean(value) => Value::Boolean(!value),
        Value::Unknown(unknown) => return Err(Failure::from(unknown)),
        _ => {
            return Err(Failure::arithmetic(format!(
                "{} cannot be negated",
                a.described()
            )));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_widen_as_they_grow() {
        let max = Value::Integer(i32::MAX);
        assert_eq!(add(&max, &1.into()).unwrap().type_name(), "Long");
        let max = Value::Long(i64::MAX);
        assert_eq!(multiply(&max, &2.into()).unwrap().type_name(), "BigInteger");
        let sum = add(&Value::Long(1), &1.into()).unwrap();
        assert_eq!(sum.type_name(), "Long");
    }

    #[test]
    fn which_texts_are_floating() {
        for text in ["1.5", ".5", "5.", "1e5", "-1.5E-3", "."] {
            assert!(is_floating_text(text), "{text}");
        }
        for text in ["", "1", "abc", "1e", "1.5x", "NaN", "1.5 ", "1.5\n"] {
            assert!(!is_floating_text(text), "{text}");
        }
    }

    #[test]
    fn the_first_operand_that_fails_decides_the_error() {
        let list = Value::list(Vec::new());
        let kind = |result: OpResult| result.unwrap_err().kind().unwrap();
        assert_eq!(kind(add(&list, &Value::Null)), ErrorKind::Arithmetic);
        assert_eq!(
            kind(multiply(&"abc".into(), &Value::Null)),
            ErrorKind::NumberFormat
        );
        assert_eq!(
            kind(subtract(&Value::Null, &"true".into())),
            ErrorKind::NullOperand
        );
        assert_eq!(kind(modulo(&7.into(), &(-3).into())), ErrorKind::Arithmetic);
        assert_eq!(kind(divide(&1.into(), &0.0.into())), ErrorKind::Arithmetic);
    }

    #[test]
    fn numbers_cannot_grow_without_bound() {
        let mut value = Value::Long(i64::MAX);
        let grown = loop {
            match multiply(&value, &value) {
                Ok(square) => value = square,
                Err(failure) => break failure,
            }
        };
        assert_eq!(grown.kind(), Some(ErrorKind::Limit));
    }
}
