//! Methods that `BigInteger` and `BigDecimal` share; the rows are written once, over [`Big`], and made for both classes.

use bigdecimal::BigDecimal;
use num_bigint::BigInt;
use num_traits::ToPrimitive as _;

use super::arguments::{Arguments, Type, null_argument};
use super::{Call, Method, Receiver};
use crate::budget;
use crate::limits::MAX_NUMBER_DIGITS;
use crate::operators::decimal::{self, compare, digit_count};
use crate::operators::too_many_digits;
use crate::{Failure, OpResult, Value};

/// A class of numbers without bounds.
pub(super) trait Big: Sized + Clone + From<i64> + Into<Value> {
    const RECEIVER: Receiver;
    const TYPE: Type;
    const ONE: &'static [Type] = &[Self::TYPE];

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
    const RECEIVER: Receiver = Receiver::BigInteger;
    const TYPE: Type = Type::BigInteger;

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
    const RECEIVER: Receiver = Receiver::BigDecimal;
    const TYPE: Type = Type::BigDecimal;

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

pub(super) const INTEGER: &[Method] = &both::<BigInt>();
pub(super) const DECIMAL: &[Method] = &both::<BigDecimal>();

/// A row of one of the classes.
pub(super) const fn row<B: Big>(
    name: &'static str,
    parameters: &'static [Type],
    returns: Type,
    doc: &'static str,
    call: fn(&Value, Arguments<'_>) -> OpResult,
) -> Method {
    Method::new(B::RECEIVER, name, parameters, returns, doc, Call::Any(call))
}

/// What both classes have.
const fn both<B: Big>() -> [Method; 14] {
    [
        row::<B>("add", B::ONE, B::TYPE, "The sum.", |value, a| {
            with(value, a, B::add)
        }),
        row::<B>(
            "subtract",
            B::ONE,
            B::TYPE,
            "The difference.",
            |value, a| with(value, a, B::subtract),
        ),
        row::<B>("multiply", B::ONE, B::TYPE, "The product.", |value, a| {
            with(value, a, B::multiply)
        }),
        row::<B>(
            "pow",
            &[Type::Integer],
            B::TYPE,
            "The power.",
            |value, a| {
                let exponent = u32::try_from(a.int(0)?)
                    .map_err(|_| Failure::arithmetic("the exponent is negative"))?;
                B::of(value)?.power(exponent).map(Into::into)
            },
        ),
        row::<B>(
            "max",
            B::ONE,
            B::TYPE,
            "The greater of both.",
            |value, a| extreme::<B>(value, a, true),
        ),
        row::<B>("min", B::ONE, B::TYPE, "The lesser of both.", |value, a| {
            extreme::<B>(value, a, false)
        }),
        row::<B>(
            "negate",
            &[],
            B::TYPE,
            "The number with the other sign.",
            |value, _| Ok(B::of(value)?.negated().into()),
        ),
        row::<B>(
            "abs",
            &[],
            B::TYPE,
            "The number without its sign.",
            |value, _| {
                let number = B::of(value)?;
                Ok(if number.sign() < 0 {
                    number.negated().into()
                } else {
                    value.clone()
                })
            },
        ),
        row::<B>("signum", &[], Type::Integer, "-1, 0 or 1.", |value, _| {
            Ok(Value::Integer(B::of(value)?.sign()))
        }),
        row::<B>(
            "longValueExact",
            &[],
            Type::Long,
            "The number as a Long, if nothing is lost.",
            |value, _| exact::<B, i64>(value, Value::Long),
        ),
        row::<B>(
            "intValueExact",
            &[],
            Type::Integer,
            "The number as an Integer, if nothing is lost.",
            |value, _| exact::<B, i32>(value, Value::Integer),
        ),
        row::<B>(
            "shortValueExact",
            &[],
            Type::Short,
            "The number as a Short, if nothing is lost.",
            |value, _| exact::<B, i16>(value, Value::Short),
        ),
        row::<B>(
            "byteValueExact",
            &[],
            Type::Byte,
            "The number as a Byte, if nothing is lost.",
            |value, _| exact::<B, i8>(value, Value::Byte),
        ),
        Method::new(
            B::RECEIVER,
            "valueOf",
            &[Type::Long],
            B::TYPE,
            "The argument as a number of this class; the object does not count.",
            Call::Static(|a| Ok(B::from(a.long(0)?).into())),
        ),
    ]
}

/// Joins the object and the argument.
pub(super) fn with<B: Big>(
    value: &Value,
    arguments: Arguments<'_>,
    join: fn(&B, &B) -> OpResult<B>,
) -> OpResult {
    join(B::of(value)?, B::of(arguments.get(0))?).map(Into::into)
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

fn exact<B: Big, W: TryFrom<i64>>(value: &Value, wrap: fn(W) -> Value) -> OpResult {
    B::of(value)?
        .exact()
        .and_then(|number| W::try_from(number).ok())
        .map(wrap)
        .ok_or_else(|| Failure::arithmetic("the number does not fit"))
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
