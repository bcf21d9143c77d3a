//! Methods of `BigDecimal` alone, but for division.

use bigdecimal::BigDecimal;
use num_traits::{Signed as _, Zero as _};

use super::big::{Big as _, scaled};
use super::division::{UNNECESSARY, UP, inexact, rounded};
use crate::limits::MAX_NUMBER_DIGITS;
use crate::methods::method::{Method, rows};
use crate::methods::{Arguments, int};
use crate::number_text::double_text;
use crate::operators::decimal::{digit_count, padded, parts, power_of_ten, without_zeros};
use crate::operators::{parse_decimal, to_big_integer, too_many_digits};
use crate::{Failure, OpResult, Value};

pub(super) const STATIC: &[Method] = rows! { BigDecimal as Static:
    /// The digits of the argument as a BigDecimal; the object does not count.
    valueOf(Double) -> BigDecimal, 1, of_double;
    /// The digits and how many of them stand behind the point; the object does not count.
    valueOf(Long, Integer) -> BigDecimal, 1, of_digits;
};

pub(super) const METHODS: &[Method] = rows! { BigDecimal as Any:
    /// The number with so many digits behind the point, if none but zeros are lost.
    setScale(Integer) -> BigDecimal, 1, set_scale;
    /// The number with so many digits behind the point, rounded by one of the ROUND_… modes.
    setScale(Integer, Integer) -> BigDecimal, 1, set_scale_rounded;
    movePointLeft(Integer) -> BigDecimal, 1, move_left, "The number with its point moved.";
    movePointRight(Integer) -> BigDecimal, 1, move_right, "The number with its point moved.";
    scaleByPowerOfTen(Integer) -> BigDecimal, 1, times_power_of_ten, "The number times a power of ten.";
    scale() -> Integer, 1, scale, "The number of digits behind the point.";
    precision() -> Integer, 1, precision, "The number of digits.";
    unscaledValue() -> BigInteger, 1, digits, "The digits without the point.";
    ulp() -> BigDecimal, 1, last_digit, "The worth of the last digit.";
    plus() -> BigDecimal, 1, itself, "The number itself.";
    stripTrailingZeros() -> BigDecimal, 1, strip_zeros, "The number without zeros at its end.";
    toPlainString() -> Text, 1, plain_text, "The digits without an exponent.";
    toBigInteger() -> BigInteger, 1, whole_part, "The whole part.";
    toBigIntegerExact() -> BigInteger, 1, exact_whole, "The number as a BigInteger, if it has no fraction.";
};

fn of_double(arguments: Arguments<'_>) -> OpResult {
    let digits = double_text(arguments.double(0)?);
    parse_decimal(&digits.into())
        .map(Value::from)
        .map_err(|_| Failure::method("NaN and infinities are no BigDecimal"))
}

fn of_digits(arguments: Arguments<'_>) -> OpResult {
    let digits = arguments.long(0)?.into();
    Ok(BigDecimal::new(digits, i64::from(arguments.int(1)?)).into())
}

fn set_scale(value: &Value, arguments: Arguments<'_>) -> OpResult {
    let scale = i64::from(arguments.int(0)?);
    rescaled(BigDecimal::of(value)?, scale, UNNECESSARY)
}

fn set_scale_rounded(value: &Value, arguments: Arguments<'_>) -> OpResult {
    let scale = i64::from(arguments.int(0)?);
    rescaled(BigDecimal::of(value)?, scale, arguments.int(1)?)
}

fn rescaled(number: &BigDecimal, scale: i64, mode: i32) -> OpResult {
    let (digits, own) = parts(number);
    let digits = match scale.checked_sub(own) {
        Some(zeros) if zeros >= 0 && (UP..=UNNECESSARY).contains(&mode) => padded(&digits, zeros)?,
        Some(less) => rounded(&digits, &power_of_ten(less.unsigned_abs())?, mode)?,
        None => return Err(too_many_digits()),
    };
    scaled(digits, scale).map(Into::into)
}

fn move_left(value: &Value, arguments: Arguments<'_>) -> OpResult {
    with_point(value, i64::from(arguments.int(0)?))
}

fn move_right(value: &Value, arguments: Arguments<'_>) -> OpResult {
    with_point(value, -i64::from(arguments.int(0)?))
}

/// The number with its point moved to the left, written without a negative scale.
fn with_point(value: &Value, left: i64) -> OpResult {
    if left == 0 {
        return Ok(value.clone());
    }
    let (digits, scale) = parts(BigDecimal::of(value)?);
    let scale = scale + left;
    if scale < 0 {
        return scaled(padded(&digits, scale)?, 0).map(Into::into);
    }
    scaled(digits, scale).map(Into::into)
}

fn times_power_of_ten(value: &Value, arguments: Arguments<'_>) -> OpResult {
    let (digits, scale) = parts(BigDecimal::of(value)?);
    scaled(digits, scale - i64::from(arguments.int(0)?)).map(Into::into)
}

fn scale(value: &Value, _: Arguments<'_>) -> OpResult {
    let scale = parts(BigDecimal::of(value)?).1;
    Ok(Value::Integer(i32::try_from(scale).unwrap_or(i32::MAX)))
}

fn precision(value: &Value, _: Arguments<'_>) -> OpResult {
    let digits = digit_count(&parts(BigDecimal::of(value)?).0);
    Ok(int(usize::try_from(digits).unwrap_or(usize::MAX)))
}

fn digits(value: &Value, _: Arguments<'_>) -> OpResult {
    Ok(parts(BigDecimal::of(value)?).0.into())
}

fn last_digit(value: &Value, _: Arguments<'_>) -> OpResult {
    let scale = parts(BigDecimal::of(value)?).1;
    Ok(BigDecimal::new(1.into(), scale).into())
}

fn itself(value: &Value, _: Arguments<'_>) -> OpResult {
    Ok(value.clone())
}

fn strip_zeros(value: &Value, _: Arguments<'_>) -> OpResult {
    let number = BigDecimal::of(value)?;
    Ok(if number.is_zero() {
        BigDecimal::zero().into()
    } else {
        without_zeros(number, i64::MIN).into()
    })
}

fn plain_text(value: &Value, _: Arguments<'_>) -> OpResult {
    let (digits, scale) = parts(BigDecimal::of(value)?);
    if scale.unsigned_abs() > MAX_NUMBER_DIGITS as u64 {
        return Err(too_many_digits());
    }
    if scale < 0 {
        return Ok(Value::from(padded(&digits, scale)?.to_string()));
    }
    let sign = if digits.is_negative() { "-" } else { "" };
    let width = usize::try_from(scale).unwrap_or(0);
    let text = format!("{:0>1$}", digits.magnitude().to_string(), width + 1);
    let (before, after) = text.split_at(text.len() - width);
    let point = if after.is_empty() { "" } else { "." };
    Ok(Value::from(format!("{sign}{before}{point}{after}")))
}

fn whole_part(value: &Value, _: Arguments<'_>) -> OpResult {
    to_big_integer(value).map(Into::into)
}

fn exact_whole(value: &Value, _: Arguments<'_>) -> OpResult {
    let number = BigDecimal::of(value)?;
    let (digits, scale) = parts(&without_zeros(number, 0));
    if scale > 0 {
        return Err(inexact());
    }
    Ok(padded(&digits, scale)?.into())
}
