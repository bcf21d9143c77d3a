//! Methods of `BigInteger` alone.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{Signed as _, Zero as _};

use super::big::{Big as _, MOST_BITS, bounded, with};
use crate::budget;
use crate::methods::method::{Method, rows};
use crate::methods::{Arguments, int};
use crate::operators::decimal::division_by_zero;
use crate::operators::too_many_digits;
use crate::value::{Array, ElementClass};
use crate::{Failure, OpResult, Value};

pub(super) const METHODS: &[Method] = rows! { BigInteger as Any:
    divide(BigInteger) -> BigInteger, 1, divide, "The quotient, cut to a whole number.";
    remainder(BigInteger) -> BigInteger, 1, remainder, "The remainder, with the sign of the number.";
    divideAndRemainder(BigInteger) -> Array, 1, divide_and_remainder, "The quotient and the remainder.";
    mod(BigInteger) -> BigInteger, 1, modulo, "The remainder, never negative.";
    modPow(BigInteger, BigInteger) -> BigInteger, 1, modular_power, "The remainder of a power.";
    modInverse(BigInteger) -> BigInteger, 1, modular_inverse, "The number that times this one leaves the remainder 1.";
    gcd(BigInteger) -> BigInteger, 1, gcd, "The greatest common divisor.";
    sqrt() -> BigInteger, 1, square_root, "The square root, cut to a whole number.";
    and(BigInteger) -> BigInteger, 1, and, "The bits that both have.";
    or(BigInteger) -> BigInteger, 1, or, "The bits that one has.";
    xor(BigInteger) -> BigInteger, 1, xor, "The bits that only one has.";
    andNot(BigInteger) -> BigInteger, 1, and_not, "The bits that the other does not have.";
    not() -> BigInteger, 1, not, "The other bits.";
    shiftLeft(Integer) -> BigInteger, 1, shift_left, "The bits moved up.";
    shiftRight(Integer) -> BigInteger, 1, shift_right, "The bits moved down.";
    testBit(Integer) -> Boolean, 1, test_bit, "Whether a bit is set.";
    setBit(Integer) -> BigInteger, 1, set_bit, "The number with a bit set.";
    clearBit(Integer) -> BigInteger, 1, clear_bit, "The number without a bit.";
    flipBit(Integer) -> BigInteger, 1, flip_bit, "The number with a bit changed.";
    getLowestSetBit() -> Integer, 1, lowest_set_bit, "The place of the lowest bit that is set, -1 for 0.";
    bitCount() -> Integer, 1, bit_count, "The number of bits that differ from the sign.";
    bitLength() -> Integer, 1, bit_length, "The number of bits it takes.";
    toByteArray() -> Array, 1, to_bytes, "The bytes, the highest first.";
    toString(Integer) -> Text, 1, in_radix, "The digits in a radix.";
};

fn divide(value: &Value, arguments: Arguments<'_>) -> OpResult {
    with::<BigInt>(value, arguments, |x, y| Ok(x / divisor(y)?))
}

fn remainder(value: &Value, arguments: Arguments<'_>) -> OpResult {
    with::<BigInt>(value, arguments, |x, y| Ok(x % divisor(y)?))
}

fn divide_and_remainder(value: &Value, arguments: Arguments<'_>) -> OpResult {
    let number = BigInt::of(value)?;
    let (quotient, rest) = number.div_rem(divisor(BigInt::of(arguments.get(0))?)?);
    Ok(pair("java.math.BigInteger", quotient.into(), rest.into()))
}

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

fn modulo(value: &Value, arguments: Arguments<'_>) -> OpResult {
    with::<BigInt>(value, arguments, |x, y| Ok(x.mod_floor(modulus(y)?)))
}

fn modular_power(value: &Value, arguments: Arguments<'_>) -> OpResult {
    let exponent = BigInt::of(arguments.get(0))?;
    let modulus = modulus(BigInt::of(arguments.get(1))?)?;
    let number = BigInt::of(value)?;
    // The time grows with the bits of the exponent and the square of those of the modulus.
    if exponent.bits().saturating_mul(modulus.bits()) > MOST_BITS {
        return Err(too_many_digits());
    }
    let words = modulus.bits() / 64 + 1;
    budget::spend(exponent.bits().saturating_mul(16 + words * words / 4))?;
    if exponent.is_negative() {
        let inverse = inverse(number, modulus)?;
        return Ok(inverse.modpow(&-exponent, modulus).into());
    }
    Ok(number.modpow(exponent, modulus).into())
}

fn modular_inverse(value: &Value, arguments: Arguments<'_>) -> OpResult {
    with::<BigInt>(value, arguments, |x, y| inverse(x, modulus(y)?))
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
    let bits = number.bits().max(modulus.bits());
    budget::spend(bits * (16 + bits / 256))?;
    number
        .modinv(modulus)
        .ok_or_else(|| Failure::arithmetic("the number has no inverse"))
}

fn gcd(value: &Value, arguments: Arguments<'_>) -> OpResult {
    with::<BigInt>(value, arguments, |x, y| Ok(x.gcd(y)))
}

fn square_root(value: &Value, _: Arguments<'_>) -> OpResult {
    let number = BigInt::of(value)?;
    if number.is_negative() {
        return Err(Failure::arithmetic("the number is negative"));
    }
    Ok(number.sqrt().into())
}

fn and(value: &Value, arguments: Arguments<'_>) -> OpResult {
    with::<BigInt>(value, arguments, |x, y| Ok(x & y))
}

fn or(value: &Value, arguments: Arguments<'_>) -> OpResult {
    with::<BigInt>(value, arguments, |x, y| Ok(x | y))
}

fn xor(value: &Value, arguments: Arguments<'_>) -> OpResult {
    with::<BigInt>(value, arguments, |x, y| Ok(x ^ y))
}

fn and_not(value: &Value, arguments: Arguments<'_>) -> OpResult {
    with::<BigInt>(value, arguments, |x, y| Ok(x & !y.clone()))
}

fn not(value: &Value, _: Arguments<'_>) -> OpResult {
    Ok((!BigInt::of(value)?.clone()).into())
}

fn shift_left(value: &Value, arguments: Arguments<'_>) -> OpResult {
    shifted(value, i64::from(arguments.int(0)?))
}

fn shift_right(value: &Value, arguments: Arguments<'_>) -> OpResult {
    shifted(value, -i64::from(arguments.int(0)?))
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

fn test_bit(value: &Value, arguments: Arguments<'_>) -> OpResult {
    Ok(BigInt::of(value)?.bit(place(arguments)?).into())
}

fn set_bit(value: &Value, arguments: Arguments<'_>) -> OpResult {
    with_bit(value, arguments, |_| true)
}

fn clear_bit(value: &Value, arguments: Arguments<'_>) -> OpResult {
    with_bit(value, arguments, |_| false)
}

fn flip_bit(value: &Value, arguments: Arguments<'_>) -> OpResult {
    with_bit(value, arguments, |bit| !bit)
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

fn place(arguments: Arguments<'_>) -> OpResult<u64> {
    u64::try_from(arguments.int(0)?).map_err(|_| Failure::arithmetic("the bit is negative"))
}

fn lowest_set_bit(value: &Value, _: Arguments<'_>) -> OpResult {
    let place = BigInt::of(value)?.trailing_zeros();
    Ok(place.map_or(Value::Integer(-1), count))
}

fn bit_count(value: &Value, _: Arguments<'_>) -> OpResult {
    let number = magnitude(BigInt::of(value)?);
    Ok(count(number.magnitude().count_ones()))
}

fn bit_length(value: &Value, _: Arguments<'_>) -> OpResult {
    Ok(count(magnitude(BigInt::of(value)?).bits()))
}

/// The number without its sign bits: for a negative one its other bits.
fn magnitude(number: &BigInt) -> BigInt {
    if number.is_negative() {
        !number.clone()
    } else {
        number.clone()
    }
}

fn count(bits: u64) -> Value {
    int(usize::try_from(bits).unwrap_or(usize::MAX))
}

fn to_bytes(value: &Value, _: Arguments<'_>) -> OpResult {
    let bytes = BigInt::of(value)?.to_signed_bytes_be();
    let bytes = bytes
        .into_iter()
        .map(|byte| Value::Byte(byte.cast_signed()))
        .collect();
    Ok(Value::Array(Array::new(ElementClass::Byte, bytes)))
}

fn in_radix(value: &Value, arguments: Arguments<'_>) -> OpResult {
    let radix = u32::try_from(arguments.int(0)?)
        .ok()
        .filter(|radix| (2..=36).contains(radix))
        .unwrap_or(10);
    Ok(Value::from(BigInt::of(value)?.to_str_radix(radix)))
}
