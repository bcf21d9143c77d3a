//! Operators as pure functions of values (`spec/jexl.md` §5). Places in the source are added by the interpreter.
//!
//! Every function first hands an unknown operand through, so that analysis can run on values only a run can tell.

mod arithmetic;
mod bitwise;
mod coerce;
mod compare;
pub(crate) mod decimal;
mod fitting;
mod matching;
mod measure;
mod narrow;

pub(crate) use arithmetic::{add, divide, modulo, multiply, negate, subtract};
pub(crate) use bitwise::{bit_and, bit_or, bit_xor, complement, create_range};
pub(crate) use coerce::{
    decimal_digit, is_condition_true, parse_decimal, parse_double, to_big_decimal, to_big_integer,
    to_boolean, to_double, to_integer, to_long, to_text,
};
pub(crate) use compare::{equal, greater, greater_or_equal, less, less_or_equal, not_equal};
pub(crate) use decimal::too_many_digits;
pub(crate) use fitting::fitting;
pub(crate) use matching::{Contained, contained_in, ends_with, starts_with};
pub(crate) use measure::{is_empty, size};
pub(crate) use narrow::{narrow, narrow_to};

use crate::value::Unknown;
use crate::{Failure, OpResult, Value};

/// Hands on the operands that only a run can tell.
#[inline]
fn known(operands: &[&Value]) -> OpResult<()> {
    match Unknown::among(operands.iter().copied()) {
        Some(unknown) => Err(Failure::Unknown(unknown)),
        None => Ok(()),
    }
}
