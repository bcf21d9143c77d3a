//! Static methods of `Character` about a `char` or a Unicode code point: the object does not count.
//!
//! The rows are written once, over [`Unit`], and made for both kinds of argument. Questions are answered by the same table as
//! `\p{java…}` in regular expressions.

use super::arguments::{Arguments, Type};
use super::text_search::single;
use super::{Call, Method, Receiver};
use crate::value::{Array, ElementClass, JavaString};
use crate::{Failure, OpResult, Value, regex};

/// The kind of the argument.
trait Unit {
    const TYPE: Type;
    const ONE: &'static [Type] = &[Self::TYPE];
    const AND_INT: &'static [Type] = &[Self::TYPE, Type::Integer];

    fn argument(arguments: Arguments<'_>) -> OpResult<u32>;

    /// A code of this kind; one that is too large for it is not made.
    fn value(code: u32) -> Option<Value>;
}

/// A UTF-16 unit.
struct Char;

impl Unit for Char {
    const TYPE: Type = Type::Character;

    fn argument(arguments: Arguments<'_>) -> OpResult<u32> {
        arguments.unit(0).map(u32::from)
    }

    fn value(code: u32) -> Option<Value> {
        u16::try_from(code).ok().map(Value::Character)
    }
}

/// A code point.
struct Int;

impl Unit for Int {
    const TYPE: Type = Type::Integer;

    fn argument(arguments: Arguments<'_>) -> OpResult<u32> {
        code(arguments)
    }

    fn value(code: u32) -> Option<Value> {
        Some(Value::Integer(code.cast_signed()))
    }
}

pub(super) const OF_CHAR: &[Method] = &of_both::<Char>();
pub(super) const OF_INT: &[Method] = &of_both::<Int>();

pub(super) const OF_INT_ONLY: &[Method] = &[
    is::<Int>("isAlphabetic", "Whether it is alphabetic.", |a| {
        has::<Int>(a, r"\p{javaAlphabetic}")
    }),
    is::<Int>("isIdeographic", "Whether it is an ideograph.", |a| {
        has::<Int>(a, r"\p{javaIdeographic}")
    }),
    is::<Int>(
        "isValidCodePoint",
        "Whether Unicode has such a code point.",
        |a| Ok((code(a)? <= MOST).into()),
    ),
    is::<Int>(
        "isBmpCodePoint",
        "Whether one UTF-16 unit is enough for it.",
        |a| Ok((code(a)? <= 0xFFFF).into()),
    ),
    is::<Int>(
        "isSupplementaryCodePoint",
        "Whether it takes two UTF-16 units.",
        |a| Ok((0x1_0000..=MOST).contains(&code(a)?).into()),
    ),
    of_int(
        "charCount",
        Type::Integer,
        "The number of UTF-16 units it takes.",
        |a| Ok(Value::Integer(if a.int(0)? >= 0x1_0000 { 2 } else { 1 })),
    ),
    of_int("toString", Type::Text, "The text of a code point.", |a| {
        units(code(a)?).map(|units| Value::String(JavaString::from_units(&units)))
    }),
    of_int(
        "toChars",
        Type::Array,
        "The UTF-16 units of a code point.",
        |a| {
            let units = units(code(a)?)?.into_iter().map(Value::Character).collect();
            Ok(Value::Array(Array::new(ElementClass::Char, units)))
        },
    ),
    of_int(
        "highSurrogate",
        Type::Character,
        "The first of the two units of a code point.",
        |a| {
            Ok(unit(
                (code(a)? >> 10).wrapping_add(0xD800 - (0x1_0000 >> 10)),
            ))
        },
    ),
    of_int(
        "lowSurrogate",
        Type::Character,
        "The second of the two units of a code point.",
        |a| Ok(unit((code(a)? & 0x3FF) + 0xDC00)),
    ),
    Method::new(
        Receiver::Character,
        "forDigit",
        &[Type::Integer, Type::Integer],
        Type::Character,
        "The digit of a value in a radix, or the character 0.",
        Call::Static(|a| {
            let base = radix(a)?;
            let digit = base
                .zip(u32::try_from(a.int(0)?).ok())
                .and_then(|(radix, value)| char::from_digit(value, radix));
            Ok(unit(digit.map_or(0, u32::from)))
        }),
    ),
];

/// The last code point of Unicode.
const MOST: u32 = 0x10_FFFF;

const fn is<U: Unit>(
    name: &'static str,
    doc: &'static str,
    call: fn(Arguments<'_>) -> OpResult,
) -> Method {
    Method::fixed(Receiver::Character, name, U::ONE, Type::Boolean, doc, call)
}

const fn to<U: Unit>(
    name: &'static str,
    doc: &'static str,
    call: fn(Arguments<'_>) -> OpResult,
) -> Method {
    Method::fixed(Receiver::Character, name, U::ONE, U::TYPE, doc, call)
}

const fn of_int(
    name: &'static str,
    returns: Type,
    doc: &'static str,
    call: fn(Arguments<'_>) -> OpResult,
) -> Method {
    Method::fixed(
        Receiver::Character,
        name,
        &[Type::Integer],
        returns,
        doc,
        call,
    )
}

/// What both kinds of argument have.
const fn of_both<U: Unit>() -> [Method; 19] {
    [
        is::<U>("isDigit", "Whether it is a digit.", |a| {
            has::<U>(a, r"\p{javaDigit}")
        }),
        is::<U>("isLetter", "Whether it is a letter.", |a| {
            has::<U>(a, r"\p{javaLetter}")
        }),
        is::<U>("isLetterOrDigit", "Whether it is a letter or digit.", |a| {
            has::<U>(a, r"\p{javaLetterOrDigit}")
        }),
        is::<U>("isUpperCase", "Whether it is an upper-case letter.", |a| {
            has::<U>(a, r"\p{javaUpperCase}")
        }),
        is::<U>("isLowerCase", "Whether it is a lower-case letter.", |a| {
            has::<U>(a, r"\p{javaLowerCase}")
        }),
        is::<U>("isTitleCase", "Whether it is a title-case letter.", |a| {
            has::<U>(a, r"\p{javaTitleCase}")
        }),
        is::<U>("isWhitespace", "Whether it is white space.", |a| {
            has::<U>(a, r"\p{javaWhitespace}")
        }),
        is::<U>("isSpaceChar", "Whether it is a space separator.", |a| {
            has::<U>(a, r"\p{javaSpaceChar}")
        }),
        is::<U>("isISOControl", "Whether it is a control character.", |a| {
            has::<U>(a, r"\p{javaISOControl}")
        }),
        is::<U>("isDefined", "Whether Unicode gives it a meaning.", |a| {
            let code = U::argument(a)?;
            let surrogate = (0xD800..=0xDFFF).contains(&code);
            Ok((surrogate || holds(code, r"\p{javaDefined}")?).into())
        }),
        is::<U>(
            "isJavaIdentifierStart",
            "Whether a Java name can start with it.",
            |a| has::<U>(a, r"\p{javaJavaIdentifierStart}"),
        ),
        is::<U>(
            "isJavaIdentifierPart",
            "Whether a Java name can have it in it.",
            |a| has::<U>(a, r"\p{javaJavaIdentifierPart}"),
        ),
        is::<U>(
            "isUnicodeIdentifierStart",
            "Whether a Unicode name can start with it.",
            |a| has::<U>(a, r"\p{javaUnicodeIdentifierStart}"),
        ),
        is::<U>(
            "isUnicodeIdentifierPart",
            "Whether a Unicode name can have it in it.",
            |a| has::<U>(a, r"\p{javaUnicodeIdentifierPart}"),
        ),
        is::<U>(
            "isIdentifierIgnorable",
            "Whether it does not count in a name.",
            |a| has::<U>(a, r"\p{javaIdentifierIgnorable}"),
        ),
        to::<U>("toUpperCase", "It in upper case.", |a| {
            mapped::<U>(a, |c| single(c.to_uppercase(), c))
        }),
        to::<U>("toLowerCase", "It in lower case.", |a| {
            mapped::<U>(a, |c| single(c.to_lowercase(), c))
        }),
        Method::new(
            Receiver::Character,
            "getNumericValue",
            U::ONE,
            Type::Integer,
            "The value of a digit, 10 to 35 for letters, or -1.",
            Call::Static(|a| Ok(digit(U::argument(a)?, 36))),
        ),
        Method::new(
            Receiver::Character,
            "digit",
            U::AND_INT,
            Type::Integer,
            "The value of a digit in a radix, or -1.",
            Call::Static(|a| {
                let base = radix(a)?;
                let code = U::argument(a)?;
                Ok(base.map_or(Value::Integer(-1), |radix| digit(code, radix)))
            }),
        ),
    ]
}

/// The code point that is the first argument; negative ones are beyond Unicode.
fn code(arguments: Arguments<'_>) -> OpResult<u32> {
    arguments.int(0).map(i32::cast_unsigned)
}

fn unit(code: u32) -> Value {
    let [_, _, high, low] = code.to_be_bytes();
    Value::Character(u16::from_be_bytes([high, low]))
}

/// Whether the argument has a property of the regular expressions; surrogates have none.
fn has<U: Unit>(arguments: Arguments<'_>, property: &str) -> OpResult {
    holds(U::argument(arguments)?, property).map(Value::Boolean)
}

fn holds(code: u32, property: &str) -> OpResult<bool> {
    match char::from_u32(code) {
        Some(c) => regex::matches(&property.into(), &c.to_string().into()),
        None => Ok(false),
    }
}

/// What `map` makes of the argument; what is no character, or does not fit the kind, stays.
fn mapped<U: Unit>(arguments: Arguments<'_>, map: fn(char) -> char) -> OpResult {
    let code = U::argument(arguments)?;
    Ok(char::from_u32(code)
        .and_then(|c| U::value(u32::from(map(c))))
        .or_else(|| U::value(code))
        .unwrap_or_default())
}

/// The radix that is the second argument, if there can be one.
fn radix(arguments: Arguments<'_>) -> OpResult<Option<u32>> {
    let radix = u32::try_from(arguments.int(1)?).ok();
    Ok(radix.filter(|radix| (2..=36).contains(radix)))
}

fn digit(code: u32, radix: u32) -> Value {
    let digit = char::from_u32(code).and_then(|c| {
        crate::operators::decimal_digit(c)
            .unwrap_or(c)
            .to_digit(radix)
    });
    Value::Integer(digit.map_or(-1, u32::cast_signed))
}

/// The UTF-16 units of a code point, surrogates included.
fn units(code: u32) -> OpResult<Vec<u16>> {
    if let Ok(unit) = u16::try_from(code) {
        return Ok(vec![unit]);
    }
    char::from_u32(code)
        .map(|c| c.encode_utf16(&mut [0; 2]).to_vec())
        .ok_or_else(|| Failure::method(format!("{code:X} is no Unicode code point")))
}
