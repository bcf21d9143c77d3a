//! Methods of strings that compare and search. Indexes count UTF-16 units.

use super::arguments::{Type, null_argument};
use super::text::text;
use super::{Method, int};
use crate::budget;
use crate::value::{JavaString, per_unit};
use crate::{OpResult, Value};

pub(super) const METHODS: &[Method] = &[
    text(
        "contains",
        &[Type::Sequence],
        Type::Boolean,
        "Whether the text contains another.",
        |text, arguments| {
            let part = arguments.text(0)?;
            Ok(Value::Boolean(match (text.as_str(), part.as_str()) {
                (Some(text), Some(part)) => text.contains(part),
                _ => find(text, Some(part), 0).is_some(),
            }))
        },
    ),
    text(
        "startsWith",
        &[Type::Text],
        Type::Boolean,
        "Whether the text starts with another.",
        |text, arguments| {
            let start = arguments.text(0)?;
            budget::read_bytes(text.bytes_to_compare(start))?;
            Ok(text.starts_with(start).into())
        },
    )
    .paying_itself(),
    text(
        "startsWith",
        &[Type::Text, Type::Integer],
        Type::Boolean,
        "Whether another text stands at an index.",
        |text, arguments| {
            let start = arguments.text(0)?.to_units();
            let offset = usize::try_from(arguments.int(1)?).ok();
            let units = text.to_units();
            Ok(offset
                .and_then(|offset| units.get(offset..))
                .is_some_and(|rest| rest.starts_with(&start))
                .into())
        },
    ),
    text(
        "endsWith",
        &[Type::Text],
        Type::Boolean,
        "Whether the text ends with another.",
        |text, arguments| {
            let end = arguments.text(0)?;
            budget::read_bytes(text.bytes_to_compare(end))?;
            Ok(text.ends_with(end).into())
        },
    )
    .paying_itself(),
    text(
        "contentEquals",
        &[Type::Sequence],
        Type::Boolean,
        "Whether both texts are the same.",
        |text, arguments| Ok((text == arguments.text(0)?).into()),
    ),
    text(
        "equalsIgnoreCase",
        &[Type::Text],
        Type::Boolean,
        "Whether both texts are the same but for letter case; false for null.",
        |text, arguments| {
            Ok(Value::Boolean(match arguments.get(0) {
                Value::String(other) => folded(text) == folded(other),
                _ => false,
            }))
        },
    )
    .reading(4),
    text(
        "compareTo",
        &[Type::Any],
        Type::Integer,
        "Negative, 0 or positive as the text comes before, with or after another.",
        |text, arguments| match arguments.get(0) {
            Value::String(other) => Ok(Value::Integer(distance(text.units(), other.units()))),
            Value::Unknown(unknown) => Err(crate::Failure::from(unknown)),
            Value::Null => Err(null_argument()),
            other => Err(crate::Failure::method(format!(
                "a String cannot be compared with a {}",
                other.type_name()
            ))),
        },
    ),
    text(
        "compareToIgnoreCase",
        &[Type::Text],
        Type::Integer,
        "The same without regard to letter case.",
        |text, arguments| {
            let (own, other) = (folded(text), folded(arguments.text(0)?));
            Ok(Value::Integer(distance(
                own.iter().copied(),
                other.iter().copied(),
            )))
        },
    )
    .reading(4),
    text(
        "regionMatches",
        &[Type::Integer, Type::Text, Type::Integer, Type::Integer],
        Type::Boolean,
        "Whether parts of both texts are the same: own start, other text, its start, length.",
        |text, arguments| {
            let other = arguments.text(1)?.to_units();
            Ok(region(
                &text.to_units(),
                arguments.int(0)?,
                &other,
                arguments.int(2)?,
                arguments.int(3)?,
            )
            .into())
        },
    )
    .reading(4),
    text(
        "regionMatches",
        &[
            Type::Boolean,
            Type::Integer,
            Type::Text,
            Type::Integer,
            Type::Integer,
        ],
        Type::Boolean,
        "The same, with true without regard to letter case.",
        |text, arguments| {
            let other = arguments.text(2)?;
            let any_case = matches!(arguments.get(0), Value::Boolean(true));
            let units = |text: &JavaString| {
                if any_case {
                    folded(text)
                } else {
                    text.to_units()
                }
            };
            Ok(region(
                &units(text),
                arguments.int(1)?,
                &units(other),
                arguments.int(3)?,
                arguments.int(4)?,
            )
            .into())
        },
    )
    .reading(4),
    text(
        "indexOf",
        &[Type::Integer],
        Type::Integer,
        "The first index of a code point, or -1.",
        |text, arguments| index(find(text, encoded(arguments.int(0)?).as_ref(), 0)),
    )
    .reading(4),
    text(
        "indexOf",
        &[Type::Integer, Type::Integer],
        Type::Integer,
        "The first index of a code point from an index on, or -1.",
        |text, arguments| {
            let point = encoded(arguments.int(0)?);
            index(find(text, point.as_ref(), from(arguments.int(1)?)))
        },
    )
    .reading(4),
    text(
        "indexOf",
        &[Type::Text],
        Type::Integer,
        "The first index of a text, or -1.",
        |text, arguments| index(find(text, Some(arguments.text(0)?), 0)),
    )
    .reading(4),
    text(
        "indexOf",
        &[Type::Text, Type::Integer],
        Type::Integer,
        "The first index of a text from an index on, or -1.",
        |text, arguments| {
            let start = from(arguments.int(1)?).min(text.len());
            index(find(text, Some(arguments.text(0)?), start))
        },
    )
    .reading(4),
    text(
        "lastIndexOf",
        &[Type::Integer],
        Type::Integer,
        "The last index of a code point, or -1.",
        |text, arguments| {
            index(find_last(
                text,
                encoded(arguments.int(0)?).as_ref(),
                i32::MAX,
            ))
        },
    )
    .reading(4),
    text(
        "lastIndexOf",
        &[Type::Integer, Type::Integer],
        Type::Integer,
        "The last index of a code point up to an index, or -1.",
        |text, arguments| {
            index(find_last(
                text,
                encoded(arguments.int(0)?).as_ref(),
                arguments.int(1)?,
            ))
        },
    )
    .reading(4),
    text(
        "lastIndexOf",
        &[Type::Text],
        Type::Integer,
        "The last index of a text, or -1.",
        |text, arguments| index(find_last(text, Some(arguments.text(0)?), i32::MAX)),
    )
    .reading(4),
    text(
        "lastIndexOf",
        &[Type::Text, Type::Integer],
        Type::Integer,
        "The last index of a text up to an index, or -1.",
        |text, arguments| index(find_last(text, Some(arguments.text(0)?), arguments.int(1)?)),
    )
    .reading(4),
];

#[expect(clippy::unnecessary_wraps, reason = "the last word of every row")]
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

/// The only character of a mapping, or the character itself where it maps to several.
pub(super) fn single(mut mapped: impl Iterator<Item = char>, own: char) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(only), None) => only,
        _ => own,
    }
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
