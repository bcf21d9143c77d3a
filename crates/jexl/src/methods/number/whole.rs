//! Static methods of `Byte`, `Short`, `Integer` and `Long`: the object does not count.
//!
//! The rows are written once, over [`Whole`], and made for each class.

use std::fmt::{Binary, LowerHex, Octal};

use num_traits::{PrimInt, WrappingAdd};

use super::parse_radix;
use crate::methods::Arguments;
use crate::methods::method::{Method, rows};
use crate::value::{JavaString, hash_code};
use crate::{Failure, OpResult, Value};

/// A class of whole numbers.
pub(super) trait Whole:
    PrimInt + WrappingAdd + Into<i64> + Binary + LowerHex + Octal
{
    /// The number of the low bits.
    fn of_bits(bits: u64) -> Self;

    /// The bits of the number, without those of its sign above them.
    fn to_bits(self) -> u64;

    fn value(self) -> Value;

    fn argument(arguments: Arguments<'_>, index: usize) -> OpResult<Self> {
        Ok(Self::of_bits(arguments.long(index)?.cast_unsigned()))
    }
}

/// Implements [`Whole`] for a class from its type.
macro_rules! whole {
    ($class:ident, $signed:ty) => {
        impl Whole for $signed {
            fn of_bits(bits: u64) -> Self {
                let bytes = bits.to_le_bytes();
                let mut low = [0; size_of::<Self>()];
                low.copy_from_slice(&bytes[..size_of::<Self>()]);
                Self::from_le_bytes(low)
            }

            fn to_bits(self) -> u64 {
                u64::from(self.cast_unsigned())
            }

            fn value(self) -> Value {
                Value::$class(self)
            }
        }
    };
}

whole!(Byte, i8);
whole!(Short, i16);
whole!(Integer, i32);
whole!(Long, i64);

/// What all four classes have.
macro_rules! every_class {
    ($class:ident, $int:ty, $parse:ident) => {
        rows! { $class as Static:
            $parse(Text) -> $class, 1, parse::<$int>, "The number a text shows.";
            $parse(Text, Integer) -> $class, 1, parse_in::<$int>, "The number a text shows in a radix.";
            valueOf(Text) -> $class, 1, parse::<$int>, "The number a text shows.";
            valueOf(Text, Integer) -> $class, 1, parse_in::<$int>, "The number a text shows in a radix.";
            valueOf($class) -> $class, 1, argument::<$int>, "The argument as a number of this class.";
            /// The number a text shows: hexadecimal behind 0x or #, octal behind 0.
            decode(Text) -> $class, 1, decode::<$int>;
            toString($class) -> Text, 1, to_text::<$int>, "The digits of the argument.";
            hashCode($class) -> Integer, 1, hash::<$int>, "The hash code of the argument.";
            compare($class, $class) -> Integer, 1, compare::<$int>, "Less than 0, 0 or greater than 0.";
            /// Less than 0, 0 or greater than 0, for the bits of both.
            compareUnsigned($class, $class) -> Integer, 1, compare_unsigned::<$int>;
        }
    };
}

pub(super) const TABLES: &[&[Method]] = &[
    every_class!(Byte, i8, parseByte),
    every_class!(Short, i16, parseShort),
    every_class!(Integer, i32, parseInt),
    every_class!(Long, i64, parseLong),
];

fn parse<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    parsed::<W>(arguments.text(0)?, 10)
}

fn parse_in<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    let radix = arguments.int(1)?;
    parsed::<W>(arguments.text(0)?, radix)
}

fn decode<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    let text = arguments.text(0)?.to_str();
    let (sign, unsigned) = match text.strip_prefix(['-', '+']) {
        Some(unsigned) => (&text[..1], unsigned),
        None => ("", &*text),
    };
    let marked = ["0x", "0X", "#"]
        .iter()
        .find_map(|mark| unsigned.strip_prefix(mark));
    let (digits, radix) = match (marked, unsigned.strip_prefix('0')) {
        (Some(digits), _) => (digits, 16),
        (None, Some(digits)) if !digits.is_empty() => (digits, 8),
        _ => (unsigned, 10),
    };
    if digits.starts_with(['-', '+']) {
        return Err(Failure::method(format!("\"{text}\" is not a number")));
    }
    parsed::<W>(&format!("{sign}{digits}").into(), radix)
}

/// The number of a class that a text shows in a radix.
fn parsed<W: Whole>(text: &JavaString, radix: i32) -> OpResult {
    let (least, most) = (W::min_value().into(), W::max_value().into());
    let number = parse_radix(text, radix, least, most)?;
    Ok(W::of_bits(number.cast_unsigned()).value())
}

fn argument<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    Ok(W::argument(arguments, 0)?.value())
}

fn to_text<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    let number = W::argument(arguments, 0)?;
    number.value().text().map(Value::String)
}

fn hash<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    let number = W::argument(arguments, 0)?;
    hash_code(&number.value()).map(Value::Integer)
}

fn compare<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    let (left, right) = (W::argument(arguments, 0)?, W::argument(arguments, 1)?);
    Ok(ordered::<W>(left.into().into(), right.into().into()))
}

fn compare_unsigned<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    let (left, right) = (W::argument(arguments, 0)?, W::argument(arguments, 1)?);
    Ok(ordered::<W>(left.to_bits().into(), right.to_bits().into()))
}

/// -1, 0 or 1; the small classes give the difference.
fn ordered<W: Whole>(left: i128, right: i128) -> Value {
    Value::Integer(if size_of::<W>() < size_of::<i32>() {
        i32::try_from(left - right).unwrap_or(0)
    } else {
        left.cmp(&right) as i32
    })
}
