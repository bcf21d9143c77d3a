//! Methods of strings that look at single characters.

use super::is_white_space;
use crate::budget;
use crate::methods::arguments::out_of_range;
use crate::methods::method::{Method, rows};
use crate::methods::{Arguments, int};
use crate::value::JavaString;
use crate::{Failure, OpResult, Value};

pub(super) const METHODS: &[Method] = rows! { Text as Text:
    length() -> Integer, 0, length, "The number of UTF-16 units.";
    isEmpty() -> Boolean, 0, is_empty, "Whether there is no character.";
    isBlank() -> Boolean, 1, is_blank, "Whether there is nothing but white space.";
    charAt(Integer) -> Character, 0, char_at, "The character at an index.";
    codePointAt(Integer) -> Integer, 0, code_point_at, "The Unicode code point that begins at an index.";
    codePointBefore(Integer) -> Integer, 0, code_point_before, "The Unicode code point that ends before an index.";
    /// The number of Unicode code points between two indexes.
    codePointCount(Integer, Integer) -> Integer, 1, code_point_count;
    /// The index so many Unicode code points after, or before, an index.
    offsetByCodePoints(Integer, Integer) -> Integer, 1, offset_by_code_points;
};

fn length(text: &JavaString, _: Arguments<'_>) -> OpResult {
    budget::read_bytes(text.bytes_to_count())?;
    Ok(int(text.len()))
}

fn is_empty(text: &JavaString, _: Arguments<'_>) -> OpResult {
    Ok(text.is_empty().into())
}

fn is_blank(text: &JavaString, _: Arguments<'_>) -> OpResult {
    Ok(text.to_str().chars().all(is_white_space).into())
}

fn char_at(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let index = arguments.int(0)?;
    budget::read_bytes(text.bytes_to_count())?;
    usize::try_from(index)
        .ok()
        .and_then(|index| text.unit(index))
        .map(Value::Character)
        .ok_or_else(|| out_of_range(i64::from(index), text.len()))
}

fn code_point_at(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let index = i64::from(arguments.int(0)?);
    budget::read_bytes(text.bytes_to_count())?;
    code_point(text, index).ok_or_else(|| out_of_range(index, text.len()))
}

fn code_point_before(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let index = i64::from(arguments.int(0)?);
    budget::read_bytes(text.bytes_to_count())?;
    let pair =
        index >= 2 && code_point(text, index - 2).and_then(|point| point.as_i64()) > Some(0xFFFF);
    let start = if pair { index - 2 } else { index - 1 };
    code_point(text, start).ok_or_else(|| out_of_range(index, text.len()))
}

fn code_point(text: &JavaString, index: i64) -> Option<Value> {
    let index = usize::try_from(index).ok()?;
    let high = text.unit(index)?;
    let pair = [high, text.unit(index + 1).unwrap_or(0)];
    let point = match char::decode_utf16(pair).next() {
        Some(Ok(c)) => u32::from(c),
        _ => u32::from(high),
    };
    Some(Value::Integer(point.cast_signed()))
}

fn code_point_count(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let part = part(text, arguments.int(0)?, arguments.int(1)?)?;
    Ok(int(char::decode_utf16(part.units()).count()))
}

/// The text from an index up to, not including, another.
pub(super) fn part(text: &JavaString, start: i32, end: i32) -> OpResult<JavaString> {
    let length = usize::try_from(end.saturating_sub(start)).unwrap_or(0);
    budget::read_bytes(text.bytes_to_cut(length))?;
    let bounds = usize::try_from(start).ok().zip(usize::try_from(end).ok());
    bounds
        .filter(|(start, end)| start <= end)
        .and_then(|(start, end)| text.slice(start, end))
        .ok_or_else(|| {
            Failure::method(format!(
                "there is no text from {start} to {end}, the length is {}",
                text.len()
            ))
        })
}

fn offset_by_code_points(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let (index, count) = (arguments.int(0)?, arguments.int(1)?);
    let units = text.to_units();
    let failure = || out_of_range(i64::from(index), units.len());
    let mut at = usize::try_from(index)
        .ok()
        .filter(|at| *at <= units.len())
        .ok_or_else(failure)?;
    let is_pair = |at: usize| {
        matches!(units.get(at..at + 2), Some([high, low])
            if (0xD800..0xDC00).contains(high) && (0xDC00..0xE000).contains(low))
    };
    for _ in 0..count.unsigned_abs() {
        at = if count > 0 {
            if at == units.len() {
                return Err(failure());
            }
            at + 1 + usize::from(is_pair(at))
        } else {
            let before = at.checked_sub(1).ok_or_else(failure)?;
            before - usize::from(before > 0 && is_pair(before - 1))
        };
    }
    Ok(int(at))
}
