//! Methods of strings that compare.

use crate::budget;
use crate::methods::Arguments;
use crate::methods::arguments::null_argument;
use crate::methods::code_point::single;
use crate::methods::method::{Method, rows};
use crate::value::JavaString;
use crate::{Failure, OpResult, Value};

pub(super) const METHODS: &[Method] = rows! { Text as Text:
    startsWith(Text) -> Boolean, 0, starts_with, "Whether the text starts with another.";
    startsWith(Text, Integer) -> Boolean, 1, has_at, "Whether another text stands at an index.";
    endsWith(Text) -> Boolean, 0, ends_with, "Whether the text ends with another.";
    contentEquals(Sequence) -> Boolean, 1, content_equals, "Whether both texts are the same.";
    /// Whether both texts are the same but for letter case; false for null.
    equalsIgnoreCase(Text) -> Boolean, 4, equals_ignoring_case;
    /// Negative, 0 or positive as the text comes before, with or after another.
    compareTo(Any) -> Integer, 1, compare_to;
    compareToIgnoreCase(Text) -> Integer, 4, compare_ignoring_case, "The same without regard to letter case.";
    /// Whether parts of both texts are the same: own start, other text, its start, length.
    regionMatches(Integer, Text, Integer, Integer) -> Boolean, 4, region_matches;
    /// The same, with true without regard to letter case.
    regionMatches(Boolean, Integer, Text, Integer, Integer) -> Boolean, 4, region_matches_in_case;
};

fn starts_with(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let start = arguments.text(0)?;
    budget::read_bytes(text.bytes_to_compare(start))?;
    Ok(text.starts_with(start).into())
}

fn has_at(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let start = arguments.text(0)?.to_units();
    let offset = usize::try_from(arguments.int(1)?).ok();
    let units = text.to_units();
    Ok(offset
        .and_then(|offset| units.get(offset..))
        .is_some_and(|rest| rest.starts_with(&start))
        .into())
}

fn ends_with(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let end = arguments.text(0)?;
    budget::read_bytes(text.bytes_to_compare(end))?;
    Ok(text.ends_with(end).into())
}

fn content_equals(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    Ok((text == arguments.text(0)?).into())
}

fn equals_ignoring_case(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let other = arguments.get(0).as_string();
    let equal = other.is_some_and(|other| folded(text) == folded(other));
    Ok(equal.into())
}

fn compare_to(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    match arguments.get(0) {
        Value::String(other) => Ok(Value::Integer(distance(text.units(), other.units()))),
        Value::Unknown(unknown) => Err(Failure::from(unknown)),
        Value::Null => Err(null_argument()),
        other => Err(Failure::method(format!(
            "a String cannot be compared with a {}",
            other.type_name()
        ))),
    }
}

fn compare_ignoring_case(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let (own, other) = (folded(text), folded(arguments.text(0)?));
    let distance = distance(own.iter().copied(), other.iter().copied());
    Ok(Value::Integer(distance))
}

/// The difference at the first place where both differ, or of the lengths.
fn distance(mut own: impl Iterator<Item = u16>, mut other: impl Iterator<Item = u16>) -> i32 {
    let length = |more: usize| i32::try_from(more).unwrap_or(i32::MAX);
    loop {
        match (own.next(), other.next()) {
            (Some(a), Some(b)) if a == b => {}
            (Some(a), Some(b)) => return i32::from(a) - i32::from(b),
            (Some(_), None) => return length(1 + own.count()),
            (None, Some(_)) => return -length(1 + other.count()),
            (None, None) => return 0,
        }
    }
}

/// The units with each letter as Java compares it without case: upper, then lower.
fn folded(text: &JavaString) -> Vec<u16> {
    let mut out = Vec::with_capacity(text.len());
    for point in char::decode_utf16(text.units()) {
        match point {
            Ok(c) => {
                let upper = single(c.to_uppercase(), c);
                let lower = single(upper.to_lowercase(), upper);
                out.extend_from_slice(lower.encode_utf16(&mut [0; 2]));
            }
            Err(lone) => out.push(lone.unpaired_surrogate()),
        }
    }
    out
}

fn region_matches(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let other = arguments.text(1)?.to_units();
    let (start, other_start) = (arguments.int(0)?, arguments.int(2)?);
    let length = arguments.int(3)?;
    Ok(region(&text.to_units(), start, &other, other_start, length).into())
}

fn region_matches_in_case(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let other = arguments.text(2)?;
    let units = match arguments.get(0) {
        Value::Boolean(true) => folded,
        _ => JavaString::to_units,
    };
    let (start, other_start) = (arguments.int(1)?, arguments.int(3)?);
    let length = arguments.int(4)?;
    Ok(region(&units(text), start, &units(other), other_start, length).into())
}

fn region(own: &[u16], start: i32, other: &[u16], other_start: i32, length: i32) -> bool {
    let length = usize::try_from(length).unwrap_or(0);
    let own = usize::try_from(start)
        .ok()
        .and_then(|start| own.get(start..)?.get(..length));
    let other = usize::try_from(other_start)
        .ok()
        .and_then(|start| other.get(start..)?.get(..length));
    own.is_some() && own == other
}
