//! Static methods of `Character` about a `char` or a Unicode code point: the object does not count.
//!
//! The rows are written once, over [`Unit`], and made for both kinds of argument. Questions are answered by the same
//! table as `\p{java…}` in regular expressions.

use super::arguments::Arguments;
use super::method::{Method, rows};
use crate::value::{Array, ElementClass, JavaString};
use crate::{Failure, OpResult, Value, regex};

/// The kind of the argument.
trait Unit {
    fn argument(arguments: Arguments<'_>) -> OpResult<u32>;

    /// A code of this kind; one that is too large for it is not made.
    fn value(code: u32) -> Option<Value>;
}

/// A UTF-16 unit.
struct Char;

impl Unit for Char {
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
    fn argument(arguments: Arguments<'_>) -> OpResult<u32> {
        code(arguments)
    }

    fn value(code: u32) -> Option<Value> {
        Some(Value::Integer(code.cast_signed()))
    }
}

/// A question about the argument that a property of the regular expressions answers.
macro_rules! has {
    ($unit:ty, $property:literal) => {
        |arguments| has::<$unit>(arguments, concat!(r"\p{java", $property, "}"))
    };
}

/// What both kinds of argument have.
macro_rules! of_both {
    ($class:ident, $unit:ty) => {
        rows! { Character as Static:
            isDigit($class) -> Boolean, 1, has!($unit, "Digit"), "Whether it is a digit.";
            isLetter($class) -> Boolean, 1, has!($unit, "Letter"), "Whether it is a letter.";
            isLetterOrDigit($class) -> Boolean, 1, has!($unit, "LetterOrDigit"), "Whether it is a letter or digit.";
            isUpperCase($class) -> Boolean, 1, has!($unit, "UpperCase"), "Whether it is an upper-case letter.";
            isLowerCase($class) -> Boolean, 1, has!($unit, "LowerCase"), "Whether it is a lower-case letter.";
            isTitleCase($class) -> Boolean, 1, has!($unit, "TitleCase"), "Whether it is a title-case letter.";
            isWhitespace($class) -> Boolean, 1, has!($unit, "Whitespace"), "Whether it is white space.";
            isSpaceChar($class) -> Boolean, 1, has!($unit, "SpaceChar"), "Whether it is a space separator.";
            isISOControl($class) -> Boolean, 1, has!($unit, "ISOControl"), "Whether it is a control character.";
            isDefined($class) -> Boolean, 1, is_defined::<$unit>, "Whether Unicode gives it a meaning.";
            /// Whether a Java name can start with it.
            isJavaIdentifierStart($class) -> Boolean, 1, has!($unit, "JavaIdentifierStart");
            /// Whether a Java name can have it in it.
            isJavaIdentifierPart($class) -> Boolean, 1, has!($unit, "JavaIdentifierPart");
            /// Whether a Unicode name can start with it.
            isUnicodeIdentifierStart($class) -> Boolean, 1, has!($unit, "UnicodeIdentifierStart");
            /// Whether a Unicode name can have it in it.
            isUnicodeIdentifierPart($class) -> Boolean, 1, has!($unit, "UnicodeIdentifierPart");
            /// Whether it does not count in a name.
            isIdentifierIgnorable($class) -> Boolean, 1, has!($unit, "IdentifierIgnorable");
            toUpperCase($class) -> $class, 1, to_upper_case::<$unit>, "It in upper case.";
            toLowerCase($class) -> $class, 1, to_lower_case::<$unit>, "It in lower case.";
            /// The value of a digit, 10 to 35 for letters, or -1.
            getNumericValue($class) -> Integer, 1, numeric_value::<$unit>;
            digit($class, Integer) -> Integer, 1, digit_in::<$unit>, "The value of a digit in a radix, or -1.";
        }
    };
}

pub(super) const TABLES: &[&[Method]] = &[
    of_both!(Character, Char),
    of_both!(Integer, Int),
    OF_INT_ONLY,
];

const OF_INT_ONLY: &[Method] = rows! { Character as Static:
    isAlphabetic(Integer) -> Boolean, 1, has!(Int, "Alphabetic"), "Whether it is alphabetic.";
    isIdeographic(Integer) -> Boolean, 1, has!(Int, "Ideographic"), "Whether it is an ideograph.";
    isValidCodePoint(Integer) -> Boolean, 1, is_valid, "Whether Unicode has such a code point.";
    isBmpCodePoint(Integer) -> Boolean, 1, is_basic, "Whether one UTF-16 unit is enough for it.";
    isSupplementaryCodePoint(Integer) -> Boolean, 1, is_supplementary, "Whether it takes two UTF-16 units.";
    charCount(Integer) -> Integer, 1, unit_count, "The number of UTF-16 units it takes.";
    toString(Integer) -> Text, 1, to_text, "The text of a code point.";
    toChars(Integer) -> Array, 1, to_units, "The UTF-16 units of a code point.";
    highSurrogate(Integer) -> Character, 1, high_surrogate, "The first of the two units of a code point.";
    lowSurrogate(Integer) -> Character, 1, low_surrogate, "The second of the two units of a code point.";
    forDigit(Integer, Integer) -> Character, 1, for_digit, "The digit of a value in a radix, or the character 0.";
};

/// The last code point of Unicode.
const MOST: u32 = 0x10_FFFF;

/// Whether the argument has a property of the regular expressions; surrogates have none.
fn has<U: Unit>(arguments: Arguments<'_>, property: &str) -> OpResult {
    holds(U::argument(arguments)?, property).map(Value::Boolean)
}

fn is_defined<U: Unit>(arguments: Arguments<'_>) -> OpResult {
    let code = U::argument(arguments)?;
    let surrogate = (0xD800..=0xDFFF).contains(&code);
    Ok((surrogate || holds(code, r"\p{javaDefined}")?).into())
}

fn holds(code: u32, property: &str) -> OpResult<bool> {
    match char::from_u32(code) {
        Some(c) => regex::matches(&property.into(), &c.to_string().into()),
        None => Ok(false),
    }
}

fn to_upper_case<U: Unit>(arguments: Arguments<'_>) -> OpResult {
    mapped::<U>(arguments, |c| single(c.to_uppercase(), c))
}

fn to_lower_case<U: Unit>(arguments: Arguments<'_>) -> OpResult {
    mapped::<U>(arguments, |c| single(c.to_lowercase(), c))
}

/// What `map` makes of the argument; what is no character, or does not fit the kind, stays.
fn mapped<U: Unit>(arguments: Arguments<'_>, map: fn(char) -> char) -> OpResult {
    let code = U::argument(arguments)?;
    Ok(char::from_u32(code)
        .and_then(|c| U::value(u32::from(map(c))))
        .or_else(|| U::value(code))
        .unwrap_or_default())
}

/// The only character of a mapping, or the character itself where it maps to several.
pub(super) fn single(mut mapped: impl Iterator<Item = char>, own: char) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(only), None) => only,
        _ => own,
    }
}

fn numeric_value<U: Unit>(arguments: Arguments<'_>) -> OpResult {
    Ok(digit(U::argument(arguments)?, 36))
}

fn digit_in<U: Unit>(arguments: Arguments<'_>) -> OpResult {
    let base = radix(arguments)?;
    let code = U::argument(arguments)?;
    Ok(base.map_or(Value::Integer(-1), |radix| digit(code, radix)))
}

fn digit(code: u32, radix: u32) -> Value {
    let digit = char::from_u32(code).and_then(|c| {
        crate::operators::decimal_digit(c)
            .unwrap_or(c)
            .to_digit(radix)
    });
    Value::Integer(digit.map_or(-1, u32::cast_signed))
}

fn for_digit(arguments: Arguments<'_>) -> OpResult {
    let base = radix(arguments)?;
    let digit = base
        .zip(u32::try_from(arguments.int(0)?).ok())
        .and_then(|(radix, value)| char::from_digit(value, radix));
    Ok(unit(digit.map_or(0, u32::from)))
}

/// The radix that is the second argument, if there can be one.
fn radix(arguments: Arguments<'_>) -> OpResult<Option<u32>> {
    let radix = u32::try_from(arguments.int(1)?).ok();
    Ok(radix.filter(|radix| (2..=36).contains(radix)))
}

fn is_valid(arguments: Arguments<'_>) -> OpResult {
    Ok((code(arguments)? <= MOST).into())
}

fn is_basic(arguments: Arguments<'_>) -> OpResult {
    Ok((code(arguments)? <= 0xFFFF).into())
}

fn is_supplementary(arguments: Arguments<'_>) -> OpResult {
    Ok((0x1_0000..=MOST).contains(&code(arguments)?).into())
}

fn unit_count(arguments: Arguments<'_>) -> OpResult {
    let is_pair = arguments.int(0)? >= 0x1_0000;
    Ok(Value::Integer(if is_pair { 2 } else { 1 }))
}

fn to_text(arguments: Arguments<'_>) -> OpResult {
    let units = units(code(arguments)?)?;
    Ok(Value::String(JavaString::from_units(&units)))
}

fn to_units(arguments: Arguments<'_>) -> OpResult {
    let units = units(code(arguments)?)?;
    let units = units.into_iter().map(Value::Character).collect();
    Ok(Value::Array(Array::new(ElementClass::Char, units)))
}

fn high_surrogate(arguments: Arguments<'_>) -> OpResult {
    let beyond_basic = 0xD800 - (0x1_0000 >> 10);
    Ok(unit((code(arguments)? >> 10).wrapping_add(beyond_basic)))
}

fn low_surrogate(arguments: Arguments<'_>) -> OpResult {
    Ok(unit((code(arguments)? & 0x3FF) + 0xDC00))
}

/// The code point that is the first argument; negative ones are beyond Unicode.
fn code(arguments: Arguments<'_>) -> OpResult<u32> {
    arguments.int(0).map(i32::cast_unsigned)
}

fn unit(code: u32) -> Value {
    let [_, _, high, low] = code.to_be_bytes();
    Value::Character(u16::from_be_bytes([high, low]))
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
