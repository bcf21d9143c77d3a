//! `& | ^ ~` and `..`: operators on `long` (`spec/jexl.md` §5.5, §4).

use super::coerce::{null_operand, to_long};
use super::known;
use crate::value::Range;
use crate::{OpResult, Value};

/// `a & b`, always a `Long`.
pub(crate) fn bit_and(a: &Value, b: &Value) -> OpResult {
    let (a, b) = longs(a, b)?;
    Ok(Value::Long(a & b))
}

/// `a | b`, always a `Long`.
pub(crate) fn bit_or(a: &Value, b: &Value) -> OpResult {
    let (a, b) = longs(a, b)?;
    Ok(Value::Long(a | b))
}

/// `a ^ b`, always a `Long`.
pub(crate) fn bit_xor(a: &Value, b: &Value) -> OpResult {
    let (a, b) = longs(a, b)?;
    Ok(Value::Long(a ^ b))
}

/// `~a`, always a `Long`.
pub(crate) fn complement(a: &Value) -> OpResult {
    Ok(Value::Long(!to_long(a)?))
}

/// `a .. b`
pub(crate) fn create_range(a: &Value, b: &Value) -> OpResult {
    known(&[a, b])?;
    Ok(Value::Range(Range::new(to_long(a)?, to_long(b)?)))
}

fn longs(a: &Value, b: &Value) -> OpResult<(i64, i64)> {
    known(&[a, b])?;
    if a.is_null() && b.is_null() {
        return Err(null_operand());
    }
    Ok((to_long(a)?, to_long(b)?))
}
