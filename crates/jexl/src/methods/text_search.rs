//! Methods of strings that compare and search. Indexes count UTF-16 units.

use super::arguments::{Type, null_argument};
use super::text::text;
use super::{Method, int};
use crate::value::JavaString;
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
                _ => find(text, &part.to_units(), 0).is_some(),
            }))
        },
    ),
    text(
        "startsWith",
        &[Type::Text],
        Type::Boolean,
        "Whether the text starts with another.",
        |text, arguments| {
            Ok(text
                .to_units()
                .starts_with(&arguments.text(0)?.to_units())
                .into())
        },
    ),
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
            Ok(text
                .to_units()
                .ends_with(&arguments.text(0)?.to_units())
                .into())
        },
    ),
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
    ),
    text(
        "compareTo",
        &[Type::Any],
        Type::Integer,
        "Negative, 0 or positive as the text comes before, with or after another.",
        |text, arguments| match arguments.get(0) {
            Value::String(other) => Ok(Value::Integer(distance(
                &text.to_units(),
                &other.to_units(),
            ))),
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
            Ok(Value::Integer(distance(&own, &other)))
        },
    ),
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
    ),
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
    ),
    text(
        "indexOf",
        &[Type::Integer],
        Type::Integer,
        "The first index of a code point, or -1.",
        |text, arguments| index(find(text, &encoded(arguments.int(0)?), 0)),
    ),
    text(
        "indexOf",
        &[Type::Integer, Type::Integer],
        Type::Integer,
        "The first index of a code point from an index on, or -1.",
        |text, arguments| {
            let point = encoded(arguments.int(0)?);
            index(find(text, &point, from(arguments.int(1)?)))
        },
    ),
    text(
        "indexOf",
        &[Type::Text],
        Type::Integer,
        "The first index of a text, or -1.",
        |text, arguments| index(find(text, &arguments.text(0)?.to_units(), 0)),
    ),
    text(
        "indexOf",
        &[Type::Text, Type::Integer],
        Type::Integer,
        "The first index of a text from an index on, or -1.",
        |text, arguments| {
            let start = from(arguments.int(1)?).min(text.len());
            index(find(text, &arguments.text(0)?.to_units(), start))
        },
    ),
    text(
        "lastIndexOf",
        &[Type::Integer],
        Type::Integer,
        "The last index of a code point, or -1.",
        |text, arguments| index(find_last(text, &encoded(arguments.int(0)?), i32::MAX)),
    ),
    text(
        "lastIndexOf",
        &[Type::Integer, Type::Integer],
        Type::Integer,
        "The last index of a code point up to an index, or -1.",
        |text, arguments| {
            index(find_last(
                text,
                &encoded(arguments.int(0)?),
                arguments.int(1)?,
            ))
        },
    ),
    text(
        "lastIndexOf",
        &[Type::Text],
        Type::Integer,
        "The last index of a text, or -1.",
        |text, arguments| index(find_last(text, &arguments.text(0)?.to_units(), i32::MAX)),
    ),
    text(
        "lastIndexOf",
        &[Type::Text, Type::Integer],
        Type::Integer,
        "The last index of a text up to an index, or -1.",
        |text, arguments| {
            index(find_last(
                text,
                &arguments.text(0)?.to_units(),
                arguments.int(1)?,
            ))
        },
    ),
];

#[expect(clippy::unnecessary_wraps, reason = "the last word of every row")]
fn index(found: Option<usize>) -> OpResult {
    Ok(found.map_or(Value::Integer(-1), int))
}

fn from(index: i32) -> usize {
    usize::try_from(index).unwrap_or(0)
}

/// The UTF-16 units of a code point; what is none is found nowhere.
fn encoded(point: i32) -> Vec<u16> {
    match u32::try_from(point).ok() {
        Some(unit @ 0..=0xFFFF) => vec![u16::try_from(unit).unwrap_or_default()],
        Some(point) => match char::from_u32(point) {
            Some(c) => c.encode_utf16(&mut [0; 2]).to_vec(),
            None => vec![0; usize::from(u16::MAX)],
        },
        None => vec![0; usize::from(u16::MAX)],
    }
}

fn find(text: &JavaString, part: &[u16], start: usize) -> Option<usize> {
    if let (Some(source), Ok(part)) = (text.as_ascii(), String::from_utf16(part)) {
        return source.get(start..)?.find(&part).map(|at| start + at);
    }
    let units = text.to_units();
    let rest = units.get(start..)?;
    if part.is_empty() {
        return Some(start);
    }
    let at = rest.windows(part.len()).position(|window| window == part)?;
    Some(start + at)
}

fn find_last(text: &JavaString, part: &[u16], up_to: i32) -> Option<usize> {
    let up_to = usize::try_from(up_to).ok()?;
    let units = text.to_units();
    let last = units.len().checked_sub(part.len())?.min(up_to);
    (0..=last).rev().find(|at| units[*at..].starts_with(part))
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
fn distance(own: &[u16], other: &[u16]) -> i32 {
    let differs = own.iter().zip(other).find(|(a, b)| a != b);
    if let Some((a, b)) = differs {
        i32::from(*a) - i32::from(*b)
    } else {
        let length = |units: &[u16]| i32::try_from(units.len()).unwrap_or(i32::MAX);
        length(own) - length(other)
    }
}

fn region(own: &[u16], start: i32, other: &[u16], other_start: i32, length: i32) -> bool {
    let slice = |units: &[u16], start: i32| -> Option<Vec<u16>> {
        let start = usize::try_from(start).ok()?;
        let length = usize::try_from(length).unwrap_or(0);
        units
            .get(start..start.checked_add(length)?)
            .map(<[u16]>::to_vec)
    };
    match (slice(own, start), slice(other, other_start)) {
        (Some(own), Some(other)) => own == other,
        _ => false,
    }
}
