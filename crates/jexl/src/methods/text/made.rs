//! Methods of strings that make a text of other values; most are static: the object does not count.

use crate::methods::arguments::null_argument;
use crate::methods::method::{Method, rows};
use crate::methods::{Arguments, format};
use crate::value::{ElementClass, JavaString, TextBuilder};
use crate::{Failure, OpResult, Value};

pub(super) const METHODS: &[Method] = rows! { Text as Text:
    formatted(Rest) -> Text, 0, formatted, "The text as a format of the arguments.";
};

pub(super) const STATIC: &[Method] = rows! { Text as Static:
    /// The arguments in a format such as %s or %05d; the object does not count.
    format(Text, Rest) -> Text, 1, format;
    /// The elements of a collection with a separator between them; the object does not count.
    join(Sequence, Collection) -> Text, 1, join_collection;
    join(Sequence, Texts) -> Text, 1, join, "The arguments with a separator between them; the object does not count.";
    /// The strings of an array with a separator between them; the object does not count.
    join(Sequence, Array) -> Text, 1, join_array;
    valueOf(Characters) -> Text, 1, characters, "The text of an array of characters; the object does not count.";
    valueOf(Any) -> Text, 1, text_of, "The text of any value; the object does not count.";
    copyValueOf(Characters) -> Text, 1, characters, "The text of an array of characters; the object does not count.";
};

fn formatted(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    format::format(text, arguments.all()).map(Value::String)
}

fn format(arguments: Arguments<'_>) -> OpResult {
    format::format(arguments.text(0)?, arguments.rest(1)).map(Value::String)
}

fn join(arguments: Arguments<'_>) -> OpResult {
    joined(arguments.text(0)?, arguments.rest(1))
}

fn join_collection(arguments: Arguments<'_>) -> OpResult {
    joined(arguments.text(0)?, &arguments.items(1)?)
}

fn join_array(arguments: Arguments<'_>) -> OpResult {
    match arguments.get(1) {
        Value::Array(array) if array.element() == ElementClass::STRING => {
            joined(arguments.text(0)?, &array.snapshot())
        }
        _ => Err(null_argument()),
    }
}

fn joined(separator: &JavaString, items: &[Value]) -> OpResult {
    let mut out = TextBuilder::default();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_string(separator)?;
        }
        match item {
            Value::Null | Value::String(_) => out.push_string(&item.text()?)?,
            Value::Unknown(unknown) => return Err(Failure::from(unknown)),
            _ => {
                return Err(Failure::method(format!(
                    "only strings can be joined, not a {}",
                    item.type_name()
                )));
            }
        }
    }
    Ok(Value::String(out.finish()))
}

fn text_of(arguments: Arguments<'_>) -> OpResult {
    arguments.get(0).text().map(Value::String)
}

fn characters(arguments: Arguments<'_>) -> OpResult {
    let Value::Array(array) = arguments.get(0) else {
        return Err(null_argument());
    };
    let units: Vec<u16> = array
        .snapshot()
        .iter()
        .filter_map(|unit| match unit {
            Value::Character(unit) => Some(*unit),
            _ => None,
        })
        .collect();
    Ok(Value::String(JavaString::from_units(&units)))
}
