//! Static methods of `Byte`, `Short`, `Integer` and `Long`: the object does not count.
//!
//! The rows are written once, over [`Whole`], and made for each class.

use std::fmt::{Binary, LowerHex, Octal};

use num_traits::{PrimInt, WrappingAdd};

use super::arguments::{Arguments, Type};
use super::number::{parse_radix, radix_text};
use super::{Method, Receiver};
use crate::value::hash_code;
use crate::{Failure, OpResult, Value};

/// A class of whole numbers.
trait Whole: PrimInt + WrappingAdd + Into<i64> + Binary + LowerHex + Octal {
    const RECEIVER: Receiver;
    const TYPE: Type;
    /// What the class calls the reading of a text.
    const PARSE: &'static str;
    const ONE: &'static [Type] = &[Self::TYPE];
    const TWO: &'static [Type] = &[Self::TYPE, Self::TYPE];

    /// The number of the low bits.
    fn of_bits(bits: u64) -> Self;

    /// The bits of the number, without those of its sign above them.
    fn to_bits(self) -> u64;

    fn value(self) -> Value;

    fn argument(arguments: Arguments<'_>, index: usize) -> OpResult<Self> {
        Ok(Self::of_bits(arguments.long(index)?.cast_unsigned()))
    }
}

/// `Integer` and `Long`, which have more methods.
trait Large: Whole {
    /// What the class calls the reading of a text without a sign.
    const PARSE_UNSIGNED: &'static str;
    const AND_INT: &'static [Type] = &[Self::TYPE, Type::Integer];
}

impl Large for i32 {
    const PARSE_UNSIGNED: &'static str = "parseUnsignedInt";
}

impl Large for i64 {
    const PARSE_UNSIGNED: &'static str = "parseUnsignedLong";
}

/// Implements [`Whole`] for a class from its type.
macro_rules! whole {
    ($class:ident, $signed:ty, $parse:literal) => {
        impl Whole for $signed {
            const RECEIVER: Receiver = Receiver::$class;
            const TYPE: Type = Type::$class;
            const PARSE: &'static str = $parse;

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

whole!(Byte, i8, "parseByte");
whole!(Short, i16, "parseShort");
whole!(Integer, i32, "parseInt");
whole!(Long, i64, "parseLong");

const TEXT: &[Type] = &[Type::Text];
const TEXT_RADIX: &[Type] = &[Type::Text, Type::Integer];

pub(super) const BYTE: &[Method] = &every_class::<i8>();
pub(super) const SHORT: &[Method] = &every_class::<i16>();
pub(super) const INTEGER: &[Method] = &every_class::<i32>();
pub(super) const LONG: &[Method] = &every_class::<i64>();
pub(super) const INTEGER_ONLY: &[Method] = &large_class::<i32>();
pub(super) const LONG_ONLY: &[Method] = &large_class::<i64>();
pub(super) const UNSIGNED: &[Method] = &[
    unsigned_int::<i8>(),
    unsigned_int::<i16>(),
    unsigned_long::<i8>(),
    unsigned_long::<i16>(),
    unsigned_long::<i32>(),
    reversed_bytes::<i16>(),
    reversed_bytes::<i32>(),
    reversed_bytes::<i64>(),
];

const fn row<W: Whole>(
    name: &'static str,
    parameters: &'static [Type],
    returns: Type,
    doc: &'static str,
    call: fn(Arguments<'_>) -> OpResult,
) -> Method {
    Method::fixed(W::RECEIVER, name, parameters, returns, doc, call)
}

/// What all four classes have.
const fn every_class<W: Whole>() -> [Method; 10] {
    [
        row::<W>(W::PARSE, TEXT, W::TYPE, "The number a text shows.", |a| {
            parsed::<W>(a, 10)
        }),
        row::<W>(
            W::PARSE,
            TEXT_RADIX,
            W::TYPE,
            "The number a text shows in a radix.",
            |a| parsed::<W>(a, a.int(1)?),
        ),
        row::<W>("valueOf", TEXT, W::TYPE, "The number a text shows.", |a| {
            parsed::<W>(a, 10)
        }),
        row::<W>(
            "valueOf",
            TEXT_RADIX,
            W::TYPE,
            "The number a text shows in a radix.",
            |a| parsed::<W>(a, a.int(1)?),
        ),
        row::<W>(
            "valueOf",
            W::ONE,
            W::TYPE,
            "The argument as a number of this class.",
            |a| Ok(W::argument(a, 0)?.value()),
        ),
        row::<W>(
            "decode",
            TEXT,
            W::TYPE,
            "The number a text shows: hexadecimal behind 0x or #, octal behind 0.",
            decoded::<W>,
        ),
        row::<W>(
            "toString",
            W::ONE,
            Type::Text,
            "The digits of the argument.",
            |a| W::argument(a, 0)?.value().text().map(Value::String),
        ),
        row::<W>(
            "hashCode",
            W::ONE,
            Type::Integer,
            "The hash code of the argument.",
            |a| hash_code(&W::argument(a, 0)?.value()).map(Value::Integer),
        ),
        row::<W>(
            "compare",
            W::TWO,
            Type::Integer,
            "Less than 0, 0 or greater than 0.",
            |a| {
                let (left, right) = (W::argument(a, 0)?, W::argument(a, 1)?);
                Ok(ordered::<W>(left.into(), right.into()))
            },
        ),
        row::<W>(
            "compareUnsigned",
            W::TWO,
            Type::Integer,
            "Less than 0, 0 or greater than 0, for the bits of both.",
            |a| {
                let (left, right) = (W::argument(a, 0)?.to_bits(), W::argument(a, 1)?.to_bits());
                Ok(ordered::<W>(left, right))
            },
        ),
    ]
}

/// What only `Integer` and `Long` have.
const fn large_class<W: Large>() -> [Method; 22] {
    [
        row::<W>(
            "toString",
            W::AND_INT,
            Type::Text,
            "The digits of the argument in a radix.",
            |a| {
                let number: i64 = W::argument(a, 0)?.into();
                Ok(Value::from(radix_text(number, a.int(1)?)))
            },
        ),
        row::<W>(
            "toBinaryString",
            W::ONE,
            Type::Text,
            "The bits of the argument.",
            |a| Ok(Value::from(format!("{:b}", W::argument(a, 0)?))),
        ),
        row::<W>(
            "toHexString",
            W::ONE,
            Type::Text,
            "The argument in hexadecimal, negative numbers as their bits.",
            |a| Ok(Value::from(format!("{:x}", W::argument(a, 0)?))),
        ),
        row::<W>(
            "toOctalString",
            W::ONE,
            Type::Text,
            "The argument in octal, negative numbers as their bits.",
            |a| Ok(Value::from(format!("{:o}", W::argument(a, 0)?))),
        ),
        row::<W>("max", W::TWO, W::TYPE, "The greater of two numbers.", |a| {
            Ok(W::argument(a, 0)?.max(W::argument(a, 1)?).value())
        }),
        row::<W>("min", W::TWO, W::TYPE, "The lesser of two numbers.", |a| {
            Ok(W::argument(a, 0)?.min(W::argument(a, 1)?).value())
        }),
        row::<W>(
            "sum",
            W::TWO,
            W::TYPE,
            "The sum of two numbers, which wraps around.",
            |a| Ok(W::argument(a, 0)?.wrapping_add(&W::argument(a, 1)?).value()),
        ),
        row::<W>("signum", W::ONE, Type::Integer, "-1, 0 or 1.", |a| {
            Ok(Value::Integer(W::argument(a, 0)?.cmp(&W::zero()) as i32))
        }),
        row::<W>(
            "bitCount",
            W::ONE,
            Type::Integer,
            "The number of bits that are set.",
            |a| Ok(count(W::argument(a, 0)?.count_ones())),
        ),
        row::<W>(
            "numberOfLeadingZeros",
            W::ONE,
            Type::Integer,
            "The number of zero bits at the top.",
            |a| Ok(count(W::argument(a, 0)?.leading_zeros())),
        ),
        row::<W>(
            "numberOfTrailingZeros",
            W::ONE,
            Type::Integer,
            "The number of zero bits at the bottom.",
            |a| Ok(count(W::argument(a, 0)?.trailing_zeros())),
        ),
        row::<W>(
            "highestOneBit",
            W::ONE,
            W::TYPE,
            "The highest bit that is set, alone.",
            |a| {
                let bits = W::argument(a, 0)?.to_bits();
                let highest = bits.checked_ilog2().map_or(0, |place| 1 << place);
                Ok(W::of_bits(highest).value())
            },
        ),
        row::<W>(
            "lowestOneBit",
            W::ONE,
            W::TYPE,
            "The lowest bit that is set, alone.",
            |a| {
                let bits = W::argument(a, 0)?.to_bits();
                Ok(W::of_bits(bits & bits.wrapping_neg()).value())
            },
        ),
        row::<W>("reverse", W::ONE, W::TYPE, "The bits in reverse.", |a| {
            Ok(W::argument(a, 0)?.reverse_bits().value())
        }),
        row::<W>(
            "rotateLeft",
            W::AND_INT,
            W::TYPE,
            "The bits moved up; what leaves at the top comes in at the bottom.",
            |a| Ok(rotated(W::argument(a, 0)?, a.int(1)?)),
        ),
        row::<W>(
            "rotateRight",
            W::AND_INT,
            W::TYPE,
            "The bits moved down; what leaves at the bottom comes in at the top.",
            |a| Ok(rotated(W::argument(a, 0)?, a.int(1)?.wrapping_neg())),
        ),
        row::<W>(
            W::PARSE_UNSIGNED,
            TEXT,
            W::TYPE,
            "The number without a sign that a text shows.",
            |a| parsed_unsigned::<W>(a, 10),
        ),
        row::<W>(
            W::PARSE_UNSIGNED,
            TEXT_RADIX,
            W::TYPE,
            "The number without a sign that a text shows in a radix.",
            |a| parsed_unsigned::<W>(a, a.int(1)?),
        ),
        row::<W>(
            "toUnsignedString",
            W::ONE,
            Type::Text,
            "The digits of the bits of the argument.",
            |a| Ok(unsigned_text(W::argument(a, 0)?, 10)),
        ),
        row::<W>(
            "toUnsignedString",
            W::AND_INT,
            Type::Text,
            "The digits of the bits of the argument in a radix.",
            |a| Ok(unsigned_text(W::argument(a, 0)?, a.int(1)?)),
        ),
        row::<W>(
            "divideUnsigned",
            W::TWO,
            W::TYPE,
            "The quotient of the bits of both.",
            |a| unsigned_division::<W>(a, u64::checked_div),
        ),
        row::<W>(
            "remainderUnsigned",
            W::TWO,
            W::TYPE,
            "The remainder of the bits of both.",
            |a| unsigned_division::<W>(a, u64::checked_rem),
        ),
    ]
}

const fn unsigned_int<W: Whole>() -> Method {
    row::<W>(
        "toUnsignedInt",
        W::ONE,
        Type::Integer,
        "The bits of the argument as an Integer.",
        |a| Ok(i32::of_bits(W::argument(a, 0)?.to_bits()).value()),
    )
}

const fn unsigned_long<W: Whole>() -> Method {
    row::<W>(
        "toUnsignedLong",
        W::ONE,
        Type::Long,
        "The bits of the argument as a Long.",
        |a| Ok(i64::of_bits(W::argument(a, 0)?.to_bits()).value()),
    )
}

const fn reversed_bytes<W: Whole>() -> Method {
    row::<W>(
        "reverseBytes",
        W::ONE,
        W::TYPE,
        "The bytes in reverse.",
        |a| Ok(W::argument(a, 0)?.swap_bytes().value()),
    )
}

fn count(bits: u32) -> Value {
    Value::Integer(bits.cast_signed())
}

/// -1, 0 or 1; the small classes give the difference.
fn ordered<W: Whole>(left: impl Into<i128>, right: impl Into<i128>) -> Value {
    let (left, right) = (left.into(), right.into());
    Value::Integer(if size_of::<W>() < size_of::<i32>() {
        i32::try_from(left - right).unwrap_or(0)
    } else {
        left.cmp(&right) as i32
    })
}

fn rotated<W: Whole>(number: W, by: i32) -> Value {
    let width = W::zero().count_zeros();
    let by = by.rem_euclid(width.cast_signed());
    number.rotate_left(by.cast_unsigned()).value()
}

fn parsed<W: Whole>(arguments: Arguments<'_>, radix: i32) -> OpResult {
    let (least, most) = (W::min_value().into(), W::max_value().into());
    let number = parse_radix(arguments.text(0)?, radix, least, most)?;
    Ok(W::of_bits(number.cast_unsigned()).value())
}

fn parsed_unsigned<W: Whole>(arguments: Arguments<'_>, radix: i32) -> OpResult {
    let text = arguments.text(0)?;
    let wrong = || Failure::method(format!("\"{text}\" is not a number without a sign"));
    let radix = u32::try_from(radix)
        .ok()
        .filter(|radix| (2..=36).contains(radix))
        .ok_or_else(wrong)?;
    let digits = text.as_str().ok_or_else(wrong)?;
    let bits = u64::from_str_radix(digits, radix).map_err(|_| wrong())?;
    let number = W::of_bits(bits);
    if number.to_bits() != bits {
        return Err(wrong());
    }
    Ok(number.value())
}

fn decoded<W: Whole>(arguments: Arguments<'_>) -> OpResult {
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
    let (least, most) = (W::min_value().into(), W::max_value().into());
    let number = parse_radix(&format!("{sign}{digits}").into(), radix, least, most)?;
    Ok(W::of_bits(number.cast_unsigned()).value())
}

fn unsigned_text<W: Whole>(number: W, radix: i32) -> Value {
    let bits = number.to_bits();
    Value::from(match u32::try_from(radix) {
        Ok(radix @ 2..=36) => num_bigint::BigUint::from(bits).to_str_radix(radix),
        _ => bits.to_string(),
    })
}

fn unsigned_division<W: Whole>(
    arguments: Arguments<'_>,
    divide: fn(u64, u64) -> Option<u64>,
) -> OpResult {
    let dividend = W::argument(arguments, 0)?.to_bits();
    divide(dividend, W::argument(arguments, 1)?.to_bits())
        .map(|bits| W::of_bits(bits).value())
        .ok_or_else(|| Failure::arithmetic("division by zero"))
}
