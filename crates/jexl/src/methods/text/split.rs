//! Methods of strings that take regular expressions or replace.

use crate::methods::Arguments;
use crate::methods::method::{Method, rows};
use crate::regex;
use crate::value::{Array, JavaString, TextBuilder, per_unit, units_of};
use crate::{ErrorKind, Failure, OpResult, Value};

pub(super) const METHODS: &[Method] = rows! { Text as Text:
    matches(Text) -> Boolean, 1, matches, "Whether the whole text matches a regular expression.";
    /// The parts between the matches of a regular expression; empty parts at the end are dropped.
    split(Text) -> Array, 1, split;
    /// The same with the most parts there can be; a negative number keeps empty parts at the end.
    split(Text, Integer) -> Array, 1, split_at_most;
    /// The text with every match of a regular expression replaced; $1 stands for a group.
    replaceAll(Text, Text) -> Text, 1, replace_all;
    /// The text with the first match of a regular expression replaced.
    replaceFirst(Text, Text) -> Text, 1, replace_first;
    replace(Character, Character) -> Text, 1, replace_unit, "The text with every occurrence of a character replaced.";
    replace(Sequence, Sequence) -> Text, 1, replace, "The text with every occurrence of another text replaced.";
};

fn matches(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    thrown(regex::matches(arguments.text(0)?, text)).map(Value::Boolean)
}

fn split(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    parts(text, arguments.text(0)?, 0)
}

fn split_at_most(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    parts(text, arguments.text(0)?, arguments.int(1)?)
}

fn parts(text: &JavaString, pattern: &JavaString, most: i32) -> OpResult {
    let parts = thrown(regex::split(pattern, text, most))?;
    Ok(Value::Array(Array::of_strings(parts)))
}

fn replace_all(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let (pattern, replacement) = (arguments.text(0)?, arguments.text(1)?);
    thrown(regex::replace(pattern, text, replacement, false)).map(Value::String)
}

fn replace_first(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let (pattern, replacement) = (arguments.text(0)?, arguments.text(1)?);
    thrown(regex::replace(pattern, text, replacement, true)).map(Value::String)
}

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

fn replace_unit(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let (old, new) = (arguments.unit(0)?, arguments.unit(1)?);
    let units: Vec<u16> = text
        .units()
        .map(|unit| if unit == old { new } else { unit })
        .collect();
    Ok(Value::String(JavaString::from_units(&units)))
}

fn replace(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let (old, new) = (arguments.text(0)?, arguments.text(1)?);
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
