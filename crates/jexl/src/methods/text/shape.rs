//! Methods of strings that give another text: in another letter case, without blanks, repeated, joined, cut.

use super::is_white_space;
use super::units::part;
use crate::limits::MAX_RESULT_BYTES;
use crate::methods::Arguments;
use crate::methods::arguments::null_argument;
use crate::methods::method::{Method, rows};
use crate::value::{JavaString, too_long};
use crate::{Failure, OpResult, Value};

pub(super) const METHODS: &[Method] = rows! { Text as Text:
    toLowerCase(Locale) -> Text, 1, in_locale, "Fails: a locale cannot be made.";
    toUpperCase(Locale) -> Text, 1, in_locale, "Fails: a locale cannot be made.";
    toLowerCase() -> Text, 2, to_lower_case, "The text in lower case.";
    toUpperCase() -> Text, 2, to_upper_case, "The text in upper case.";
    trim() -> Text, 1, trim, "The text without characters up to U+0020 at both ends.";
    strip() -> Text, 1, strip, "The text without white space at both ends.";
    stripLeading() -> Text, 1, strip_leading, "The text without white space at the start.";
    stripTrailing() -> Text, 1, strip_trailing, "The text without white space at the end.";
    repeat(Integer) -> Text, 1, repeat, "The text so many times in a row.";
    concat(Text) -> Text, 1, concat, "The text with another behind it.";
    substring(Integer) -> Text, 0, rest_from, "The text from an index on.";
    substring(Integer, Integer) -> Text, 0, between, "The text from an index up to, not including, another.";
    subSequence(Integer, Integer) -> Text, 0, between, "The text from an index up to, not including, another.";
    intern() -> Text, 0, itself, "The text itself.";
};

fn in_locale(_: &JavaString, _: Arguments<'_>) -> OpResult {
    Err(null_argument())
}

fn to_lower_case(text: &JavaString, _: Arguments<'_>) -> OpResult {
    Ok(cased(text, str::to_ascii_lowercase, str::to_lowercase))
}

fn to_upper_case(text: &JavaString, _: Arguments<'_>) -> OpResult {
    Ok(cased(text, str::to_ascii_uppercase, str::to_uppercase))
}

/// The text in another letter case.
fn cased(text: &JavaString, ascii: fn(&str) -> String, any: fn(&str) -> String) -> Value {
    match text.as_ascii() {
        Some(plain) => Value::from(ascii(plain)),
        None => Value::from(any(&text.to_str())),
    }
}

fn trim(text: &JavaString, _: Arguments<'_>) -> OpResult {
    trimmed(text, |c| c <= ' ', true, true)
}

fn strip(text: &JavaString, _: Arguments<'_>) -> OpResult {
    trimmed(text, is_white_space, true, true)
}

fn strip_leading(text: &JavaString, _: Arguments<'_>) -> OpResult {
    trimmed(text, is_white_space, true, false)
}

fn strip_trailing(text: &JavaString, _: Arguments<'_>) -> OpResult {
    trimmed(text, is_white_space, false, true)
}

fn trimmed(text: &JavaString, cut: fn(char) -> bool, start: bool, end: bool) -> OpResult {
    let whole = text.to_str();
    let mut rest = &*whole;
    if start {
        rest = rest.trim_start_matches(cut);
    }
    if end {
        rest = rest.trim_end_matches(cut);
    }
    Ok(if rest.len() == whole.len() {
        Value::String(text.clone())
    } else {
        Value::from(rest)
    })
}

fn repeat(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let count =
        usize::try_from(arguments.int(0)?).map_err(|_| Failure::method("the count is negative"))?;
    if text.bytes().saturating_mul(count) > MAX_RESULT_BYTES {
        return Err(too_long());
    }
    Ok(match text.as_str() {
        Some(text) => Value::from(text.repeat(count)),
        None => Value::String(JavaString::from_units(&text.to_units().repeat(count))),
    })
}

fn concat(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    Ok(Value::String(text.concat(arguments.text(0)?)))
}

fn rest_from(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    let length = i32::try_from(text.len()).unwrap_or(i32::MAX);
    part(text, arguments.int(0)?, length).map(Value::String)
}

fn between(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    part(text, arguments.int(0)?, arguments.int(1)?).map(Value::String)
}

fn itself(text: &JavaString, _: Arguments<'_>) -> OpResult {
    Ok(Value::String(text.clone()))
}
