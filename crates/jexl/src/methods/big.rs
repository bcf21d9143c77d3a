//! Methods of `BigInteger` and `BigDecimal`.

use bigdecimal::BigDecimal;
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{Signed as _, ToPrimitive as _, Zero as _};

use super::arguments::{Arguments, Type, null_argument};
use super::{Call, Method, Receiver};
use crate::limits::MAX_NUMBER_DIGITS;
use crate::operators::too_many_digits;
use crate::{Failure, Outcome, Value};

const BIG: &[Type] = &[Type::BigInteger];

const fn big(
    name: &'static str,
    parameters: &'static [Type],
    returns: Type,
    doc: &'static str,
    call: fn(&Value, Arguments<'_>) -> Outcome,
) -> Method {
    Method::new(
        Receiver::BigInteger,
        name,
        parameters,
        returns,
        doc,
        Call::Any(call),
    )
}

const fn decimal(
    name: &'static str,
    parameters: &'static [Type],
    returns: Type,
    doc: &'static str,
    call: fn(&Value, Arguments<'_>) -> Outcome,
) -> Method {
    Method::new(
        Receiver::BigDecimal,
        name,
        parameters,
        returns,
        doc,
        Call::Any(call),
    )
}

pub(super) const METHODS: &[Method] = &[
    big("add", BIG, Type::BigInteger, "The sum.", |value, a| {
        with(value, a, |x, y| Ok(x + y))
    }),
    big(
        "subtract",
        BIG,
        Type::BigInteger,
        "The difference.",
        |value, a| with(value, a, |x, y| Ok(x - y)),
    ),
    big(
        "multiply",
        BIG,
        Type::BigInteger,
        "The product.",
        |value, a| with(value, a, |x, y| Ok(x * y)),
    ),
    big(
        "divide",
        BIG,
        Type::BigInteger,
        "The quotient, cut to a whole number.",
        |value, a| {
            with(value, a, |x, y| {
                not_zero(y)?;
                Ok(x / y)
            })
        },
    ),
    big(
        "remainder",
        BIG,
        Type::BigInteger,
        "The remainder, with the sign of the number.",
        |value, a| {
            with(value, a, |x, y| {
                not_zero(y)?;
                Ok(x % y)
            })
        },
    ),
    big(
        "mod",
        BIG,
        Type::BigInteger,
        "The remainder, never negative.",
        |value, a| {
            with(value, a, |x, y| {
                if !y.is_positive() {
                    return Err(Failure::arithmetic("the divisor is not positive"));
                }
                Ok(x.mod_floor(y))
            })
        },
    ),
    big(
        "gcd",
        BIG,
        Type::BigInteger,
        "The greatest common divisor.",
        |value, a| with(value, a, |x, y| Ok(x.gcd(y))),
    ),
    big(
        "max",
        BIG,
        Type::BigInteger,
        "The greater of both.",
        |value, a| with(value, a, |x, y| Ok(x.max(y).clone())),
    ),
    big(
        "min",
        BIG,
        Type::BigInteger,
        "The lesser of both.",
        |value, a| with(value, a, |x, y| Ok(x.min(y).clone())),
    ),
    big(
        "pow",
        &[Type::Integer],
        Type::BigInteger,
        "The power.",
        |value, a| {
            let number = whole(value)?;
            let exponent = u32::try_from(a.int(0)?)
                .map_err(|_| Failure::arithmetic("the exponent is negative"))?;
            if number.bits().saturating_mul(u64::from(exponent)) > MAX_NUMBER_DIGITS as u64 * 3 {
                return Err(too_many_digits());
            }
            Ok(Value::from(number.pow(exponent)))
        },
    ),
    big(
        "negate",
        &[],
        Type::BigInteger,
        "The number with the other sign.",
        |value, _| Ok(Value::from(-whole(value)?)),
    ),
    big(
        "abs",
        &[],
        Type::BigInteger,
        "The number without its sign.",
        |value, _| Ok(Value::from(whole(value)?.abs())),
    ),
    big("signum", &[], Type::Integer, "-1, 0 or 1.", |value, _| {
        Ok(Value::Integer(whole(value)?.signum().to_i32().unwrap_or(0)))
    }),
    big(
        "bitLength",
        &[],
        Type::Integer,
        "The number of bits it takes.",
        |value, _| {
            let number = whole(value)?;
            let bits = if number.is_negative() {
                (-number - 1_i32).bits()
            } else {
                number.bits()
            };
            Ok(Value::Integer(i32::try_from(bits).unwrap_or(i32::MAX)))
        },
    ),
    big(
        "intValueExact",
        &[],
        Type::Integer,
        "The number as an Integer, if it fits.",
        |value, _| {
            whole(value)?
                .to_i32()
                .map(Value::Integer)
                .ok_or_else(|| Failure::arithmetic("the number does not fit an Integer"))
        },
    ),
    big(
        "longValueExact",
        &[],
        Type::Long,
        "The number as a Long, if it fits.",
        |value, _| {
            whole(value)?
                .to_i64()
                .map(Value::Long)
                .ok_or_else(|| Failure::arithmetic("the number does not fit a Long"))
        },
    ),
    big(
        "toString",
        &[Type::Integer],
        Type::Text,
        "The digits in a radix.",
        |value, a| {
            let radix = u32::try_from(a.int(0)?)
                .ok()
                .filter(|radix| (2..=36).contains(radix))
                .unwrap_or(10);
            Ok(Value::from(whole(value)?.to_str_radix(radix)))
        },
    ),
    Method::new(
        Receiver::BigInteger,
        "valueOf",
        &[Type::Long],
        Type::BigInteger,
        "The argument as a BigInteger; the object does not count.",
        Call::Static(|a| Ok(Value::from(BigInt::from(a.long(0)?)))),
    ),
    Method::new(
        Receiver::BigDecimal,
        "valueOf",
        &[Type::Long],
        Type::BigDecimal,
        "The argument as a BigDecimal; the object does not count.",
        Call::Static(|a| Ok(Value::from(BigDecimal::from(a.long(0)?)))),
    ),
    Method::new(
        Receiver::BigDecimal,
        "valueOf",
        &[Type::Double],
        Type::BigDecimal,
        "The digits of the argument as a BigDecimal; the object does not count.",
        Call::Static(|a| {
            let digits = crate::value::double_text(a.double(0)?);
            crate::operators::parse_decimal(&digits.into())
                .map(Value::from)
                .map_err(|_| Failure::method("NaN and infinities are no BigDecimal"))
        }),
    ),
    decimal(
        "max",
        &[Type::BigDecimal],
        Type::BigDecimal,
        "The greater of both.",
        |value, a| extreme(value, a, true),
    ),
    decimal(
        "min",
        &[Type::BigDecimal],
        Type::BigDecimal,
        "The lesser of both.",
        |value, a| extreme(value, a, false),
    ),
    decimal(
        "setScale",
        &[Type::Integer],
        Type::BigDecimal,
        "The number with so many digits behind the point, if none but zeros are lost.",
        |value, a| {
            let (digits, scale) = parts(value)?;
            let wanted = i64::from(a.int(0)?);
            if (wanted - scale).unsigned_abs() > MAX_NUMBER_DIGITS as u64 {
                return Err(too_many_digits());
            }
            let scaled = BigDecimal::new(digits, scale).with_scale(wanted);
            if scaled != *decimal_of(value)? {
                return Err(Failure::arithmetic("digits would have to be rounded"));
            }
            Ok(Value::from(scaled))
        },
    ),
    decimal(
        "scale",
        &[],
        Type::Integer,
        "The number of digits behind the point.",
        |value, _| {
            Ok(Value::Integer(
                i32::try_from(parts(value)?.1).unwrap_or(i32::MAX),
            ))
        },
    ),
    decimal(
        "precision",
        &[],
        Type::Integer,
        "The number of digits.",
        |value, _| {
            let digits = parts(value)?.0.magnitude().to_string().len();
            Ok(super::int(digits))
        },
    ),
    decimal("signum", &[], Type::Integer, "-1, 0 or 1.", |value, _| {
        Ok(Value::Integer(
            parts(value)?.0.signum().to_i32().unwrap_or(0),
        ))
    }),
    decimal(
        "negate",
        &[],
        Type::BigDecimal,
        "The number with the other sign.",
        |value, _| {
            let (digits, scale) = parts(value)?;
            Ok(Value::from(BigDecimal::new(-digits, scale)))
        },
    ),
    decimal(
        "abs",
        &[],
        Type::BigDecimal,
        "The number without its sign.",
        |value, _| {
            let (digits, scale) = parts(value)?;
            Ok(Value::from(BigDecimal::new(digits.abs(), scale)))
        },
    ),
    decimal(
        "unscaledValue",
        &[],
        Type::BigInteger,
        "The digits without the point.",
        |value, _| Ok(Value::from(parts(value)?.0)),
    ),
    decimal(
        "stripTrailingZeros",
        &[],
        Type::BigDecimal,
        "The number without zeros at its end.",
        |value, _| {
            let (mut digits, mut scale) = parts(value)?;
            let ten = BigInt::from(10);
            while !digits.is_zero() && (&digits % &ten).is_zero() {
                digits /= &ten;
                scale -= 1;
            }
            let scale = if digits.is_zero() { 0 } else { scale };
            Ok(Value::from(BigDecimal::new(digits, scale)))
        },
    ),
    decimal(
        "toPlainString",
        &[],
        Type::Text,
        "The digits without an exponent.",
        |value, _| {
            let (digits, scale) = parts(value)?;
            if scale.unsigned_abs() > MAX_NUMBER_DIGITS as u64 {
                return Err(too_many_digits());
            }
            if scale < 0 {
                let zeros = "0".repeat(usize::try_from(-scale).unwrap_or(0));
                return Ok(Value::from(if digits.is_zero() {
                    "0".to_owned()
                } else {
                    format!("{digits}{zeros}")
                }));
            }
            let sign = if digits.is_negative() { "-" } else { "" };
            let width = usize::try_from(scale).unwrap_or(0);
            let text = format!(
                "{:0>width$}",
                digits.magnitude().to_string(),
                width = width + 1
            );
            let (before, after) = text.split_at(text.len() - width);
            let point = if after.is_empty() { "" } else { "." };
            Ok(Value::from(format!("{sign}{before}{point}{after}")))
        },
    ),
    decimal(
        "toBigInteger",
        &[],
        Type::BigInteger,
        "The whole part.",
        |value, _| crate::operators::to_big_integer(value).map(Value::from),
    ),
];

fn whole(value: &Value) -> Outcome<&BigInt> {
    match value {
        Value::BigInteger(number) => Ok(number),
        _ => Err(null_argument()),
    }
}

fn decimal_of(value: &Value) -> Outcome<&BigDecimal> {
    match value {
        Value::BigDecimal(number) => Ok(number),
        _ => Err(null_argument()),
    }
}

fn parts(value: &Value) -> Outcome<(BigInt, i64)> {
    Ok(decimal_of(value)?.as_bigint_and_exponent())
}

/// The object itself where both are equal, as Java does it.
fn extreme(value: &Value, arguments: Arguments<'_>, greater: bool) -> Outcome {
    let (own, other) = (decimal_of(value)?, arguments.decimal(0)?);
    let order = crate::operators::compare_decimals(own, other);
    let chosen = if order.is_eq() || order.is_gt() == greater {
        own
    } else {
        other
    };
    Ok(Value::from(chosen.clone()))
}

fn not_zero(divisor: &BigInt) -> Outcome<()> {
    if divisor.is_zero() {
        return Err(Failure::arithmetic("division by zero"));
    }
    Ok(())
}

fn with(
    value: &Value,
    arguments: Arguments<'_>,
    apply: fn(&BigInt, &BigInt) -> Outcome<BigInt>,
) -> Outcome {
    let other = arguments.big(0)?;
    let number = whole(value)?;
    if number.bits() + other.bits() > MAX_NUMBER_DIGITS as u64 * 3 {
        return Err(too_many_digits());
    }
    apply(number, &other).map(Value::from)
}
