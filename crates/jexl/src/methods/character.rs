//! Methods of characters, which are UTF-16 units, and static ones about several of them.

use super::arguments::{Arguments, null_argument};
use super::method::{Method, rows};
use crate::value::hash_code;
use crate::{Failure, OpResult, Value};

pub(super) const METHODS: &[Method] = rows! { Character as Any:
    charValue() -> Character, 1, itself, "The character itself.";
    compareTo(Any) -> Integer, 1, compare_to, "The difference of both code units.";
};

pub(super) const STATIC: &[Method] = rows! { Character as Static:
    toString(Character) -> Text, 1, to_text, "The text of the argument.";
    valueOf(Character) -> Character, 1, argument, "The argument itself.";
    hashCode(Character) -> Integer, 1, hash, "The code unit of the argument.";
    compare(Character, Character) -> Integer, 1, compare, "The difference of both code units.";
    reverseBytes(Character) -> Character, 1, reverse_bytes, "The character with its bytes in reverse.";
    isSurrogate(Character) -> Boolean, 1, is_surrogate, "Whether it is one half of a code point.";
    isHighSurrogate(Character) -> Boolean, 1, is_high_surrogate, "Whether it is the first half of a code point.";
    isLowSurrogate(Character) -> Boolean, 1, is_low_surrogate, "Whether it is the second half of a code point.";
    isSurrogatePair(Character, Character) -> Boolean, 1, is_pair, "Whether both are the halves of a code point.";
    toCodePoint(Character, Character) -> Integer, 1, joined, "The code point of two halves, which are not checked.";
};

fn itself(value: &Value, _: Arguments<'_>) -> OpResult {
    Ok(value.clone())
}

fn compare_to(value: &Value, arguments: Arguments<'_>) -> OpResult {
    match (value, arguments.get(0)) {
        (Value::Character(a), Value::Character(b)) => Ok(difference(*a, *b)),
        (_, Value::Null) => Err(null_argument()),
        _ => Err(Failure::method(
            "a Character is compared with something else",
        )),
    }
}

fn to_text(arguments: Arguments<'_>) -> OpResult {
    arguments.get(0).text().map(Value::String)
}

fn argument(arguments: Arguments<'_>) -> OpResult {
    arguments.unit(0).map(Value::Character)
}

fn hash(arguments: Arguments<'_>) -> OpResult {
    hash_code(arguments.get(0)).map(Value::Integer)
}

fn compare(arguments: Arguments<'_>) -> OpResult {
    Ok(difference(arguments.unit(0)?, arguments.unit(1)?))
}

fn difference(a: u16, b: u16) -> Value {
    Value::Integer(i32::from(a) - i32::from(b))
}

fn reverse_bytes(arguments: Arguments<'_>) -> OpResult {
    Ok(Value::Character(arguments.unit(0)?.swap_bytes()))
}

fn is_surrogate(arguments: Arguments<'_>) -> OpResult {
    let unit = arguments.unit(0)?;
    Ok((is_high(unit) || is_low(unit)).into())
}

fn is_high_surrogate(arguments: Arguments<'_>) -> OpResult {
    Ok(is_high(arguments.unit(0)?).into())
}

fn is_low_surrogate(arguments: Arguments<'_>) -> OpResult {
    Ok(is_low(arguments.unit(0)?).into())
}

fn is_pair(arguments: Arguments<'_>) -> OpResult {
    Ok((is_high(arguments.unit(0)?) && is_low(arguments.unit(1)?)).into())
}

fn joined(arguments: Arguments<'_>) -> OpResult {
    let (high, low) = (i32::from(arguments.unit(0)?), i32::from(arguments.unit(1)?));
    let code = ((high - 0xD800) << 10) + (low - 0xDC00) + 0x1_0000;
    Ok(Value::Integer(code))
}

fn is_high(unit: u16) -> bool {
    (0xD800..0xDC00).contains(&unit)
}

fn is_low(unit: u16) -> bool {
    (0xDC00..0xE000).contains(&unit)
}
