//! Methods of strings that give their characters: as an array, as bytes, as a stream.

use crate::budget;
use crate::methods::method::{Method, rows};
use crate::methods::{Arguments, stream};
use crate::value::{Array, ElementClass, JavaString};
use crate::{Failure, OpResult, Value};

pub(super) const METHODS: &[Method] = rows! { Text as Text:
    toCharArray() -> Characters, 1, to_chars, "The characters as an array.";
    getBytes(Text) -> Array, 8, bytes_in, "The bytes in a character set as an array.";
    getBytes() -> Array, 8, bytes, "The UTF-8 bytes as an array.";
    chars() -> Any, 8, chars, "A stream of the UTF-16 units as numbers.";
    codePoints() -> Any, 8, code_points, "A stream of the Unicode code points as numbers.";
};

fn to_chars(text: &JavaString, _: Arguments<'_>) -> OpResult {
    budget::room_for_values(text.len())?;
    let units = text.units().map(Value::Character).collect();
    Ok(Value::Array(Array::new(ElementClass::Char, units)))
}

fn bytes_in(text: &JavaString, arguments: Arguments<'_>) -> OpResult {
    encoded(text, &arguments.text(0)?.to_str())
}

fn bytes(text: &JavaString, _: Arguments<'_>) -> OpResult {
    encoded(text, "UTF-8")
}

/// The bytes of a text; what the character set does not have is `?`.
fn encoded(text: &JavaString, charset: &str) -> OpResult {
    budget::room_for_values(text.len())?;
    let single = |last: u32| {
        let bytes = char::decode_utf16(text.units()).map(move |c| match c {
            Ok(c) if u32::from(c) <= last => u8::try_from(u32::from(c)).unwrap_or(b'?'),
            _ => b'?',
        });
        bytes.collect::<Vec<u8>>()
    };
    let wide = |bytes: fn(u16) -> [u8; 2]| text.units().flat_map(bytes).collect();
    let bytes = match charset.to_ascii_uppercase().as_str() {
        "UTF-8" | "UTF8" => char::decode_utf16(text.units())
            .map(|c| c.unwrap_or('?').to_string())
            .collect::<String>()
            .into_bytes(),
        "US-ASCII" | "ASCII" => single(0x7F),
        "ISO-8859-1" | "LATIN1" => single(0xFF),
        "UTF-16BE" => wide(u16::to_be_bytes),
        "UTF-16LE" => wide(u16::to_le_bytes),
        "UTF-16" => [vec![0xFE, 0xFF], wide(u16::to_be_bytes)].concat(),
        _ => {
            return Err(Failure::method(format!(
                "there is no character set {charset}"
            )));
        }
    };
    let bytes = bytes
        .into_iter()
        .map(|byte| Value::Byte(byte.cast_signed()));
    Ok(Value::Array(Array::new(
        ElementClass::Byte,
        bytes.collect(),
    )))
}

fn chars(text: &JavaString, _: Arguments<'_>) -> OpResult {
    let units = text.units().map(|unit| Value::Integer(i32::from(unit)));
    stream::of_ints(units.collect())
}

fn code_points(text: &JavaString, _: Arguments<'_>) -> OpResult {
    let points = char::decode_utf16(text.units()).map(|point| match point {
        Ok(c) => Value::Integer(u32::from(c).cast_signed()),
        Err(lone) => Value::Integer(i32::from(lone.unpaired_surrogate())),
    });
    stream::of_ints(points.collect())
}
