//! Static methods of whole numbers that look at their bits, and what else only `Integer` and `Long` have.

use super::radix_text;
use super::whole::Whole;
use crate::methods::Arguments;
use crate::methods::method::{Method, rows};
use crate::{Failure, OpResult, Value};

/// What `Integer` and `Long` have.
macro_rules! large_class {
    ($class:ident, $int:ty, $parse:ident) => {
        rows! { $class as Static:
            toString($class, Integer) -> Text, 1, in_radix::<$int>, "The digits of the argument in a radix.";
            toBinaryString($class) -> Text, 1, binary::<$int>, "The bits of the argument.";
            /// The argument in hexadecimal, negative numbers as their bits.
            toHexString($class) -> Text, 1, hexadecimal::<$int>;
            toOctalString($class) -> Text, 1, octal::<$int>, "The argument in octal, negative numbers as their bits.";
            max($class, $class) -> $class, 1, max::<$int>, "The greater of two numbers.";
            min($class, $class) -> $class, 1, min::<$int>, "The lesser of two numbers.";
            sum($class, $class) -> $class, 1, sum::<$int>, "The sum of two numbers, which wraps around.";
            signum($class) -> Integer, 1, sign::<$int>, "-1, 0 or 1.";
            bitCount($class) -> Integer, 1, bit_count::<$int>, "The number of bits that are set.";
            numberOfLeadingZeros($class) -> Integer, 1, leading::<$int>, "The number of zero bits at the top.";
            numberOfTrailingZeros($class) -> Integer, 1, trailing::<$int>, "The number of zero bits at the bottom.";
            highestOneBit($class) -> $class, 1, highest::<$int>, "The highest bit that is set, alone.";
            lowestOneBit($class) -> $class, 1, lowest::<$int>, "The lowest bit that is set, alone.";
            reverse($class) -> $class, 1, reverse::<$int>, "The bits in reverse.";
            /// The bits moved up; what leaves at the top comes in at the bottom.
            rotateLeft($class, Integer) -> $class, 1, rotate_left::<$int>;
            /// The bits moved down; what leaves at the bottom comes in at the top.
            rotateRight($class, Integer) -> $class, 1, rotate_right::<$int>;
            $parse(Text) -> $class, 1, parse::<$int>, "The number without a sign that a text shows.";
            /// The number without a sign that a text shows in a radix.
            $parse(Text, Integer) -> $class, 1, parse_in::<$int>;
            toUnsignedString($class) -> Text, 1, digits::<$int>, "The digits of the bits of the argument.";
            /// The digits of the bits of the argument in a radix.
            toUnsignedString($class, Integer) -> Text, 1, digits_in::<$int>;
            divideUnsigned($class, $class) -> $class, 1, divide::<$int>, "The quotient of the bits of both.";
            remainderUnsigned($class, $class) -> $class, 1, remainder::<$int>, "The remainder of the bits of both.";
        }
    };
}

pub(super) const TABLES: &[&[Method]] = &[
    large_class!(Integer, i32, parseUnsignedInt),
    large_class!(Long, i64, parseUnsignedLong),
    OF_BYTE,
    OF_SHORT,
    OF_INTEGER,
    OF_LONG,
];

const OF_BYTE: &[Method] = rows! { Byte as Static:
    toUnsignedInt(Byte) -> Integer, 1, to_int::<i8>, "The bits of the argument as an Integer.";
    toUnsignedLong(Byte) -> Long, 1, to_long::<i8>, "The bits of the argument as a Long.";
};

const OF_SHORT: &[Method] = rows! { Short as Static:
    toUnsignedInt(Short) -> Integer, 1, to_int::<i16>, "The bits of the argument as an Integer.";
    toUnsignedLong(Short) -> Long, 1, to_long::<i16>, "The bits of the argument as a Long.";
    reverseBytes(Short) -> Short, 1, reverse_bytes::<i16>, "The bytes in reverse.";
};

const OF_INTEGER: &[Method] = rows! { Integer as Static:
    toUnsignedLong(Integer) -> Long, 1, to_long::<i32>, "The bits of the argument as a Long.";
    reverseBytes(Integer) -> Integer, 1, reverse_bytes::<i32>, "The bytes in reverse.";
};

const OF_LONG: &[Method] = rows! { Long as Static:
    reverseBytes(Long) -> Long, 1, reverse_bytes::<i64>, "The bytes in reverse.";
};

fn in_radix<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    let number = W::argument(arguments, 0)?;
    Ok(Value::from(radix_text(number.into(), arguments.int(1)?)))
}

fn binary<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    Ok(format!("{:b}", W::argument(arguments, 0)?).into())
}

fn hexadecimal<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    Ok(format!("{:x}", W::argument(arguments, 0)?).into())
}

fn octal<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    Ok(format!("{:o}", W::argument(arguments, 0)?).into())
}

fn max<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    both::<W>(arguments, W::max)
}

fn min<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    both::<W>(arguments, W::min)
}

fn sum<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    both::<W>(arguments, |a, b| a.wrapping_add(&b))
}

/// Joins two numbers.
fn both<W: Whole>(arguments: Arguments<'_>, join: fn(W, W) -> W) -> OpResult {
    let (a, b) = (W::argument(arguments, 0)?, W::argument(arguments, 1)?);
    Ok(join(a, b).value())
}

fn sign<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    let order = W::argument(arguments, 0)?.cmp(&W::zero());
    Ok(Value::Integer(order as i32))
}

fn bit_count<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    Ok(count(W::argument(arguments, 0)?.count_ones()))
}

fn leading<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    Ok(count(W::argument(arguments, 0)?.leading_zeros()))
}

fn trailing<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    Ok(count(W::argument(arguments, 0)?.trailing_zeros()))
}

fn count(bits: u32) -> Value {
    Value::Integer(bits.cast_signed())
}

fn highest<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    let bits = W::argument(arguments, 0)?.to_bits();
    let highest = bits.checked_ilog2().map_or(0, |place| 1 << place);
    Ok(W::of_bits(highest).value())
}

fn lowest<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    let bits = W::argument(arguments, 0)?.to_bits();
    Ok(W::of_bits(bits & bits.wrapping_neg()).value())
}

fn reverse<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    Ok(W::argument(arguments, 0)?.reverse_bits().value())
}

fn rotate_left<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    Ok(rotated(W::argument(arguments, 0)?, arguments.int(1)?))
}

fn rotate_right<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    let number = W::argument(arguments, 0)?;
    Ok(rotated(number, arguments.int(1)?.wrapping_neg()))
}

fn rotated<W: Whole>(number: W, by: i32) -> Value {
    let width = W::zero().count_zeros();
    let by = by.rem_euclid(width.cast_signed());
    number.rotate_left(by.cast_unsigned()).value()
}

fn parse<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    parsed::<W>(arguments, 10)
}

fn parse_in<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    parsed::<W>(arguments, arguments.int(1)?)
}

fn parsed<W: Whole>(arguments: Arguments<'_>, radix: i32) -> OpResult {
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

fn digits<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    Ok(unsigned_text(W::argument(arguments, 0)?, 10))
}

fn digits_in<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    Ok(unsigned_text(W::argument(arguments, 0)?, arguments.int(1)?))
}

fn unsigned_text<W: Whole>(number: W, radix: i32) -> Value {
    let bits = number.to_bits();
    Value::from(match u32::try_from(radix) {
        Ok(radix @ 2..=36) => num_bigint::BigUint::from(bits).to_str_radix(radix),
        _ => bits.to_string(),
    })
}

fn divide<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    unsigned_division::<W>(arguments, u64::checked_div)
}

fn remainder<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    unsigned_division::<W>(arguments, u64::checked_rem)
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

fn to_int<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    Ok(i32::of_bits(W::argument(arguments, 0)?.to_bits()).value())
}

fn to_long<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    Ok(i64::of_bits(W::argument(arguments, 0)?.to_bits()).value())
}

fn reverse_bytes<W: Whole>(arguments: Arguments<'_>) -> OpResult {
    Ok(W::argument(arguments, 0)?.swap_bytes().value())
}
