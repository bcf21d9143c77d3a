//! Methods of strings that search.

use crate::methods::method::{Method, rows};
use crate::methods::{Arguments, int};
use crate::value::{JavaString, per_unit};
use crate::{OpResult, Value};

pub(super) const METHODS: &[Method] = rows! { Text as Text:
    contains(Sequence) -> Boolean, 1, contains, "Whether the text contains another.";
    indexOf(Integer) -> Integer, 4, index_of_point, "The first index of a code point, or -1.";
    /// The first index of a code point from an index on, or -1.
    indexOf(Integer, Integer) -> Integer, 4, index_of_point_from;
    indexOf(Text) -> Integer, 4, index_of, "The first index of a text, or -1.";
    indexOf(Text, Integer) -> Integer, 4, index_of_from, "The first index of a text from an index on, or -1.";
    lastIndexOf(Integer) -> Integer, 4, last_index_of_point, "The last index of a code point, or -1.";
    /// The last index of a code point up to an index, or -1.
    lastIndexOf(Integer, Integer) -> Integer, 4, last_index_of_point_to;
    lastIndexOf(Text) -> Integer, 4, last_index_of, "The last index of a text, or -1.";
    lastIndexOf(Text, Integer) -> Integer, 4, last_index_of_to, "The last index of a text up to an index, or -1.";
};

fn contains(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let part = arguments.text(0)?;
    Ok(Value::Boolean(match (text.as_str(), part.as_str()) {
        (Some(text), Some(part)) => text.contains(part),
        _ => find(text, Some(part), 0).is_some(),
    }))
}

fn index_of_point(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let point = encoded(arguments.int(0)?);
    index(find(text, point.as_ref(), 0))
}

fn index_of_point_from(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let point = encoded(arguments.int(0)?);
    index(find(text, point.as_ref(), from(arguments.int(1)?)))
}

fn index_of(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    index(find(text, Some(arguments.text(0)?), 0))
}

fn index_of_from(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let start = from(arguments.int(1)?).min(text.len());
    index(find(text, Some(arguments.text(0)?), start))
}

fn last_index_of_point(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let point = encoded(arguments.int(0)?);
    index(find_last(text, point.as_ref(), i32::MAX))
}

fn last_index_of_point_to(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let point = encoded(arguments.int(0)?);
    index(find_last(text, point.as_ref(), arguments.int(1)?))
}

fn last_index_of(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    index(find_last(text, Some(arguments.text(0)?), i32::MAX))
}

fn last_index_of_to(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let part = arguments.text(0)?;
    index(find_last(text, Some(part), arguments.int(1)?))
}

fn index(found: Option<usize>) -> OpResult {
    Ok(found.map_or(Value::Integer(-1), int))
}

fn from(index: i32) -> usize {
    usize::try_from(index).unwrap_or(0)
}

/// A code point as a text; `None` for what is none and stands nowhere.
fn encoded(point: i32) -> Option<JavaString> {
    let point = u32::try_from(point).ok()?;
    match u16::try_from(point) {
        Ok(unit) => Some(JavaString::from_units(&[unit])),
        Err(_) => Some(JavaString::from(String::from(char::from_u32(point)?))),
    }
}

/// The index of the first place of `part` from `start` on.
fn find(text: &JavaString, part: Option<&JavaString>, start: usize) -> Option<usize> {
    let part = part?;
    if let Some(source) = text.as_ascii() {
        let rest = source.get(start..)?;
        return rest.find(part.as_ascii()?).map(|at| start + at);
    }
    let rest = per_unit(text.units().skip(start));
    if start > text.len() {
        return None;
    }
    let at = rest.find(&per_unit(part.units()))?;
    Some(start + rest[..at].chars().count())
}

/// The index of the last place of `part` that begins at `up_to` at most.
fn find_last(text: &JavaString, part: Option<&JavaString>, up_to: i32) -> Option<usize> {
    let (part, up_to) = (part?, usize::try_from(up_to).ok()?);
    if let Some(source) = text.as_ascii() {
        let part = part.as_ascii()?;
        let end = up_to.saturating_add(part.len()).min(source.len());
        return source[..end].rfind(part);
    }
    let part = per_unit(part.units());
    let end = up_to.saturating_add(part.chars().count());
    let source = per_unit(text.units().take(end));
    let at = source.rfind(&part)?;
    Some(source[..at].chars().count())
}
