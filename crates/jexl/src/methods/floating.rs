//! Methods of `Float` and `Double`, most of them static: the object does not count.
//!
//! The rows are written once, over [`Real`], and made for both classes.

use num_traits::Float;

use super::arguments::{Arguments, Type};
use super::number::java_order;
use super::{Call, Method, Receiver};
use crate::operators::parse_double;
use crate::value::hash_code;
use crate::{Failure, OpResult, Value};

/// A class of floating-point numbers.
trait Real: Float + Into<f64> {
    const RECEIVER: Receiver;
    const TYPE: Type;
    /// The whole numbers of as many bits.
    const BITS: Type;
    /// What the class calls the reading of a text and the ways to its bits and back.
    const PARSE: &'static str;
    const TO_BITS: &'static str;
    const TO_RAW_BITS: &'static str;
    const FROM_BITS: &'static str;
    const ONE: &'static [Type] = &[Self::TYPE];
    const TWO: &'static [Type] = &[Self::TYPE, Self::TYPE];
    const OF_BITS: &'static [Type] = &[Self::BITS];

    fn value(self) -> Value;

    /// The nearest number of this class, as Java casts.
    fn of(number: f64) -> Self;

    fn of_whole(number: i64) -> Self;

    /// The bits as a whole number; every NaN has the same.
    fn to_bits(self) -> Value;

    /// The number with the low bits of a whole number.
    fn from_bits(bits: i64) -> Self;

    /// `toHexString`
    fn hexadecimal(self) -> String;

    fn argument(arguments: Arguments<'_>, index: usize) -> OpResult<Self> {
        Ok(match arguments.get(index) {
            Value::Double(number) => Self::of(*number),
            Value::Float(number) => Self::of(f64::from(*number)),
            _ => Self::of_whole(arguments.long(index)?),
        })
    }
}

impl Real for f64 {
    const RECEIVER: Receiver = Receiver::Double;
    const TYPE: Type = Type::Double;
    const BITS: Type = Type::Long;
    const PARSE: &'static str = "parseDouble";
    const TO_BITS: &'static str = "doubleToLongBits";
    const TO_RAW_BITS: &'static str = "doubleToRawLongBits";
    const FROM_BITS: &'static str = "longBitsToDouble";

    fn value(self) -> Value {
        Value::Double(self)
    }

    fn of(number: f64) -> Self {
        number
    }

    #[expect(clippy::cast_precision_loss, reason = "as Java widens")]
    fn of_whole(number: i64) -> Self {
        number as Self
    }

    fn to_bits(self) -> Value {
        let number = if self.is_nan() { Self::NAN } else { self };
        Value::Long(Self::to_bits(number).cast_signed())
    }

    fn from_bits(bits: i64) -> Self {
        Self::from_bits(bits.cast_unsigned())
    }

    fn hexadecimal(self) -> String {
        hexadecimal(self, -1022)
    }
}

impl Real for f32 {
    const RECEIVER: Receiver = Receiver::Float;
    const TYPE: Type = Type::Float;
    const BITS: Type = Type::Integer;
    const PARSE: &'static str = "parseFloat";
    const TO_BITS: &'static str = "floatToIntBits";
    const TO_RAW_BITS: &'static str = "floatToRawIntBits";
    const FROM_BITS: &'static str = "intBitsToFloat";

    fn value(self) -> Value {
        Value::Float(self)
    }

    #[expect(clippy::cast_possible_truncation, reason = "as Java casts")]
    fn of(number: f64) -> Self {
        number as Self
    }

    #[expect(clippy::cast_precision_loss, reason = "as Java widens")]
    fn of_whole(number: i64) -> Self {
        number as Self
    }

    fn to_bits(self) -> Value {
        let number = if self.is_nan() { Self::NAN } else { self };
        Value::Integer(Self::to_bits(number).cast_signed())
    }

    fn from_bits(bits: i64) -> Self {
        let [a, b, c, d, ..] = bits.to_le_bytes();
        Self::from_le_bytes([a, b, c, d])
    }

    fn hexadecimal(self) -> String {
        hexadecimal(f64::from(self), -126)
    }
}

pub(super) const FLOAT: &[Method] = &every_class::<f32>();
pub(super) const DOUBLE: &[Method] = &every_class::<f64>();

const fn row<R: Real>(
    name: &'static str,
    parameters: &'static [Type],
    returns: Type,
    doc: &'static str,
    call: fn(Arguments<'_>) -> OpResult,
) -> Method {
    Method::fixed(R::RECEIVER, name, parameters, returns, doc, call)
}

const fn own<R: Real>(name: &'static str, doc: &'static str, question: Call) -> Method {
    Method::new(R::RECEIVER, name, &[], Type::Boolean, doc, question)
}

const fn every_class<R: Real>() -> [Method; 18] {
    [
        own::<R>(
            "isNaN",
            "Whether it is not a number.",
            Call::Any(|value, _| Ok(number(value).is_nan().into())),
        ),
        own::<R>(
            "isInfinite",
            "Whether it is infinite.",
            Call::Any(|value, _| Ok(number(value).is_infinite().into())),
        ),
        row::<R>(
            "isNaN",
            R::ONE,
            Type::Boolean,
            "Whether the argument is not a number.",
            |a| Ok(R::argument(a, 0)?.is_nan().into()),
        ),
        row::<R>(
            "isInfinite",
            R::ONE,
            Type::Boolean,
            "Whether the argument is infinite.",
            |a| Ok(R::argument(a, 0)?.is_infinite().into()),
        ),
        row::<R>(
            "isFinite",
            R::ONE,
            Type::Boolean,
            "Whether the argument is finite.",
            |a| Ok(R::argument(a, 0)?.is_finite().into()),
        ),
        row::<R>(
            R::PARSE,
            &[Type::Text],
            R::TYPE,
            "The number a text shows.",
            parsed::<R>,
        ),
        row::<R>(
            "valueOf",
            &[Type::Text],
            R::TYPE,
            "The number a text shows.",
            parsed::<R>,
        ),
        row::<R>(
            "valueOf",
            R::ONE,
            R::TYPE,
            "The argument as a number of this class.",
            |a| Ok(R::argument(a, 0)?.value()),
        ),
        row::<R>(
            "toString",
            R::ONE,
            Type::Text,
            "The digits of the argument.",
            |a| R::argument(a, 0)?.value().text().map(Value::String),
        ),
        row::<R>(
            "toHexString",
            R::ONE,
            Type::Text,
            "The argument in hexadecimal, with a binary exponent.",
            |a| Ok(Value::from(R::argument(a, 0)?.hexadecimal())),
        ),
        row::<R>(
            "max",
            R::TWO,
            R::TYPE,
            "The greater of two numbers, NaN if one is.",
            |a| extreme::<R>(a, true),
        ),
        row::<R>(
            "min",
            R::TWO,
            R::TYPE,
            "The lesser of two numbers, NaN if one is.",
            |a| extreme::<R>(a, false),
        ),
        row::<R>("sum", R::TWO, R::TYPE, "The sum of two numbers.", |a| {
            Ok((R::argument(a, 0)? + R::argument(a, 1)?).value())
        }),
        row::<R>(
            "hashCode",
            R::ONE,
            Type::Integer,
            "The hash code of the argument.",
            |a| hash_code(&R::argument(a, 0)?.value()).map(Value::Integer),
        ),
        row::<R>("compare", R::TWO, Type::Integer, "-1, 0 or 1.", |a| {
            let order = java_order(R::argument(a, 0)?.into(), R::argument(a, 1)?.into());
            Ok(Value::Integer(order as i32))
        }),
        row::<R>(
            R::TO_BITS,
            R::ONE,
            R::BITS,
            "The bits of the argument.",
            |a| Ok(R::argument(a, 0)?.to_bits()),
        ),
        row::<R>(
            R::TO_RAW_BITS,
            R::ONE,
            R::BITS,
            "The bits of the argument.",
            |a| Ok(R::argument(a, 0)?.to_bits()),
        ),
        row::<R>(
            R::FROM_BITS,
            R::OF_BITS,
            R::TYPE,
            "The number with these bits.",
            |a| Ok(R::from_bits(a.long(0)?).value()),
        ),
    ]
}

/// The object of a row of this table.
fn number(object: &Value) -> f64 {
    match object {
        Value::Double(number) => *number,
        Value::Float(number) => f64::from(*number),
        _ => f64::NAN,
    }
}

fn parsed<R: Real>(arguments: Arguments<'_>) -> OpResult {
    parse_double(arguments.text(0)?)
        .map(|number| R::of(number).value())
        .map_err(|_| Failure::method("the text is not a number"))
}

fn extreme<R: Real>(arguments: Arguments<'_>, greater: bool) -> OpResult {
    let (a, b) = (R::argument(arguments, 0)?, R::argument(arguments, 1)?);
    let chosen = if a.is_nan() || b.is_nan() {
        R::nan()
    } else if java_order(a.into(), b.into()).is_ge() == greater {
        a
    } else {
        b
    };
    Ok(chosen.value())
}

/// `toHexString`: 1 and the fraction in hexadecimal, 0 and the fraction below the least exponent of the class.
fn hexadecimal(number: f64, least_exponent: i32) -> String {
    const FRACTION_BITS: u32 = 52;
    if !number.is_finite() {
        return crate::number_text::double_text(number);
    }
    let sign = if number.is_sign_negative() { "-" } else { "" };
    let fraction = number.to_bits() & ((1 << FRACTION_BITS) - 1);
    let biased = (number.to_bits() >> FRACTION_BITS) & 0x7FF;
    let exponent = i32::try_from(biased).unwrap_or(0) - 1023;
    let (lead, fraction, exponent) = if number == 0.0 {
        (0, 0, 0)
    } else if biased == 0 {
        (0, fraction, least_exponent)
    } else if exponent < least_exponent {
        let shift = least_exponent.abs_diff(exponent);
        let shifted = (fraction | 1 << FRACTION_BITS).checked_shr(shift);
        (0, shifted.unwrap_or(0), least_exponent)
    } else {
        (1, fraction, exponent)
    };
    let digits = format!("{fraction:013x}");
    let digits = match digits.trim_end_matches('0') {
        "" => "0",
        digits => digits,
    };
    format!("{sign}0x{lead}.{digits}p{exponent}")
}
