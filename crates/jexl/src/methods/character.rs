//! Methods of characters, which are UTF-16 units, and static ones about several of them.

use super::arguments::{Arguments, Type, null_argument};
use super::{Call, Method, Receiver};
use crate::value::hash_code;
use crate::{Failure, OpResult, Value};

const ONE: &[Type] = &[Type::Character];
const TWO: &[Type] = &[Type::Character, Type::Character];

/// A static method.
const fn of(
    name: &'static str,
    parameters: &'static [Type],
    returns: Type,
    doc: &'static str,
    call: fn(Arguments<'_>) -> OpResult,
) -> Method {
    Method::fixed(Receiver::Character, name, parameters, returns, doc, call)
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
            (Value::Character(a), Value::Character(b)) => Ok(difference(*a, *b)),
            (_, Value::Null) => Err(null_argument()),
            _ => Err(Failure::method(
                "a Character is compared with something else",
            )),
        }),
    ),
    of(
        "toString",
        ONE,
        Type::Text,
        "The text of the argument.",
        |a| a.get(0).text().map(Value::String),
    ),
    of(
        "valueOf",
        ONE,
        Type::Character,
        "The argument itself.",
        |a| Ok(Value::Character(a.unit(0)?)),
    ),
    of(
        "hashCode",
        ONE,
        Type::Integer,
        "The code unit of the argument.",
        |a| hash_code(a.get(0)).map(Value::Integer),
    ),
    of(
        "compare",
        TWO,
        Type::Integer,
        "The difference of both code units.",
        |a| Ok(difference(a.unit(0)?, a.unit(1)?)),
    ),
    of(
        "reverseBytes",
        ONE,
        Type::Character,
        "The character with its bytes in reverse.",
        |a| Ok(Value::Character(a.unit(0)?.swap_bytes())),
    ),
    of(
        "isSurrogate",
        ONE,
        Type::Boolean,
        "Whether it is one half of a code point.",
        |a| Ok((is_high(a.unit(0)?) || is_low(a.unit(0)?)).into()),
    ),
    of(
        "isHighSurrogate",
        ONE,
        Type::Boolean,
        "Whether it is the first half of a code point.",
        |a| Ok(is_high(a.unit(0)?).into()),
    ),
    of(
        "isLowSurrogate",
        ONE,
        Type::Boolean,
        "Whether it is the second half of a code point.",
        |a| Ok(is_low(a.unit(0)?).into()),
    ),
    of(
        "isSurrogatePair",
        TWO,
        Type::Boolean,
        "Whether both are the halves of a code point.",
        |a| Ok((is_high(a.unit(0)?) && is_low(a.unit(1)?)).into()),
    ),
    of(
        "toCodePoint",
        TWO,
        Type::Integer,
        "The code point of two halves, which are not checked.",
        |a| {
            let (high, low) = (i32::from(a.unit(0)?), i32::from(a.unit(1)?));
            Ok(Value::Integer(
                ((high - 0xD800) << 10) + (low - 0xDC00) + 0x1_0000,
            ))
        },
    ),
];

fn difference(a: u16, b: u16) -> Value {
    Value::Integer(i32::from(a) - i32::from(b))
}

fn is_high(unit: u16) -> bool {
    (0xD800..0xDC00).contains(&unit)
}

fn is_low(unit: u16) -> bool {
    (0xDC00..0xE000).contains(&unit)
}
