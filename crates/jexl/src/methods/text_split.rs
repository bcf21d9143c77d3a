//! Methods of strings that take regular expressions or replace.

use super::Method;
use super::arguments::Type;
use super::text::text;
use crate::regex;
use crate::value::{Array, JavaString, TextBuilder, per_unit, units_of};
use crate::{ErrorKind, Failure, OpResult, Value};

pub(super) const METHODS: &[Method] = &[
    text(
        "matches",
        &[Type::Text],
        Type::Boolean,
        "Whether the whole text matches a regular expression.",
        |text, arguments| thrown(regex::matches(arguments.text(0)?, text)).map(Value::Boolean),
    ),
    text(
        "split",
        &[Type::Text],
        Type::Array,
        "The parts between the matches of a regular expression; empty parts at the end are dropped.",
        |text, arguments| split(text, arguments.text(0)?, 0),
    ),
    text(
        "split",
        &[Type::Text, Type::Integer],
        Type::Array,
        "The same with the most parts there can be; a negative number keeps empty parts at the end.",
        |text, arguments| split(text, arguments.text(0)?, arguments.int(1)?),
    ),
    text(
        "replaceAll",
        &[Type::Text, Type::Text],
        Type::Text,
        "The text with every match of a regular expression replaced; $1 stands for a group.",
        |text, arguments| {
            let (pattern, replacement) = (arguments.text(0)?, arguments.text(1)?);
            thrown(regex::replace(pattern, text, replacement, false)).map(Value::String)
        },
    ),
    text(
        "replaceFirst",
        &[Type::Text, Type::Text],
        Type::Text,
        "The text with the first match of a regular expression replaced.",
        |text, arguments| {
            let (pattern, replacement) = (arguments.text(0)?, arguments.text(1)?);
            thrown(regex::replace(pattern, text, replacement, true)).map(Value::String)
        },
    ),
    text(
        "replace",
        &[Type::Character, Type::Character],
        Type::Text,
        "The text with every occurrence of a character replaced.",
        |text, arguments| {
            let (old, new) = (arguments.unit(0)?, arguments.unit(1)?);
            let units: Vec<u16> = text
                .units()
                .map(|unit| if unit == old { new } else { unit })
                .collect();
            Ok(Value::String(JavaString::from_units(&units)))
        },
    ),
    text(
        "replace",
        &[Type::Sequence, Type::Sequence],
        Type::Text,
        "The text with every occurrence of another text replaced.",
        |text, arguments| replace(text, arguments.text(0)?, arguments.text(1)?),
    ),
];

/// In a method a wrong pattern is an exception the method throws.
fn thrown<T>(outcome: OpResult<T>) -> OpResult<T> {
    outcome.map_err(|failure| match failure {
        Failure::Error {
            kind: ErrorKind::PatternSyntax,
            message,
        } => Failure::method(message),
        failure => failure,
    })
}

fn split(text: &JavaString, pattern: &JavaString, limit: i32) -> OpResult {
    let parts = thrown(regex::split(pattern, text, limit))?;
    Ok(Value::Array(Array::of_strings(parts)))
}

fn replace(text: &JavaString, old: &JavaString, new: &JavaString) -> OpResult {
    let mut out = TextBuilder::default();
    if let (Some(source), Some(old)) = (text.as_str(), old.as_str()) {
        replace_in(source, old, new, &mut out, |part, out| out.push(part))?;
    } else {
        // Where lone surrogates are about, units are found.
        replace_in(
            &per_unit(text.units()),
            &per_unit(old.units()),
            new,
            &mut out,
            |part, out| out.push_units(&units_of(part).collect::<Vec<u16>>()),
        )?;
    }
    Ok(Value::String(out.finish()))
}

/// Writes `source` with `new` for every `old`.
fn replace_in(
    source: &str,
    old: &str,
    new: &JavaString,
    out: &mut TextBuilder,
    push: fn(&str, &mut TextBuilder) -> OpResult<()>,
) -> OpResult<()> {
    let mut copied = 0;
    for (at, part) in source.match_indices(old) {
        push(&source[copied..at], out)?;
        out.push_string(new)?;
        copied = at + part.len();
    }
    push(&source[copied..], out)
}
