//! Methods of characters, which are UTF-16 units.

use super::arguments::{Type, null_argument};
use super::text::is_white_space;
use super::text_search::single;
use super::{Call, Method, Receiver};
use crate::value::JavaString;
use crate::{Failure, Outcome, Value};

/// A question about the character that is the only argument; the object does not count.
const fn is(
    name: &'static str,
    doc: &'static str,
    call: fn(super::Arguments<'_>) -> Outcome,
) -> Method {
    Method::new(
        Receiver::Character,
        name,
        &[Type::Character],
        Type::Boolean,
        doc,
        Call::Static(call),
    )
}

/// A character made of the one that is the only argument.
const fn to(
    name: &'static str,
    doc: &'static str,
    call: fn(super::Arguments<'_>) -> Outcome,
) -> Method {
    Method::new(
        Receiver::Character,
        name,
        &[Type::Character],
        Type::Character,
        doc,
        Call::Static(call),
    )
}

pub(super) const METHODS: &[Method] = &[
    Method::new(
        Receiver::Character,
        "charValue",
        &[],
        Type::Character,
        "The character itself.",
        Call::Any(|value, _| Ok(value.clone())),
    ),
    Method::new(
        Receiver::Character,
        "compareTo",
        &[Type::Any],
        Type::Integer,
        "The difference of both code units.",
        Call::Any(|value, arguments| match (value, arguments.get(0)) {
            (Value::Character(a), Value::Character(b)) => {
                Ok(Value::Integer(i32::from(*a) - i32::from(*b)))
            }
            (_, Value::Null) => Err(null_argument()),
            _ => Err(Failure::method(
                "a Character is compared with something else",
            )),
        }),
    ),
    Method::new(
        Receiver::Character,
        "toString",
        &[Type::Character],
        Type::Text,
        "The text of the argument; the object does not count.",
        Call::Static(|arguments| arguments.get(0).text().map(Value::String)),
    ),
    Method::new(
        Receiver::Character,
        "toString",
        &[Type::Integer],
        Type::Text,
        "The text of a Unicode code point; the object does not count.",
        Call::Static(|arguments| {
            let code = arguments.int(0)?.cast_unsigned();
            if let Ok(unit) = u16::try_from(code) {
                return Ok(Value::String(JavaString::from_units(&[unit])));
            }
            char::from_u32(code)
                .map(|c| Value::from(c.to_string()))
                .ok_or_else(|| Failure::method(format!("{code:X} is no Unicode code point")))
        }),
    ),
    Method::new(
        Receiver::Character,
        "getNumericValue",
        &[Type::Character],
        Type::Integer,
        "The value of a digit, 10 to 35 for letters, or -1; the object does not count.",
        Call::Static(|arguments| {
            let digit = letter(arguments.unit(0)?).and_then(|c| c.to_digit(36));
            Ok(Value::Integer(digit.map_or(-1, u32::cast_signed)))
        }),
    ),
    to("valueOf", "The argument itself.", |arguments| {
        Ok(Value::Character(arguments.unit(0)?))
    }),
    to(
        "toUpperCase",
        "The character in upper case; the object does not count.",
        |arguments| {
            let unit = arguments.unit(0)?;
            Ok(Value::Character(mapped(unit, |c| {
                single(c.to_uppercase(), c)
            })))
        },
    ),
    to(
        "toLowerCase",
        "The character in lower case; the object does not count.",
        |arguments| {
            let unit = arguments.unit(0)?;
            Ok(Value::Character(mapped(unit, |c| {
                single(c.to_lowercase(), c)
            })))
        },
    ),
    is(
        "isDigit",
        "Whether it is a digit; the object does not count.",
        |arguments| {
            Ok(holds(arguments.unit(0)?, |c| {
                c.is_ascii_digit() || (!c.is_ascii() && c.is_numeric() && !c.is_alphabetic())
            }))
        },
    ),
    is(
        "isLetter",
        "Whether it is a letter; the object does not count.",
        |arguments| Ok(holds(arguments.unit(0)?, char::is_alphabetic)),
    ),
    is(
        "isLetterOrDigit",
        "Whether it is a letter or digit; the object does not count.",
        |arguments| Ok(holds(arguments.unit(0)?, char::is_alphanumeric)),
    ),
    is(
        "isAlphabetic",
        "Whether it is alphabetic; the object does not count.",
        |arguments| Ok(holds(arguments.unit(0)?, char::is_alphabetic)),
    ),
    is(
        "isUpperCase",
        "Whether it is an upper-case letter; the object does not count.",
        |arguments| Ok(holds(arguments.unit(0)?, char::is_uppercase)),
    ),
    is(
        "isLowerCase",
        "Whether it is a lower-case letter; the object does not count.",
        |arguments| Ok(holds(arguments.unit(0)?, char::is_lowercase)),
    ),
    is(
        "isWhitespace",
        "Whether it is white space; the object does not count.",
        |arguments| Ok(holds(arguments.unit(0)?, is_white_space)),
    ),
    is(
        "isSpaceChar",
        "Whether it is a space separator; the object does not count.",
        |arguments| {
            Ok(holds(arguments.unit(0)?, |c| {
                c.is_whitespace() && !c.is_control()
            }))
        },
    ),
];

fn letter(unit: u16) -> Option<char> {
    char::from_u32(u32::from(unit))
}

fn holds(unit: u16, question: fn(char) -> bool) -> Value {
    Value::Boolean(letter(unit).is_some_and(question))
}

/// A unit mapped to another; what needs more than one unit stays.
fn mapped(unit: u16, map: fn(char) -> char) -> u16 {
    letter(unit)
        .map(|c| u32::from(map(c)))
        .and_then(|code| u16::try_from(code).ok())
        .unwrap_or(unit)
}
