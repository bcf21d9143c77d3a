//! Methods that `BigInteger` and `BigDecimal` share.
//!
//! The rows are written once, over [`Big`], and made for both classes.

use bigdecimal::BigDecimal;
use num_bigint::BigInt;
use num_traits::ToPrimitive as _;

use crate::budget;
use crate::limits::MAX_NUMBER_DIGITS;
use crate::methods::Arguments;
use crate::methods::arguments::null_argument;
use crate::methods::method::{Method, rows};
use crate::operators::decimal::{self, compare, digit_count};
use crate::operators::too_many_digits;
use crate::{Failure, OpResult, Value};

/// A class of numbers without bounds.
pub(super) trait Big: Sized + Clone + From<i64> + Into<Value> {
    /// The number of this class that a value is.
    fn of(value: &Value) -> OpResult<&Self>;

    fn add(&self, other: &Self) -> OpResult<Self>;

    fn subtract(&self, other: &Self) -> OpResult<Self>;

    fn multiply(&self, other: &Self) -> OpResult<Self>;

    fn compare(&self, other: &Self) -> std::cmp::Ordering;

    fn sign(&self) -> i32;

    fn negated(&self) -> Self;

    fn power(&self, exponent: u32) -> OpResult<Self>;

    /// The number as a `long`, if nothing is lost.
    fn exact(&self) -> Option<i64>;
}

impl Big for BigInt {
    fn of(value: &Value) -> OpResult<&Self> {
        match value {
            Value::BigInteger(number) => Ok(number),
            _ => Err(null_argument()),
        }
    }

    fn add(&self, other: &Self) -> OpResult<Self> {
        bounded(self + other)
    }

    fn subtract(&self, other: &Self) -> OpResult<Self> {
        bounded(self - other)
    }

    fn multiply(&self, other: &Self) -> OpResult<Self> {
        bounded(self * other)
    }

    fn compare(&self, other: &Self) -> std::cmp::Ordering {
        self.cmp(other)
    }

    fn sign(&self) -> i32 {
        self.sign() as i32 - num_bigint::Sign::NoSign as i32
    }

    fn negated(&self) -> Self {
        -self
    }

    fn power(&self, exponent: u32) -> OpResult<Self> {
        if self.bits().saturating_mul(u64::from(exponent)) > MOST_BITS {
            return Err(too_many_digits());
        }
        let bits = self.bits() * u64::from(exponent);
        budget::multiply_bits(bits / 2, bits)?;
        Ok(self.pow(exponent))
    }

    fn exact(&self) -> Option<i64> {
        self.to_i64()
    }
}

impl Big for BigDecimal {
    fn of(value: &Value) -> OpResult<&Self> {
        match value {
            Value::BigDecimal(number) => Ok(number),
            _ => Err(null_argument()),
        }
    }

    fn add(&self, other: &Self) -> OpResult<Self> {
        let (a, b, scale) = decimal::aligned(self, other)?;
        scaled(a + b, scale)
    }

    fn subtract(&self, other: &Self) -> OpResult<Self> {
        let (a, b, scale) = decimal::aligned(self, other)?;
        scaled(a - b, scale)
    }

    fn multiply(&self, other: &Self) -> OpResult<Self> {
        let ((a, a_scale), (b, b_scale)) = (decimal::parts(self), decimal::parts(other));
        scaled(a * b, a_scale.saturating_add(b_scale))
    }

    fn compare(&self, other: &Self) -> std::cmp::Ordering {
        compare(self, other)
    }

    fn sign(&self) -> i32 {
        Big::sign(&decimal::parts(self).0)
    }

    fn negated(&self) -> Self {
        let (digits, scale) = decimal::parts(self);
        Self::new(-digits, scale)
    }

    fn power(&self, exponent: u32) -> OpResult<Self> {
        let (digits, scale) = decimal::parts(self);
        scaled(
            digits.power(exponent)?,
            scale.saturating_mul(i64::from(exponent)),
        )
    }

    fn exact(&self) -> Option<i64> {
        decimal::to_long_exact(self)
    }
}

/// A bound for the bits of a number of [`MAX_NUMBER_DIGITS`] digits.
pub(super) const MOST_BITS: u64 = MAX_NUMBER_DIGITS as u64 * 4;

/// What both classes have.
macro_rules! own {
    ($class:ident, $big:ty) => {
        rows! { $class as Any:
            add($class) -> $class, 1, add::<$big>, "The sum.";
            subtract($class) -> $class, 1, subtract::<$big>, "The difference.";
            multiply($class) -> $class, 1, multiply::<$big>, "The product.";
            pow(Integer) -> $class, 1, power::<$big>, "The power.";
            max($class) -> $class, 1, max::<$big>, "The greater of both.";
            min($class) -> $class, 1, min::<$big>, "The lesser of both.";
            negate() -> $class, 1, negate::<$big>, "The number with the other sign.";
            abs() -> $class, 1, absolute::<$big>, "The number without its sign.";
            signum() -> Integer, 1, sign::<$big>, "-1, 0 or 1.";
            longValueExact() -> Long, 1, exact_long::<$big>, "The number as a Long, if nothing is lost.";
            intValueExact() -> Integer, 1, exact_integer::<$big>, "The number as an Integer, if nothing is lost.";
            shortValueExact() -> Short, 1, exact_short::<$big>, "The number as a Short, if nothing is lost.";
            byteValueExact() -> Byte, 1, exact_byte::<$big>, "The number as a Byte, if nothing is lost.";
        }
    };
}

/// What both classes have as a static method.
macro_rules! of_class {
    ($class:ident, $big:ty) => {
        rows! { $class as Static:
            /// The argument as a number of this class; the object does not count.
            valueOf(Long) -> $class, 1, of_long::<$big>;
        }
    };
}

pub(super) const TABLES: &[&[Method]] = &[
    own!(BigInteger, BigInt),
    of_class!(BigInteger, BigInt),
    own!(BigDecimal, BigDecimal),
    of_class!(BigDecimal, BigDecimal),
];

fn add<B: Big>(value: &Value, arguments: Arguments<'_>) -> OpResult {
    with(value, arguments, B::add)
}

fn subtract<B: Big>(value: &Value, arguments: Arguments<'_>) -> OpResult {
    with(value, arguments, B::subtract)
}

fn multiply<B: Big>(value: &Value, arguments: Arguments<'_>) -> OpResult {
    with(value, arguments, B::multiply)
}

/// Joins the object and the argument.
pub(super) fn with<B: Big>(
    value: &Value,
    arguments: Arguments<'_>,
    join: fn(&B, &B) -> OpResult<B>,
) -> OpResult {
    join(B::of(value)?, B::of(arguments.get(0))?).map(Into::into)
}

fn power<B: Big>(value: &Value, arguments: Arguments<'_>) -> OpResult {
    let exponent = u32::try_from(arguments.int(0)?)
        .map_err(|_| Failure::arithmetic("the exponent is negative"))?;
    B::of(value)?.power(exponent).map(Into::into)
}

fn max<B: Big>(value: &Value, arguments: Arguments<'_>) -> OpResult {
    extreme::<B>(value, arguments, true)
}

fn min<B: Big>(value: &Value, arguments: Arguments<'_>) -> OpResult {
    extreme::<B>(value, arguments, false)
}

/// The object itself where both are equal, as Java does it.
fn extreme<B: Big>(value: &Value, arguments: Arguments<'_>, greater: bool) -> OpResult {
    let (own, other) = (B::of(value)?, B::of(arguments.get(0))?);
    let order = own.compare(other);
    let chosen = if order.is_eq() || order.is_gt() == greater {
        own
    } else {
        other
    };
    Ok(chosen.clone().into())
}

fn negate<B: Big>(value: &Value, _: Arguments<'_>) -> OpResult {
    Ok(B::of(value)?.negated().into())
}

fn absolute<B: Big>(value: &Value, _: Arguments<'_>) -> OpResult {
    let number = B::of(value)?;
    Ok(if number.sign() < 0 {
        number.negated().into()
    } else {
        value.clone()
    })
}

fn sign<B: Big>(value: &Value, _: Arguments<'_>) -> OpResult {
    Ok(Value::Integer(B::of(value)?.sign()))
}

fn exact_long<B: Big>(value: &Value, _: Arguments<'_>) -> OpResult {
    exact::<B, i64>(value, Value::Long)
}

fn exact_integer<B: Big>(value: &Value, _: Arguments<'_>) -> OpResult {
    exact::<B, i32>(value, Value::Integer)
}

fn exact_short<B: Big>(value: &Value, _: Arguments<'_>) -> OpResult {
    exact::<B, i16>(value, Value::Short)
}

fn exact_byte<B: Big>(value: &Value, _: Arguments<'_>) -> OpResult {
    exact::<B, i8>(value, Value::Byte)
}

fn exact<B: Big, W: TryFrom<i64>>(value: &Value, wrap: fn(W) -> Value) -> OpResult {
    B::of(value)?
        .exact()
        .and_then(|number| W::try_from(number).ok())
        .map(wrap)
        .ok_or_else(|| Failure::arithmetic("the number does not fit"))
}

fn of_long<B: Big>(arguments: Arguments<'_>) -> OpResult {
    Ok(B::from(arguments.long(0)?).into())
}

/// The number, if it is not too long.
pub(super) fn bounded(number: BigInt) -> OpResult<BigInt> {
    if number.bits() > MOST_BITS {
        return Err(too_many_digits());
    }
    Ok(number)
}

/// `digits * 10^-scale`, if it is not too long and its scale fits an `int`, as Java's must.
pub(super) fn scaled(digits: BigInt, scale: i64) -> OpResult<BigDecimal> {
    if digit_count(&digits) > MAX_NUMBER_DIGITS as u64 {
        return Err(too_many_digits());
    }
    if i32::try_from(scale).is_err() {
        return Err(Failure::arithmetic("the exponent is out of range"));
    }
    Ok(BigDecimal::new(digits, scale))
}
