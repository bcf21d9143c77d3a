//! Methods of `Integer` and `Long`, most of them static: the object does not count.

use super::arguments::{Arguments, Type, null_argument};
use super::number::{parse_radix, radix_text};
use super::{Call, Method, Receiver};
use crate::value::{JavaString, hash_code};
use crate::{Outcome, Value};

const INT: &[Type] = &[Type::Integer];
const INTS: &[Type] = &[Type::Integer, Type::Integer];
const LONG: &[Type] = &[Type::Long];
const LONGS: &[Type] = &[Type::Long, Type::Long];
const TEXT: &[Type] = &[Type::Text];
const TEXT_RADIX: &[Type] = &[Type::Text, Type::Integer];

const fn integer(
    name: &'static str,
    parameters: &'static [Type],
    returns: Type,
    doc: &'static str,
    call: fn(Arguments<'_>) -> Outcome,
) -> Method {
    Method::new(
        Receiver::Integer,
        name,
        parameters,
        returns,
        doc,
        Call::Static(call),
    )
}

const fn long(
    name: &'static str,
    parameters: &'static [Type],
    returns: Type,
    doc: &'static str,
    call: fn(Arguments<'_>) -> Outcome,
) -> Method {
    Method::new(
        Receiver::Long,
        name,
        parameters,
        returns,
        doc,
        Call::Static(call),
    )
}

pub(super) const METHODS: &[Method] = &[
    integer(
        "parseInt",
        TEXT,
        Type::Integer,
        "The number a text shows.",
        |a| parsed(a.get(0), 10),
    ),
    integer(
        "parseInt",
        TEXT_RADIX,
        Type::Integer,
        "The number a text shows in a radix.",
        |a| parsed(a.get(0), a.int(1)?),
    ),
    integer("valueOf", INT, Type::Integer, "The argument itself.", |a| {
        Ok(Value::Integer(a.int(0)?))
    }),
    integer(
        "valueOf",
        TEXT,
        Type::Integer,
        "The number a text shows.",
        |a| parsed(a.get(0), 10),
    ),
    integer(
        "valueOf",
        TEXT_RADIX,
        Type::Integer,
        "The number a text shows in a radix.",
        |a| parsed(a.get(0), a.int(1)?),
    ),
    integer(
        "toString",
        INT,
        Type::Text,
        "The digits of the argument.",
        |a| Ok(Value::from(a.int(0)?.to_string())),
    ),
    integer(
        "toString",
        INTS,
        Type::Text,
        "The digits of the argument in a radix.",
        |a| Ok(Value::from(radix_text(i64::from(a.int(0)?), a.int(1)?))),
    ),
    integer(
        "toBinaryString",
        INT,
        Type::Text,
        "The bits of the argument.",
        |a| Ok(Value::from(format!("{:b}", a.int(0)?))),
    ),
    integer(
        "toHexString",
        INT,
        Type::Text,
        "The argument in hexadecimal, negative numbers as their bits.",
        |a| Ok(Value::from(format!("{:x}", a.int(0)?))),
    ),
    integer(
        "toOctalString",
        INT,
        Type::Text,
        "The argument in octal, negative numbers as their bits.",
        |a| Ok(Value::from(format!("{:o}", a.int(0)?))),
    ),
    integer(
        "max",
        INTS,
        Type::Integer,
        "The greater of two numbers.",
        |a| Ok(Value::Integer(a.int(0)?.max(a.int(1)?))),
    ),
    integer(
        "min",
        INTS,
        Type::Integer,
        "The lesser of two numbers.",
        |a| Ok(Value::Integer(a.int(0)?.min(a.int(1)?))),
    ),
    integer(
        "sum",
        INTS,
        Type::Integer,
        "The sum of two numbers, which wraps around.",
        |a| Ok(Value::Integer(a.int(0)?.wrapping_add(a.int(1)?))),
    ),
    integer("compare", INTS, Type::Integer, "-1, 0 or 1.", |a| {
        Ok(Value::Integer(a.int(0)?.cmp(&a.int(1)?) as i32))
    }),
    integer("signum", INT, Type::Integer, "-1, 0 or 1.", |a| {
        Ok(Value::Integer(a.int(0)?.signum()))
    }),
    integer(
        "bitCount",
        INT,
        Type::Integer,
        "The number of bits that are set.",
        |a| Ok(bits(a.int(0)?.count_ones())),
    ),
    integer("reverse", INT, Type::Integer, "The bits in reverse.", |a| {
        Ok(Value::Integer(a.int(0)?.reverse_bits()))
    }),
    integer(
        "numberOfLeadingZeros",
        INT,
        Type::Integer,
        "The number of zero bits at the top.",
        |a| Ok(bits(a.int(0)?.leading_zeros())),
    ),
    integer(
        "numberOfTrailingZeros",
        INT,
        Type::Integer,
        "The number of zero bits at the bottom.",
        |a| Ok(bits(a.int(0)?.trailing_zeros())),
    ),
    integer(
        "hashCode",
        INT,
        Type::Integer,
        "The argument itself.",
        |a| Ok(Value::Integer(a.int(0)?)),
    ),
    long(
        "hashCode",
        &[Type::Long],
        Type::Integer,
        "The hash code of the argument.",
        |a| hash_code(&Value::Long(a.long(0)?)).map(Value::Integer),
    ),
    long(
        "parseLong",
        TEXT,
        Type::Long,
        "The number a text shows.",
        |a| parsed_long(a.get(0), 10),
    ),
    long(
        "parseLong",
        TEXT_RADIX,
        Type::Long,
        "The number a text shows in a radix.",
        |a| parsed_long(a.get(0), a.int(1)?),
    ),
    long(
        "valueOf",
        LONG,
        Type::Long,
        "The argument as a Long.",
        |a| Ok(Value::Long(a.long(0)?)),
    ),
    long(
        "valueOf",
        TEXT,
        Type::Long,
        "The number a text shows.",
        |a| parsed_long(a.get(0), 10),
    ),
    long(
        "valueOf",
        TEXT_RADIX,
        Type::Long,
        "The number a text shows in a radix.",
        |a| parsed_long(a.get(0), a.int(1)?),
    ),
    long(
        "toString",
        LONG,
        Type::Text,
        "The digits of the argument.",
        |a| Ok(Value::from(a.long(0)?.to_string())),
    ),
    long(
        "toString",
        &[Type::Long, Type::Integer],
        Type::Text,
        "The digits of the argument in a radix.",
        |a| Ok(Value::from(radix_text(a.long(0)?, a.int(1)?))),
    ),
    long(
        "toBinaryString",
        LONG,
        Type::Text,
        "The bits of the argument.",
        |a| Ok(Value::from(format!("{:b}", a.long(0)?))),
    ),
    long(
        "toHexString",
        LONG,
        Type::Text,
        "The argument in hexadecimal, negative numbers as their bits.",
        |a| Ok(Value::from(format!("{:x}", a.long(0)?))),
    ),
    long(
        "toOctalString",
        LONG,
        Type::Text,
        "The argument in octal, negative numbers as their bits.",
        |a| Ok(Value::from(format!("{:o}", a.long(0)?))),
    ),
    long(
        "max",
        LONGS,
        Type::Long,
        "The greater of two numbers.",
        |a| Ok(Value::Long(a.long(0)?.max(a.long(1)?))),
    ),
    long(
        "min",
        LONGS,
        Type::Long,
        "The lesser of two numbers.",
        |a| Ok(Value::Long(a.long(0)?.min(a.long(1)?))),
    ),
    long(
        "sum",
        LONGS,
        Type::Long,
        "The sum of two numbers, which wraps around.",
        |a| Ok(Value::Long(a.long(0)?.wrapping_add(a.long(1)?))),
    ),
    long("compare", LONGS, Type::Integer, "-1, 0 or 1.", |a| {
        Ok(Value::Integer(a.long(0)?.cmp(&a.long(1)?) as i32))
    }),
    long("signum", LONG, Type::Integer, "-1, 0 or 1.", |a| {
        Ok(Value::Integer(a.long(0)?.cmp(&0) as i32))
    }),
    long(
        "bitCount",
        LONG,
        Type::Integer,
        "The number of bits that are set.",
        |a| Ok(bits(a.long(0)?.count_ones())),
    ),
];

fn bits(count: u32) -> Value {
    Value::Integer(count.cast_signed())
}

fn text_of(value: &Value) -> Outcome<&JavaString> {
    value.as_string().ok_or_else(null_argument)
}

fn parsed(value: &Value, radix: i32) -> Outcome {
    let number = parse_radix(
        text_of(value)?,
        radix,
        i64::from(i32::MIN),
        i64::from(i32::MAX),
    )?;
    Ok(Value::Integer(i32::try_from(number).unwrap_or(i32::MAX)))
}

fn parsed_long(value: &Value, radix: i32) -> Outcome {
    parse_radix(text_of(value)?, radix, i64::MIN, i64::MAX).map(Value::Long)
}
