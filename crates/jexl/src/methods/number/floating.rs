//! Methods of `Float` and `Double`, most of them static: the object does not count.
//!
//! The rows are written once, over [`Real`], and made for both classes.

use num_traits::Float;

use super::java_order;
use crate::methods::Arguments;
use crate::methods::method::{Method, rows};
use crate::operators::parse_double;
use crate::value::hash_code;
use crate::{Failure, OpResult, Value};

/// A class of floating-point numbers.
trait Real: Float + Into<f64> {
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

/// What both classes have.
macro_rules! own {
    ($class:ident) => {
        rows! { $class as Any:
            isNaN() -> Boolean, 1, is_nan, "Whether it is not a number.";
            isInfinite() -> Boolean, 1, is_infinite, "Whether it is infinite.";
        }
    };
}

/// What both classes have as static methods; `$bits` is the class of whole numbers of as many bits.
macro_rules! of_class {
    ($class:ident, $real:ty, $parse:ident, $bits:ident: $to_bits:ident, $to_raw_bits:ident, $from_bits:ident) => {
        rows! { $class as Static:
            isNaN($class) -> Boolean, 1, argument_is_nan::<$real>, "Whether the argument is not a number.";
            isInfinite($class) -> Boolean, 1, argument_is_infinite::<$real>, "Whether the argument is infinite.";
            isFinite($class) -> Boolean, 1, argument_is_finite::<$real>, "Whether the argument is finite.";
            $parse(Text) -> $class, 1, parse::<$real>, "The number a text shows.";
            valueOf(Text) -> $class, 1, parse::<$real>, "The number a text shows.";
            valueOf($class) -> $class, 1, argument::<$real>, "The argument as a number of this class.";
            toString($class) -> Text, 1, to_text::<$real>, "The digits of the argument.";
            /// The argument in hexadecimal, with a binary exponent.
            toHexString($class) -> Text, 1, to_hexadecimal::<$real>;
            max($class, $class) -> $class, 1, max::<$real>, "The greater of two numbers, NaN if one is.";
            min($class, $class) -> $class, 1, min::<$real>, "The lesser of two numbers, NaN if one is.";
            sum($class, $class) -> $class, 1, sum::<$real>, "The sum of two numbers.";
            hashCode($class) -> Integer, 1, hash::<$real>, "The hash code of the argument.";
            compare($class, $class) -> Integer, 1, compare::<$real>, "-1, 0 or 1.";
            $to_bits($class) -> $bits, 1, to_bits::<$real>, "The bits of the argument.";
            $to_raw_bits($class) -> $bits, 1, to_bits::<$real>, "The bits of the argument.";
            $from_bits($bits) -> $class, 1, from_bits::<$real>, "The number with these bits.";
        }
    };
}

pub(super) const TABLES: &[&[Method]] = &[
    own!(Float),
    of_class!(Float, f32, parseFloat, Integer: floatToIntBits, floatToRawIntBits, intBitsToFloat),
    own!(Double),
    of_class!(Double, f64, parseDouble, Long: doubleToLongBits, doubleToRawLongBits, longBitsToDouble),
];

fn is_nan(value: &Value, _: Arguments<'_>) -> OpResult {
    Ok(number(value).is_nan().into())
}

fn is_infinite(value: &Value, _: Arguments<'_>) -> OpResult {
    Ok(number(value).is_infinite().into())
}

/// The object of a row of this table.
fn number(object: &Value) -> f64 {
    match object {
        Value::Double(number) => *number,
        Value::Float(number) => f64::from(*number),
        _ => f64::NAN,
    }
}

fn argument_is_nan<R: Real>(arguments: Arguments<'_>) -> OpResult {
    Ok(R::argument(arguments, 0)?.is_nan().into())
}

fn argument_is_infinite<R: Real>(arguments: Arguments<'_>) -> OpResult {
    Ok(R::argument(arguments, 0)?.is_infinite().into())
}

fn argument_is_finite<R: Real>(arguments: Arguments<'_>) -> OpResult {
    Ok(R::argument(arguments, 0)?.is_finite().into())
}

fn parse<R: Real>(arguments: Arguments<'_>) -> OpResult {
    parse_double(arguments.text(0)?)
        .map(|number| R::of(number).value())
        .map_err(|_| Failure::method("the text is not a number"))
}

fn argument<R: Real>(arguments: Arguments<'_>) -> OpResult {
    Ok(R::argument(arguments, 0)?.value())
}

fn to_text<R: Real>(arguments: Arguments<'_>) -> OpResult {
    let number = R::argument(arguments, 0)?;
    number.value().text().map(Value::String)
}

fn to_hexadecimal<R: Real>(arguments: Arguments<'_>) -> OpResult {
    Ok(Value::from(R::argument(arguments, 0)?.hexadecimal()))
}

fn max<R: Real>(arguments: Arguments<'_>) -> OpResult {
    extreme::<R>(arguments, true)
}

fn min<R: Real>(arguments: Arguments<'_>) -> OpResult {
    extreme::<R>(arguments, false)
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

fn sum<R: Real>(arguments: Arguments<'_>) -> OpResult {
    Ok((R::argument(arguments, 0)? + R::argument(arguments, 1)?).value())
}

fn hash<R: Real>(arguments: Arguments<'_>) -> OpResult {
    hash_code(&R::argument(arguments, 0)?.value()).map(Value::Integer)
}

fn compare<R: Real>(arguments: Arguments<'_>) -> OpResult {
    let (a, b) = (R::argument(arguments, 0)?, R::argument(arguments, 1)?);
    Ok(Value::Integer(java_order(a.into(), b.into()) as i32))
}

fn to_bits<R: Real>(arguments: Arguments<'_>) -> OpResult {
    Ok(R::argument(arguments, 0)?.to_bits())
}

fn from_bits<R: Real>(arguments: Arguments<'_>) -> OpResult {
    Ok(R::from_bits(arguments.long(0)?).value())
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
