//! Division of `BigDecimal`s, and how what does not come out even is rounded.

use bigdecimal::BigDecimal;
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{Signed as _, Zero as _};

use super::big::{Big as _, scaled, with};
use super::big_integer::pair;
use crate::methods::Arguments;
use crate::methods::method::{Method, rows};
use crate::operators::decimal::{division_by_zero, padded, parts, without_zeros};
use crate::{Failure, OpResult, Value};

pub(super) const METHODS: &[Method] = rows! { BigDecimal as Any:
    divide(BigDecimal) -> BigDecimal, 1, divide, "The quotient, if its digits end.";
    /// The quotient with as many digits behind the point as the number has, rounded by one of the ROUND_… modes.
    divide(BigDecimal, Integer) -> BigDecimal, 1, divide_rounded;
    /// The quotient with so many digits behind the point, rounded by one of the ROUND_… modes.
    divide(BigDecimal, Integer, Integer) -> BigDecimal, 1, divide_to_scale;
    divideToIntegralValue(BigDecimal) -> BigDecimal, 1, divide_whole, "The whole part of the quotient.";
    remainder(BigDecimal) -> BigDecimal, 1, remainder, "The remainder, with the sign of the number.";
    /// The whole part of the quotient, and the remainder.
    divideAndRemainder(BigDecimal) -> Array, 1, divide_and_remainder;
};

/// Modes of rounding, by their numbers in Java.
pub(super) const UP: i32 = 0;
const DOWN: i32 = 1;
const CEILING: i32 = 2;
const FLOOR: i32 = 3;
const HALF_UP: i32 = 4;
const HALF_DOWN: i32 = 5;
const HALF_EVEN: i32 = 6;
pub(super) const UNNECESSARY: i32 = 7;

pub(super) fn inexact() -> Failure {
    Failure::arithmetic("digits would have to be rounded")
}

/// The whole quotient of two numbers, rounded by a mode.
pub(super) fn rounded(dividend: &BigInt, divisor: &BigInt, mode: i32) -> OpResult<BigInt> {
    let (quotient, rest) = dividend.div_rem(divisor);
    let negative = dividend.is_negative() != divisor.is_negative();
    let half = (rest.abs() * 2_u32).cmp(&divisor.abs());
    let away = match mode {
        UP => true,
        DOWN => false,
        CEILING => !negative,
        FLOOR => negative,
        HALF_UP => half.is_ge(),
        HALF_DOWN => half.is_gt(),
        HALF_EVEN => half.is_gt() || (half.is_eq() && quotient.is_odd()),
        UNNECESSARY if rest.is_zero() => false,
        UNNECESSARY => return Err(inexact()),
        _ => return Err(Failure::method(format!("{mode} is no mode of rounding"))),
    };
    Ok(match (away && !rest.is_zero(), negative) {
        (false, _) => quotient,
        (true, false) => quotient + 1_u32,
        (true, true) => quotient - 1_u32,
    })
}

fn divide(value: &Value, arguments: Arguments<'_>) -> OpResult {
    with::<BigDecimal>(value, arguments, quotient)
}

/// The exact quotient, with no more digits than needed.
fn quotient(own: &BigDecimal, other: &BigDecimal) -> OpResult<BigDecimal> {
    let ((x, x_scale), (y, y_scale)) = (parts(own), parts(other));
    if y.is_zero() {
        return Err(division_by_zero());
    }
    let preferred = x_scale.saturating_sub(y_scale);
    if x.is_zero() {
        return scaled(x, preferred);
    }
    let mut denominator = (&y / x.gcd(&y)).abs();
    let (mut twos, mut fives) = (0_u32, 0_u32);
    for (prime, count) in [(2_u32, &mut twos), (5, &mut fives)] {
        while (&denominator % prime).is_zero() {
            denominator /= prime;
            *count += 1;
        }
    }
    if denominator != BigInt::from(1) {
        return Err(Failure::arithmetic("the digits of the quotient never end"));
    }
    let more = i64::from(twos.max(fives));
    scaled(padded(&x, more)? / y, preferred.saturating_add(more))
}

fn divide_rounded(value: &Value, arguments: Arguments<'_>) -> OpResult {
    let scale = parts(BigDecimal::of(value)?).1;
    rounded_quotient(value, arguments, scale, arguments.int(1)?)
}

fn divide_to_scale(value: &Value, arguments: Arguments<'_>) -> OpResult {
    let scale = i64::from(arguments.int(1)?);
    rounded_quotient(value, arguments, scale, arguments.int(2)?)
}

fn rounded_quotient(value: &Value, arguments: Arguments<'_>, scale: i64, mode: i32) -> OpResult {
    let (own, other) = (BigDecimal::of(value)?, BigDecimal::of(arguments.get(0))?);
    let ((x, x_scale), (y, y_scale)) = (parts(own), parts(other));
    if !(UP..=UNNECESSARY).contains(&mode) {
        return Err(Failure::method(format!("{mode} is no mode of rounding")));
    }
    if y.is_zero() {
        return Err(division_by_zero());
    }
    let shift = scale.saturating_sub(x_scale).saturating_add(y_scale);
    let digits = if shift >= 0 {
        rounded(&padded(&x, shift)?, &y, mode)?
    } else {
        rounded(&x, &padded(&y, shift)?, mode)?
    };
    scaled(digits, scale).map(Into::into)
}

fn divide_whole(value: &Value, arguments: Arguments<'_>) -> OpResult {
    with::<BigDecimal>(value, arguments, whole_quotient)
}

fn remainder(value: &Value, arguments: Arguments<'_>) -> OpResult {
    with::<BigDecimal>(value, arguments, rest)
}

fn divide_and_remainder(value: &Value, arguments: Arguments<'_>) -> OpResult {
    let (own, other) = (BigDecimal::of(value)?, BigDecimal::of(arguments.get(0))?);
    let (quotient, rest) = (whole_quotient(own, other)?, rest(own, other)?);
    Ok(pair("java.math.BigDecimal", quotient.into(), rest.into()))
}

/// The quotient cut to a whole number, with the difference of the scales where zeros allow it.
fn whole_quotient(own: &BigDecimal, other: &BigDecimal) -> OpResult<BigDecimal> {
    let ((x, x_scale), (y, y_scale)) = (parts(own), parts(other));
    if y.is_zero() {
        return Err(division_by_zero());
    }
    let preferred = x_scale.saturating_sub(y_scale);
    let digits = if preferred >= 0 {
        x / padded(&y, preferred)?
    } else {
        padded(&x, preferred)? / y
    };
    if digits.is_zero() {
        return scaled(digits, preferred);
    }
    if preferred >= 0 {
        return scaled(padded(&digits, preferred)?, preferred);
    }
    Ok(without_zeros(&BigDecimal::new(digits, 0), preferred))
}

fn rest(own: &BigDecimal, other: &BigDecimal) -> OpResult<BigDecimal> {
    own.subtract(&whole_quotient(own, other)?.multiply(other)?)
}
