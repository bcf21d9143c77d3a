//! Methods of `BigDecimal` alone.

use bigdecimal::BigDecimal;
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{Signed as _, Zero as _};

use super::arguments::{Arguments, Type};
use super::big::{Big as _, row, scaled, with};
use super::big_integer::pair;
use super::{Call, Method, Receiver, int};
use crate::limits::MAX_NUMBER_DIGITS;
use crate::number_text::double_text;
use crate::operators::decimal::{
    digit_count, division_by_zero, padded, parts, power_of_ten, without_zeros,
};
use crate::operators::{parse_decimal, to_big_integer, too_many_digits};
use crate::{Failure, OpResult, Value};

const BIG: &[Type] = &[Type::BigDecimal];
const INT: &[Type] = &[Type::Integer];

/// A static method.
const fn of(
    name: &'static str,
    parameters: &'static [Type],
    doc: &'static str,
    call: fn(Arguments<'_>) -> OpResult,
) -> Method {
    Method::new(
        Receiver::BigDecimal,
        name,
        parameters,
        Type::BigDecimal,
        doc,
        Call::Static(call),
    )
}

pub(super) const METHODS: &[Method] = &[
    of(
        "valueOf",
        &[Type::Double],
        "The digits of the argument as a BigDecimal; the object does not count.",
        |a| {
            let digits = double_text(a.double(0)?);
            parse_decimal(&digits.into())
                .map(Value::from)
                .map_err(|_| Failure::method("NaN and infinities are no BigDecimal"))
        },
    ),
    of(
        "valueOf",
        &[Type::Long, Type::Integer],
        "The digits and how many of them stand behind the point; the object does not count.",
        |a| Ok(BigDecimal::new(a.long(0)?.into(), i64::from(a.int(1)?)).into()),
    ),
    row::<BigDecimal>(
        "divide",
        BIG,
        Type::BigDecimal,
        "The quotient, if its digits end.",
        |value, a| with::<BigDecimal>(value, a, quotient),
    ),
    row::<BigDecimal>(
        "divide",
        &[Type::BigDecimal, Type::Integer],
        Type::BigDecimal,
        "The quotient with as many digits behind the point as the number has, rounded by one of the ROUND_… modes.",
        |value, a| {
            let scale = parts(BigDecimal::of(value)?).1;
            rounded_quotient(value, a, scale, a.int(1)?)
        },
    ),
    row::<BigDecimal>(
        "divide",
        &[Type::BigDecimal, Type::Integer, Type::Integer],
        Type::BigDecimal,
        "The quotient with so many digits behind the point, rounded by one of the ROUND_… modes.",
        |value, a| rounded_quotient(value, a, i64::from(a.int(1)?), a.int(2)?),
    ),
    row::<BigDecimal>(
        "divideToIntegralValue",
        BIG,
        Type::BigDecimal,
        "The whole part of the quotient.",
        |value, a| with::<BigDecimal>(value, a, whole_quotient),
    ),
    row::<BigDecimal>(
        "remainder",
        BIG,
        Type::BigDecimal,
        "The remainder, with the sign of the number.",
        |value, a| with::<BigDecimal>(value, a, remainder),
    ),
    row::<BigDecimal>(
        "divideAndRemainder",
        BIG,
        Type::Array,
        "The whole part of the quotient, and the remainder.",
        |value, a| {
            let (own, other) = (BigDecimal::of(value)?, BigDecimal::of(a.get(0))?);
            let (quotient, rest) = (whole_quotient(own, other)?, remainder(own, other)?);
            Ok(pair("java.math.BigDecimal", quotient.into(), rest.into()))
        },
    ),
    row::<BigDecimal>(
        "setScale",
        INT,
        Type::BigDecimal,
        "The number with so many digits behind the point, if none but zeros are lost.",
        |value, a| rescaled(BigDecimal::of(value)?, i64::from(a.int(0)?), UNNECESSARY),
    ),
    row::<BigDecimal>(
        "setScale",
        &[Type::Integer, Type::Integer],
        Type::BigDecimal,
        "The number with so many digits behind the point, rounded by one of the ROUND_… modes.",
        |value, a| rescaled(BigDecimal::of(value)?, i64::from(a.int(0)?), a.int(1)?),
    ),
    row::<BigDecimal>(
        "movePointLeft",
        INT,
        Type::BigDecimal,
        "The number with its point moved.",
        |value, a| with_point(value, i64::from(a.int(0)?)),
    ),
    row::<BigDecimal>(
        "movePointRight",
        INT,
        Type::BigDecimal,
        "The number with its point moved.",
        |value, a| with_point(value, -i64::from(a.int(0)?)),
    ),
    row::<BigDecimal>(
        "scaleByPowerOfTen",
        INT,
        Type::BigDecimal,
        "The number times a power of ten.",
        |value, a| {
            let (digits, scale) = parts(BigDecimal::of(value)?);
            scaled(digits, scale - i64::from(a.int(0)?)).map(Into::into)
        },
    ),
    row::<BigDecimal>(
        "scale",
        &[],
        Type::Integer,
        "The number of digits behind the point.",
        |value, _| {
            let scale = parts(BigDecimal::of(value)?).1;
            Ok(Value::Integer(i32::try_from(scale).unwrap_or(i32::MAX)))
        },
    ),
    row::<BigDecimal>(
        "precision",
        &[],
        Type::Integer,
        "The number of digits.",
        |value, _| {
            let digits = digit_count(&parts(BigDecimal::of(value)?).0);
            Ok(int(usize::try_from(digits).unwrap_or(usize::MAX)))
        },
    ),
    row::<BigDecimal>(
        "unscaledValue",
        &[],
        Type::BigInteger,
        "The digits without the point.",
        |value, _| Ok(parts(BigDecimal::of(value)?).0.into()),
    ),
    row::<BigDecimal>(
        "ulp",
        &[],
        Type::BigDecimal,
        "The worth of the last digit.",
        |value, _| Ok(BigDecimal::new(1.into(), parts(BigDecimal::of(value)?).1).into()),
    ),
    row::<BigDecimal>(
        "plus",
        &[],
        Type::BigDecimal,
        "The number itself.",
        |value, _| Ok(value.clone()),
    ),
    row::<BigDecimal>(
        "stripTrailingZeros",
        &[],
        Type::BigDecimal,
        "The number without zeros at its end.",
        |value, _| {
            let number = BigDecimal::of(value)?;
            Ok(if number.is_zero() {
                BigDecimal::zero().into()
            } else {
                without_zeros(number, i64::MIN).into()
            })
        },
    ),
    row::<BigDecimal>(
        "toPlainString",
        &[],
        Type::Text,
        "The digits without an exponent.",
        |value, _| plain_text(BigDecimal::of(value)?),
    ),
    row::<BigDecimal>(
        "toBigInteger",
        &[],
        Type::BigInteger,
        "The whole part.",
        |value, _| to_big_integer(value).map(Into::into),
    ),
    row::<BigDecimal>(
        "toBigIntegerExact",
        &[],
        Type::BigInteger,
        "The number as a BigInteger, if it has no fraction.",
        |value, _| {
            let number = BigDecimal::of(value)?;
            let (digits, scale) = parts(&without_zeros(number, 0));
            if scale > 0 {
                return Err(inexact());
            }
            Ok(padded(&digits, scale)?.into())
        },
    ),
];

/// Modes of rounding, by their numbers in Java.
const UP: i32 = 0;
const DOWN: i32 = 1;
const CEILING: i32 = 2;
const FLOOR: i32 = 3;
const HALF_UP: i32 = 4;
const HALF_DOWN: i32 = 5;
const HALF_EVEN: i32 = 6;
const UNNECESSARY: i32 = 7;

fn inexact() -> Failure {
    Failure::arithmetic("digits would have to be rounded")
}

/// The whole quotient of two numbers, rounded by a mode.
fn rounded(dividend: &BigInt, divisor: &BigInt, mode: i32) -> OpResult<BigInt> {
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

fn rescaled(number: &BigDecimal, scale: i64, mode: i32) -> OpResult {
    let (digits, own) = parts(number);
    let digits = match scale.checked_sub(own) {
        Some(zeros) if zeros >= 0 && (UP..=UNNECESSARY).contains(&mode) => padded(&digits, zeros)?,
        Some(less) => rounded(&digits, &power_of_ten(less.unsigned_abs())?, mode)?,
        None => return Err(too_many_digits()),
    };
    scaled(digits, scale).map(Into::into)
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

fn remainder(own: &BigDecimal, other: &BigDecimal) -> OpResult<BigDecimal> {
    own.subtract(&whole_quotient(own, other)?.multiply(other)?)
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

fn plain_text(number: &BigDecimal) -> OpResult {
    let (digits, scale) = parts(number);
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
