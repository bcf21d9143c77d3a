//! Java's `equals` and `hashCode`.

use num_bigint::{BigInt, Sign};

use super::{Table, Value};
use crate::limits::MAX_VALUE_DEPTH;
use crate::{ErrorKind, Failure, OpResult};

/// How many elements one comparison or hash code may visit, however often they share parts.
const MAX_VISITS: usize = 1_000_000;

/// `a.equals(b)`: the class counts for numbers (an `Integer` never equals a `Long`), lists, sets and maps compare their
/// contents, arrays only themselves, `null` equals `null`.
///
/// Fails where the values contain themselves, hold an unknown value, or are larger than the limits allow.
pub fn equals(a: &Value, b: &Value) -> OpResult<bool> {
    Walk::default().equals(a, b)
}

/// `a.hashCode()`, 0 for `null` and for everything whose Java hash code is its address.
///
/// Fails where the value contains itself, holds an unknown value, or is larger than the limits allow.
pub fn hash_code(value: &Value) -> OpResult<i32> {
    Walk::default().hash_code(value)
}

/// The bounds of one walk.
#[derive(Default)]
struct Walk {
    depth: usize,
    visits: usize,
}

impl Walk {
    fn enter(&mut self) -> OpResult<()> {
        self.depth += 1;
        if self.depth > MAX_VALUE_DEPTH {
            return Err(too_deep());
        }
        Ok(())
    }

    fn visit(&mut self) -> OpResult<()> {
        self.visits += 1;
        if self.visits > MAX_VISITS {
            return Err(Failure::limit(
                "the values are too large to compare their contents",
            ));
        }
        Ok(())
    }

    fn equals(&mut self, a: &Value, b: &Value) -> OpResult<bool> {
        self.visit()?;
        if a.is_same(b) {
            return Ok(true);
        }
        Ok(match (a, b) {
            (Value::Unknown(reason), _) | (_, Value::Unknown(reason)) => {
                return Err(Failure::from(reason));
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
            (Value::String(a), Value::String(b)) => a == b,
            (Value::Range(a), Value::Range(b)) => a == b,
            (Value::List(a), Value::List(b)) => {
                self.enter()?;
                let equal = self.all_equal(&a.snapshot(), &b.snapshot())?;
                self.depth -= 1;
                equal
            }
            (Value::Set(a), Value::Set(b)) => {
                self.enter()?;
                let equal = self.entries_equal(&a.snapshot(), &b.snapshot())?;
                self.depth -= 1;
                equal
            }
            (Value::Map(a), Value::Map(b)) => {
                self.enter()?;
                let equal = self.entries_equal(&a.snapshot(), &b.snapshot())?;
                self.depth -= 1;
                equal
            }
            (Value::Object(object), other) => object.equals(other).unwrap_or(false),
            _ => false,
        })
    }

    fn all_equal(&mut self, a: &[Value], b: &[Value]) -> OpResult<bool> {
        if a.len() != b.len() {
            return Ok(false);
        }
        for (a, b) in a.iter().zip(b) {
            if !self.equals(a, b)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn entries_equal(&mut self, a: &Table, b: &Table) -> OpResult<bool> {
        if a.len() != b.len() {
            return Ok(false);
        }
        for (key, value) in a.walk() {
            self.visit()?;
            let Some(other) = b.get(key)? else {
                return Ok(false);
            };
            if !self.equals(value, other)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn hash_code(&mut self, value: &Value) -> OpResult<i32> {
        self.visit()?;
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
            Value::String(text) => text.hash_code(),
            Value::List(list) => {
                self.enter()?;
                let mut hash = 1_i32;
                for item in list.snapshot().iter() {
                    hash = hash.wrapping_mul(31).wrapping_add(self.hash_code(item)?);
                }
                self.depth -= 1;
                hash
            }
            Value::Set(set) => self.entries_hash(&set.snapshot())?,
            Value::Map(map) => self.entries_hash(&map.snapshot())?,
            Value::Object(object) => object.hash_code(),
            Value::Unknown(reason) => return Err(Failure::from(reason)),
            Value::Null | Value::Array(_) | Value::Range(_) | Value::Lambda(_) => 0,
        })
    }

    /// The sum over the entries of key hash xor value hash; a set's values are null and count nothing.
    fn entries_hash(&mut self, table: &Table) -> OpResult<i32> {
        self.enter()?;
        let mut sum = 0_i32;
        for (key, value) in table.walk() {
            sum = sum.wrapping_add(self.hash_code(key)? ^ self.hash_code(value)?);
        }
        self.depth -= 1;
        Ok(sum)
    }
}

/// The error of a walk into values that contain themselves.
pub(super) fn too_deep() -> Failure {
    Failure::new(
        ErrorKind::Evaluation,
        format!("the value contains itself, or values nest more than {MAX_VALUE_DEPTH} deep"),
    )
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
    use crate::value::List;

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

    #[test]
    fn a_list_in_itself_is_an_error() {
        let list = List::new(Vec::new());
        let other = List::new(Vec::new());
        for list in [&list, &other] {
            let inner = Value::List(list.clone());
            list.change(|items| items.push(inner));
        }
        let failure = equals(&Value::List(list.clone()), &Value::List(other)).unwrap_err();
        assert_eq!(failure.kind(), Some(ErrorKind::Evaluation));
        assert!(hash_code(&Value::List(list)).is_err());
    }
}
