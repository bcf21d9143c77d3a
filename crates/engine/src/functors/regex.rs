//! The `regex` functor: Java patterns on texts.

use pipewright_jexl::regex::{self, Pattern};
use pipewright_jexl::value::JavaString;
use pipewright_jexl::{OpResult, Value};

use crate::functors::arguments::{null_argument, two_texts};

/// `regex.extract(pattern, source)`: the first match that is not empty; an empty text where there is none or no source.
pub(crate) fn extract(arguments: &[Value]) -> OpResult {
    if let [Value::String(_), Value::Null] = arguments {
        return Ok(Value::from(""));
    }
    let (pattern, source) = two_texts(arguments)?;
    let text = source.to_str();
    let matches = Pattern::new(pattern)?.find_all(&text)?;
    let found = matches
        .iter()
        .map(regex::Match::range)
        .find(|range| !range.is_empty());
    Ok(found.map_or("", |range| &text[range]).into())
}

/// `regex.replace(pattern, replacement, source)`: every match replaced.
pub(crate) fn replace(arguments: &[Value]) -> OpResult {
    let [
        Value::String(pattern),
        Value::String(replacement),
        Value::String(source),
    ] = arguments
    else {
        return Err(null_argument());
    };
    regex::replace(pattern, source, replacement, false).map(Value::String)
}

/// `regex.match(pattern, source)`: whether the pattern matches somewhere.
pub(crate) fn matches(arguments: &[Value]) -> OpResult {
    let (pattern, source): (&JavaString, &JavaString) = two_texts(arguments)?;
    let found = Pattern::new(pattern)?.first(&source.to_str())?;
    Ok(Value::Boolean(found.is_some()))
}
