//! Java's `equals` and `hashCode`.

use num_bigint::{BigInt, Sign};

use super::{JavaString, Table, Unknown, Value};
use crate::budget;
use crate::{Failure, OpResult};

/// `a.equals(b)`: the class counts for numbers (an `Integer` never equals a `Long`), lists, sets and maps compare their
/// contents, arrays only themselves, `null` equals `null`. What is read is charged.
///
/// # Errors
/// Where the values hold an unknown value; kind `limit` where they nest too deep or the budget ends.
pub fn equals(a: &Value, b: &Value) -> OpResult<bool> {
    budget::read_elements(1)?;
    equals_unpaid(a, b)
}

/// [`equals`] for a caller that pays for the step from one element to the next; what the elements hold is charged.
#[inline]
pub(super) fn equals_unpaid(a: &Value, b: &Value) -> OpResult<bool> {
    if let (Value::String(a), Value::String(b)) = (a, b) {
        return same_text(a, b);
    }
    if a.is_same(b) {
        return Ok(true);
    }
    equal_contents(a, b)
}

/// `a.hashCode()`, 0 for `null` and for everything whose Java hash code is its address. What is read is charged.
///
/// # Errors
/// Where the value holds an unknown value; kind `limit` where it nests too deep or the budget ends.
pub fn hash_code(value: &Value) -> OpResult<i32> {
    budget::read_elements(1)?;
    hash_of_contents(value)
}

/// [`equals`] of two that are not the same object.
fn equal_contents(a: &Value, b: &Value) -> OpResult<bool> {
    Ok(match (a, b) {
        (Value::Unknown(_), _) | (_, Value::Unknown(_)) => {
            let unknown = Unknown::among([a, b]);
            return unknown.map_or(Ok(false), |unknown| Err(Failure::Unknown(unknown)));
        }
        (Value::Byte(a), Value::Byte(b)) => a == b,
        (Value::Short(a), Value::Short(b)) => a == b,
        (Value::Integer(a), Value::Integer(b)) => a == b,
        (Value::Long(a), Value::Long(b)) => a == b,
        (Value::BigInteger(a), Value::BigInteger(b)) => a == b,
        (Value::Float(a), Value::Float(b)) => float_bits(*a) == float_bits(*b),
        (Value::Double(a), Value::Double(b)) => double_bits(*a) == double_bits(*b),
        (Value::BigDecimal(a), Value::BigDecimal(b)) => {
            a.as_bigint_and_exponent() == b.as_bigint_and_exponent()
        }
        (Value::Character(a), Value::Character(b)) => a == b,
        (Value::String(a), Value::String(b)) => same_text(a, b)?,
        (Value::Range(a), Value::Range(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            budget::deeper(|| all_equal(&a.snapshot(), &b.snapshot()))?
        }
        (Value::Set(a), Value::Set(b)) => {
            budget::deeper(|| entries_equal(&a.snapshot(), &b.snapshot()))?
        }
        (Value::Map(a), Value::Map(b)) => {
            budget::deeper(|| entries_equal(&a.snapshot(), &b.snapshot()))?
        }
        (Value::Object(object), other) => budget::deeper(|| object.equals(other))?.unwrap_or(false),
        _ => false,
    })
}

/// Whether two texts are the same; texts of different lengths are not read.
pub(crate) fn same_text(a: &JavaString, b: &JavaString) -> OpResult<bool> {
    if a.bytes() != b.bytes() {
        return Ok(false);
    }
    budget::read_bytes(a.bytes())?;
    Ok(a == b)
}

fn all_equal(a: &[Value], b: &[Value]) -> OpResult<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    for (a, b) in a.iter().zip(b) {
        if !equals(a, b)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn entries_equal(a: &Table, b: &Table) -> OpResult<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    for (key, value) in a.pairs() {
        let Some(other) = b.get(key)? else {
            return Ok(false);
        };
        if !equals(value, other)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn hash_of_contents(value: &Value) -> OpResult<i32> {
    Ok(match value {
        Value::Boolean(true) => 1231,
        Value::Boolean(false) => 1237,
        Value::Byte(number) => i32::from(*number),
        Value::Short(number) => i32::from(*number),
        Value::Integer(number) => *number,
        Value::Long(number) => fold(number.cast_unsigned()),
        Value::BigInteger(number) => big_hash(number),
        Value::Float(number) => float_bits(*number).cast_signed(),
        Value::Double(number) => fold(double_bits(*number)),
        Value::BigDecimal(number) => {
            let (digits, scale) = number.as_bigint_and_exponent();
            #[expect(clippy::cast_possible_truncation, reason = "Java's scale is an int")]
            let scale = scale as i32;
            big_hash(&digits).wrapping_mul(31).wrapping_add(scale)
        }
        Value::Character(unit) => i32::from(*unit),
        Value::String(text) => {
            budget::read_bytes(text.bytes())?;
            text.hash_code()
        }
        Value::List(list) => budget::deeper(|| {
            let mut hash = 1_i32;
            for item in list.snapshot().iter() {
                hash = hash.wrapping_mul(31).wrapping_add(hash_code(item)?);
            }
            Ok(hash)
        })?,
        Value::Set(set) => entries_hash(&set.snapshot())?,
        Value::Map(map) => entries_hash(&map.snapshot())?,
        Value::Object(object) => budget::deeper(|| object.hash_code())?,
        Value::Unknown(unknown) => return Err(Failure::from(unknown)),
        Value::Null | Value::Array(_) | Value::Range(_) => 0,
    })
}

/// The sum over the entries of key hash xor value hash; a set's values are null and count nothing.
fn entries_hash(table: &Table) -> OpResult<i32> {
    budget::deeper(|| {
        let mut sum = 0_i32;
        for (key, value) in table.pairs() {
            sum = sum.wrapping_add(hash_code(key)? ^ hash_code(value)?);
        }
        Ok(sum)
    })
}

/// The bits of a double with one NaN, as `Double.doubleToLongBits` gives them.
fn double_bits(number: f64) -> u64 {
    if number.is_nan() {
        0x7FF8_0000_0000_0000
    } else {
        number.to_bits()
    }
}

/// The bits of a float with one NaN, as `Float.floatToIntBits` gives them.
fn float_bits(number: f32) -> u32 {
    if number.is_nan() {
        0x7FC0_0000
    } else {
        number.to_bits()
    }
}

/// Both halves of a long, one over the other.
fn fold(bits: u64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
    let folded = (bits ^ (bits >> 32)) as u32;
    folded.cast_signed()
}

/// `BigInteger.hashCode()`: over the 32-bit digits from the highest on.
fn big_hash(number: &BigInt) -> i32 {
    let hash = number
        .magnitude()
        .iter_u32_digits()
        .rev()
        .fold(0_i32, |hash, digit| {
            hash.wrapping_mul(31).wrapping_add(digit.cast_signed())
        });
    if number.sign() == Sign::Minus {
        hash.wrapping_neg()
    } else {
        hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_count() {
        assert!(!equals(&Value::Integer(1), &Value::Long(1)).unwrap());
        assert!(!equals(&Value::Double(0.0), &Value::Double(-0.0)).unwrap());
        assert!(equals(&Value::Double(f64::NAN), &Value::Double(f64::NAN)).unwrap());
        let lists = [Value::list(vec![1.into()]), Value::list(vec![1.into()])];
        assert!(equals(&lists[0], &lists[1]).unwrap());
    }

    #[test]
    fn hash_codes_are_javas() {
        assert_eq!(hash_code(&Value::Long(5_000_000_000)).unwrap(), 705_032_705);
        assert_eq!(hash_code(&Value::Double(1.5)).unwrap(), 1_073_217_536);
        assert_eq!(
            hash_code(&Value::list(vec![1.into(), 2.into()])).unwrap(),
            994
        );
        let big = Value::from(BigInt::from(1) << 70);
        assert_eq!(hash_code(&big).unwrap(), 64 * 961);
    }
}
