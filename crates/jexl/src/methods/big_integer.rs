//! Methods of `BigInteger` alone.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{Signed as _, Zero as _};

use super::arguments::{Arguments, Type};
use super::big::{Big as _, MOST_BITS, bounded, row, with};
use super::{Method, int};
use crate::operators::decimal::division_by_zero;
use crate::operators::too_many_digits;
use crate::value::{Array, ElementClass};
use crate::{Failure, OpResult, Value};

const BIG: &[Type] = &[Type::BigInteger];
const INT: &[Type] = &[Type::Integer];

pub(super) const METHODS: &[Method] = &[
    row::<BigInt>(
        "divide",
        BIG,
        Type::BigInteger,
        "The quotient, cut to a whole number.",
        |value, a| with::<BigInt>(value, a, |x, y| Ok(x / divisor(y)?)),
    ),
    row::<BigInt>(
        "remainder",
        BIG,
        Type::BigInteger,
        "The remainder, with the sign of the number.",
        |value, a| with::<BigInt>(value, a, |x, y| Ok(x % divisor(y)?)),
    ),
    row::<BigInt>(
        "divideAndRemainder",
        BIG,
        Type::Array,
        "The quotient and the remainder.",
        |value, a| {
            let (quotient, rest) = BigInt::of(value)?.div_rem(divisor(BigInt::of(a.get(0))?)?);
            Ok(pair("java.math.BigInteger", quotient.into(), rest.into()))
        },
    ),
    row::<BigInt>(
        "mod",
        BIG,
        Type::BigInteger,
        "The remainder, never negative.",
        |value, a| with::<BigInt>(value, a, |x, y| Ok(x.mod_floor(modulus(y)?))),
    ),
    row::<BigInt>(
        "modPow",
        &[Type::BigInteger, Type::BigInteger],
        Type::BigInteger,
        "The remainder of a power.",
        |value, a| {
            let (exponent, modulus) = (BigInt::of(a.get(0))?, modulus(BigInt::of(a.get(1))?)?);
            let number = BigInt::of(value)?;
            // The time grows with the bits of the exponent and the square of those of the modulus.
            if exponent.bits().saturating_mul(modulus.bits()) > MOST_BITS {
                return Err(too_many_digits());
            }
            if exponent.is_negative() {
                let inverse = inverse(number, modulus)?;
                return Ok(inverse.modpow(&-exponent, modulus).into());
            }
            Ok(number.modpow(exponent, modulus).into())
        },
    ),
    row::<BigInt>(
        "modInverse",
        BIG,
        Type::BigInteger,
        "The number that times this one leaves the remainder 1.",
        |value, a| with::<BigInt>(value, a, |x, y| inverse(x, modulus(y)?)),
    ),
    row::<BigInt>(
        "gcd",
        BIG,
        Type::BigInteger,
        "The greatest common divisor.",
        |value, a| with::<BigInt>(value, a, |x, y| Ok(x.gcd(y))),
    ),
    row::<BigInt>(
        "sqrt",
        &[],
        Type::BigInteger,
        "The square root, cut to a whole number.",
        |value, _| {
            let number = BigInt::of(value)?;
            if number.is_negative() {
                return Err(Failure::arithmetic("the number is negative"));
            }
            Ok(number.sqrt().into())
        },
    ),
    row::<BigInt>(
        "and",
        BIG,
        Type::BigInteger,
        "The bits that both have.",
        |value, a| with::<BigInt>(value, a, |x, y| Ok(x & y)),
    ),
    row::<BigInt>(
        "or",
        BIG,
        Type::BigInteger,
        "The bits that one has.",
        |value, a| with::<BigInt>(value, a, |x, y| Ok(x | y)),
    ),
    row::<BigInt>(
        "xor",
        BIG,
        Type::BigInteger,
        "The bits that only one has.",
        |value, a| with::<BigInt>(value, a, |x, y| Ok(x ^ y)),
    ),
    row::<BigInt>(
        "andNot",
        BIG,
        Type::BigInteger,
        "The bits that the other does not have.",
        |value, a| with::<BigInt>(value, a, |x, y| Ok(x & !y.clone())),
    ),
    row::<BigInt>(
        "not",
        &[],
        Type::BigInteger,
        "The other bits.",
        |value, _| Ok((!BigInt::of(value)?.clone()).into()),
    ),
    row::<BigInt>(
        "shiftLeft",
        INT,
        Type::BigInteger,
        "The bits moved up.",
        |value, a| shifted(value, i64::from(a.int(0)?)),
    ),
    row::<BigInt>(
        "shiftRight",
        INT,
        Type::BigInteger,
        "The bits moved down.",
        |value, a| shifted(value, -i64::from(a.int(0)?)),
    ),
    row::<BigInt>(
        "testBit",
        INT,
        Type::Boolean,
        "Whether a bit is set.",
        |value, a| Ok(BigInt::of(value)?.bit(place(a)?).into()),
    ),
    row::<BigInt>(
        "setBit",
        INT,
        Type::BigInteger,
        "The number with a bit set.",
        |value, a| with_bit(value, a, |_| true),
    ),
    row::<BigInt>(
        "clearBit",
        INT,
        Type::BigInteger,
        "The number without a bit.",
        |value, a| with_bit(value, a, |_| false),
    ),
    row::<BigInt>(
        "flipBit",
        INT,
        Type::BigInteger,
        "The number with a bit changed.",
        |value, a| with_bit(value, a, |bit| !bit),
    ),
    row::<BigInt>(
        "getLowestSetBit",
        &[],
        Type::Integer,
        "The place of the lowest bit that is set, -1 for 0.",
        |value, _| {
            Ok(match BigInt::of(value)?.trailing_zeros() {
                Some(place) => int(usize::try_from(place).unwrap_or(usize::MAX)),
                None => Value::Integer(-1),
            })
        },
    ),
    row::<BigInt>(
        "bitCount",
        &[],
        Type::Integer,
        "The number of bits that differ from the sign.",
        |value, _| {
            let bits = magnitude(BigInt::of(value)?).magnitude().count_ones();
            Ok(int(usize::try_from(bits).unwrap_or(usize::MAX)))
        },
    ),
    row::<BigInt>(
        "bitLength",
        &[],
        Type::Integer,
        "The number of bits it takes.",
        |value, _| {
            let bits = magnitude(BigInt::of(value)?).bits();
            Ok(int(usize::try_from(bits).unwrap_or(usize::MAX)))
        },
    ),
    row::<BigInt>(
        "toByteArray",
        &[],
        Type::Array,
        "The bytes, the highest first.",
        |value, _| {
            let bytes = BigInt::of(value)?.to_signed_bytes_be();
            let bytes = bytes
                .into_iter()
                .map(|byte| Value::Byte(byte.cast_signed()));
            Ok(Value::Array(Array::new(
                ElementClass::Byte,
                bytes.collect(),
            )))
        },
    ),
    row::<BigInt>(
        "toString",
        INT,
        Type::Text,
        "The digits in a radix.",
        |value, a| {
            let radix = u32::try_from(a.int(0)?)
                .ok()
                .filter(|radix| (2..=36).contains(radix))
                .unwrap_or(10);
            Ok(Value::from(BigInt::of(value)?.to_str_radix(radix)))
        },
    ),
];

/// An array of two objects of a class.
pub(super) fn pair(class: &'static str, first: Value, second: Value) -> Value {
    Value::Array(Array::new(ElementClass::Object(class), vec![first, second]))
}

fn divisor(number: &BigInt) -> OpResult<&BigInt> {
    if number.is_zero() {
        return Err(division_by_zero());
    }
    Ok(number)
}

fn modulus(number: &BigInt) -> OpResult<&BigInt> {
    if !number.is_positive() {
        return Err(Failure::arithmetic("the divisor is not positive"));
    }
    Ok(number)
}

/// The inverse. Its time grows with the square of the bits, so that they are bounded.
fn inverse(number: &BigInt, modulus: &BigInt) -> OpResult<BigInt> {
    const MOST: u64 = 4096;
    if number.bits().max(modulus.bits()) > MOST {
        return Err(Failure::limit(format!(
            "the inverse of a number of more than {MOST} bits is not calculated"
        )));
    }
    number
        .modinv(modulus)
        .ok_or_else(|| Failure::arithmetic("the number has no inverse"))
}

fn shifted(value: &Value, by: i64) -> OpResult {
    let number = BigInt::of(value)?;
    let places = by.unsigned_abs();
    if by <= 0 {
        return Ok((number >> places).into());
    }
    if number.bits().saturating_add(places) > MOST_BITS && !number.is_zero() {
        return Err(too_many_digits());
    }
    Ok(Value::from(number << places))
}

fn place(arguments: Arguments<'_>) -> OpResult<u64> {
    u64::try_from(arguments.int(0)?).map_err(|_| Failure::arithmetic("the bit is negative"))
}

fn with_bit(value: &Value, arguments: Arguments<'_>, set: fn(bool) -> bool) -> OpResult {
    let place = place(arguments)?;
    if place > MOST_BITS {
        return Err(too_many_digits());
    }
    let mut number = BigInt::of(value)?.clone();
    let bit = set(number.bit(place));
    number.set_bit(place, bit);
    bounded(number).map(Into::into)
}

/// The number without its sign bits: for a negative one its other bits.
fn magnitude(number: &BigInt) -> BigInt {
    if number.is_negative() {
        !number.clone()
    } else {
        number.clone()
    }
}
