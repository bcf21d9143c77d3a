//! Methods of strings that look at or change characters. Indexes count UTF-16 units.

use super::arguments::{Arguments, Type, null_argument, out_of_range};
use super::{Call, Method, Receiver, format, int, stream};
use crate::budget;
use crate::limits::MAX_RESULT_BYTES;
use crate::value::{Array, ElementClass, JavaString, too_long};
use crate::{OpResult, Value};

/// A row for strings.
pub(super) const fn text(
    name: &'static str,
    parameters: &'static [Type],
    returns: Type,
    doc: &'static str,
    call: fn(&JavaString, Arguments<'_>) -> OpResult,
) -> Method {
    Method::new(
        Receiver::Text,
        name,
        parameters,
        returns,
        doc,
        Call::Text(call),
    )
}

const LOCALE: &[Type] = &[Type::Locale];

pub(super) const METHODS: &[Method] = &[
    text(
        "length",
        &[],
        Type::Integer,
        "The number of UTF-16 units.",
        |text, _| {
            budget::read_bytes(text.bytes_to_count())?;
            Ok(int(text.len()))
        },
    )
    .paying_itself(),
    text(
        "isEmpty",
        &[],
        Type::Boolean,
        "Whether there is no character.",
        |text, _| Ok(text.is_empty().into()),
    )
    .paying_itself(),
    text(
        "isBlank",
        &[],
        Type::Boolean,
        "Whether there is nothing but white space.",
        |text, _| Ok(text.to_str().chars().all(is_white_space).into()),
    ),
    text(
        "charAt",
        &[Type::Integer],
        Type::Character,
        "The character at an index.",
        |text, arguments| {
            let index = arguments.int(0)?;
            budget::read_bytes(text.bytes_to_count())?;
            usize::try_from(index)
                .ok()
                .and_then(|index| text.unit(index))
                .map(Value::Character)
                .ok_or_else(|| out_of_range(i64::from(index), text.len()))
        },
    )
    .paying_itself(),
    text(
        "codePointAt",
        &[Type::Integer],
        Type::Integer,
        "The Unicode code point that begins at an index.",
        |text, arguments| {
            let index = arguments.int(0)?;
            budget::read_bytes(text.bytes_to_count())?;
            code_point(text, i64::from(index))
                .ok_or_else(|| out_of_range(i64::from(index), text.len()))
        },
    )
    .paying_itself(),
    text(
        "codePointBefore",
        &[Type::Integer],
        Type::Integer,
        "The Unicode code point that ends before an index.",
        |text, arguments| {
            let index = i64::from(arguments.int(0)?);
            budget::read_bytes(text.bytes_to_count())?;
            let pair = index >= 2
                && code_point(text, index - 2).and_then(|point| point.as_i64()) > Some(0xFFFF);
            let start = if pair { index - 2 } else { index - 1 };
            code_point(text, start).ok_or_else(|| out_of_range(index, text.len()))
        },
    )
    .paying_itself(),
    text(
        "codePointCount",
        &[Type::Integer, Type::Integer],
        Type::Integer,
        "The number of Unicode code points between two indexes.",
        |text, arguments| {
            let part = part(text, arguments.int(0)?, arguments.int(1)?)?;
            Ok(int(char::decode_utf16(part.units()).count()))
        },
    ),
    text(
        "offsetByCodePoints",
        &[Type::Integer, Type::Integer],
        Type::Integer,
        "The index so many Unicode code points after, or before, an index.",
        |text, arguments| offset_by_code_points(text, arguments.int(0)?, arguments.int(1)?),
    ),
    text(
        "toLowerCase",
        LOCALE,
        Type::Text,
        "Fails: a locale cannot be made.",
        |_, _| Err(null_argument()),
    ),
    text(
        "toUpperCase",
        LOCALE,
        Type::Text,
        "Fails: a locale cannot be made.",
        |_, _| Err(null_argument()),
    ),
    text(
        "toLowerCase",
        &[],
        Type::Text,
        "The text in lower case.",
        |text, _| Ok(cased(text, str::to_ascii_lowercase, str::to_lowercase)),
    )
    .reading(2),
    text(
        "toUpperCase",
        &[],
        Type::Text,
        "The text in upper case.",
        |text, _| Ok(cased(text, str::to_ascii_uppercase, str::to_uppercase)),
    )
    .reading(2),
    text(
        "trim",
        &[],
        Type::Text,
        "The text without characters up to U+0020 at both ends.",
        |text, _| trimmed(text, |c| c <= ' ', true, true),
    ),
    text(
        "strip",
        &[],
        Type::Text,
        "The text without white space at both ends.",
        |text, _| trimmed(text, is_white_space, true, true),
    ),
    text(
        "stripLeading",
        &[],
        Type::Text,
        "The text without white space at the start.",
        |text, _| trimmed(text, is_white_space, true, false),
    ),
    text(
        "stripTrailing",
        &[],
        Type::Text,
        "The text without white space at the end.",
        |text, _| trimmed(text, is_white_space, false, true),
    ),
    text(
        "repeat",
        &[Type::Integer],
        Type::Text,
        "The text so many times in a row.",
        |text, arguments| {
            let count = usize::try_from(arguments.int(0)?)
                .map_err(|_| crate::Failure::method("the count is negative"))?;
            if text.bytes().saturating_mul(count) > MAX_RESULT_BYTES {
                return Err(too_long());
            }
            Ok(match text.as_str() {
                Some(text) => Value::from(text.repeat(count)),
                None => Value::String(JavaString::from_units(&text.to_units().repeat(count))),
            })
        },
    ),
    text(
        "concat",
        &[Type::Text],
        Type::Text,
        "The text with another behind it.",
        |text, arguments| Ok(Value::String(text.concat(arguments.text(0)?))),
    ),
    text(
        "substring",
        &[Type::Integer],
        Type::Text,
        "The text from an index on.",
        |text, arguments| {
            let length = i32::try_from(text.len()).unwrap_or(i32::MAX);
            part(text, arguments.int(0)?, length).map(Value::String)
        },
    )
    .paying_itself(),
    text(
        "substring",
        &[Type::Integer, Type::Integer],
        Type::Text,
        "The text from an index up to, not including, another.",
        |text, arguments| part(text, arguments.int(0)?, arguments.int(1)?).map(Value::String),
    )
    .paying_itself(),
    text(
        "subSequence",
        &[Type::Integer, Type::Integer],
        Type::Text,
        "The text from an index up to, not including, another.",
        |text, arguments| part(text, arguments.int(0)?, arguments.int(1)?).map(Value::String),
    )
    .paying_itself(),
    text("intern", &[], Type::Text, "The text itself.", |text, _| {
        Ok(Value::String(text.clone()))
    })
    .paying_itself(),
    text(
        "toCharArray",
        &[],
        Type::Characters,
        "The characters as an array.",
        |text, _| {
            budget::room_for_values(text.len())?;
            let units = text.units().map(Value::Character).collect();
            Ok(Value::Array(Array::new(ElementClass::Char, units)))
        },
    ),
    text(
        "getBytes",
        &[Type::Text],
        Type::Array,
        "The bytes in a character set as an array.",
        |text, arguments| encoded(text, &arguments.text(0)?.to_str()),
    )
    .reading(8),
    text(
        "getBytes",
        &[],
        Type::Array,
        "The UTF-8 bytes as an array.",
        |text, _| encoded(text, "UTF-8"),
    )
    .reading(8),
    text(
        "chars",
        &[],
        Type::Any,
        "A stream of the UTF-16 units as numbers.",
        |text, _| {
            stream::of_ints(
                text.units()
                    .map(|unit| Value::Integer(i32::from(unit)))
                    .collect(),
            )
        },
    )
    .reading(8),
    text(
        "codePoints",
        &[],
        Type::Any,
        "A stream of the Unicode code points as numbers.",
        |text, _| {
            let points = char::decode_utf16(text.units()).map(|point| match point {
                Ok(c) => Value::Integer(u32::from(c).cast_signed()),
                Err(lone) => Value::Integer(i32::from(lone.unpaired_surrogate())),
            });
            stream::of_ints(points.collect())
        },
    )
    .reading(8),
    text(
        "lines",
        &[],
        Type::Any,
        "A stream of the lines.",
        |text, _| stream::of_objects(lines(text).into_iter().map(Value::from).collect()),
    ),
    text(
        "indent",
        &[Type::Integer],
        Type::Text,
        "Each line with so many spaces more, or with a negative number fewer, and a line feed at the end.",
        |text, arguments| indent(text, arguments.int(0)?),
    ),
    text(
        "stripIndent",
        &[],
        Type::Text,
        "The lines without the white space they have in common.",
        |text, _| Ok(Value::from(strip_indent(text))),
    ),
    text(
        "translateEscapes",
        &[],
        Type::Text,
        "The text with escapes such as \\n as the characters they stand for.",
        |text, _| translate_escapes(&text.to_str()).map(Value::from),
    ),
    text(
        "formatted",
        &[Type::Rest],
        Type::Text,
        "The text as a format of the arguments.",
        |text, arguments| format::format(text, arguments.all()).map(Value::String),
    )
    .paying_itself(),
    Method::new(
        Receiver::Text,
        "format",
        &[Type::Text, Type::Rest],
        Type::Text,
        "The arguments in a format such as %s or %05d; the object does not count.",
        Call::Static(|arguments| {
            let rest = arguments.all().get(1..).unwrap_or_default();
            format::format(arguments.text(0)?, rest).map(Value::String)
        }),
    ),
    Method::new(
        Receiver::Text,
        "join",
        &[Type::Sequence, Type::Collection],
        Type::Text,
        "The elements of a collection with a separator between them; the object does not count.",
        Call::Static(|arguments| join(arguments.text(0)?, &arguments.items(1)?)),
    ),
    Method::new(
        Receiver::Text,
        "join",
        &[Type::Sequence, Type::Texts],
        Type::Text,
        "The arguments with a separator between them; the object does not count.",
        Call::Static(|arguments| {
            join(
                arguments.text(0)?,
                arguments.all().get(1..).unwrap_or_default(),
            )
        }),
    ),
    Method::new(
        Receiver::Text,
        "join",
        &[Type::Sequence, Type::Array],
        Type::Text,
        "The strings of an array with a separator between them; the object does not count.",
        Call::Static(|arguments| match arguments.get(1) {
            Value::Array(array) if array.element() == ElementClass::STRING => {
                join(arguments.text(0)?, &array.snapshot())
            }
            _ => Err(null_argument()),
        }),
    ),
    Method::new(
        Receiver::Text,
        "valueOf",
        &[Type::Characters],
        Type::Text,
        "The text of an array of characters; the object does not count.",
        Call::Static(characters),
    ),
    Method::new(
        Receiver::Text,
        "valueOf",
        &[Type::Any],
        Type::Text,
        "The text of any value; the object does not count.",
        Call::Static(|arguments| arguments.get(0).text().map(Value::String)),
    ),
    Method::new(
        Receiver::Text,
        "copyValueOf",
        &[Type::Characters],
        Type::Text,
        "The text of an array of characters; the object does not count.",
        Call::Static(characters),
    ),
];

/// The text in another letter case.
fn cased(text: &JavaString, ascii: fn(&str) -> String, any: fn(&str) -> String) -> Value {
    match text.as_ascii() {
        Some(plain) => Value::from(ascii(plain)),
        None => Value::from(any(&text.to_str())),
    }
}

/// Java's `Character.isWhitespace`: separators but no-break spaces, and some controls.
pub(super) fn is_white_space(c: char) -> bool {
    matches!(c, '\t'..='\r' | '\u{1C}'..='\u{1F}')
        || (c.is_whitespace() && !matches!(c, '\u{85}' | '\u{A0}' | '\u{2007}' | '\u{202F}'))
}

#[expect(clippy::unnecessary_wraps, reason = "the last word of every row")]
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

fn part(text: &JavaString, start: i32, end: i32) -> OpResult<JavaString> {
    let length = usize::try_from(end.saturating_sub(start)).unwrap_or(0);
    budget::read_bytes(text.bytes_to_cut(length))?;
    let bounds = usize::try_from(start).ok().zip(usize::try_from(end).ok());
    bounds
        .filter(|(start, end)| start <= end)
        .and_then(|(start, end)| text.slice(start, end))
        .ok_or_else(|| {
            crate::Failure::method(format!(
                "there is no text from {start} to {end}, the length is {}",
                text.len()
            ))
        })
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
            return Err(crate::Failure::method(format!(
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

/// The index `count` code points after `index`, or before it where `count` is negative.
fn offset_by_code_points(text: &JavaString, index: i32, count: i32) -> OpResult {
    let units = text.to_units();
    let failure = || out_of_range(i64::from(index), units.len());
    let mut at = usize::try_from(index)
        .ok()
        .filter(|at| *at <= units.len())
        .ok_or_else(failure)?;
    let is_pair = |at: usize| {
        matches!(units.get(at..at + 2), Some([high, low])
            if (0xD800..0xDC00).contains(high) && (0xDC00..0xE000).contains(low))
    };
    for _ in 0..count.unsigned_abs() {
        at = if count > 0 {
            if at == units.len() {
                return Err(failure());
            }
            at + 1 + usize::from(is_pair(at))
        } else {
            let before = at.checked_sub(1).ok_or_else(failure)?;
            before - usize::from(before > 0 && is_pair(before - 1))
        };
    }
    Ok(int(at))
}

fn code_point(text: &JavaString, index: i64) -> Option<Value> {
    let index = usize::try_from(index).ok()?;
    let high = text.unit(index)?;
    let pair = [high, text.unit(index + 1).unwrap_or(0)];
    let point = match char::decode_utf16(pair).next() {
        Some(Ok(c)) => u32::from(c),
        _ => u32::from(high),
    };
    Some(Value::Integer(point.cast_signed()))
}

/// The lines as Java's `lines()` cuts them: at `\n`, `\r` and `\r\n`, without an empty one at the end.
fn lines(text: &JavaString) -> Vec<String> {
    let text = text.to_str().replace("\r\n", "\n").replace('\r', "\n");
    text.strip_suffix('\n')
        .unwrap_or(&text)
        .split('\n')
        .filter(|_| !text.is_empty())
        .map(str::to_owned)
        .collect()
}

fn indent(text: &JavaString, by: i32) -> OpResult {
    let lines = lines(text);
    let spaces = usize::try_from(by).unwrap_or(0);
    if spaces.saturating_mul(lines.len()) > MAX_RESULT_BYTES {
        return Err(too_long());
    }
    let mut out = String::new();
    for line in lines {
        let fewer = by.min(0).unsigned_abs() as usize;
        let leading = line.chars().take(fewer).take_while(|c| is_white_space(*c));
        let cut: usize = leading.map(char::len_utf8).sum();
        out.extend([" ".repeat(spaces).as_str(), &line[cut..], "\n"]);
    }
    Ok(Value::from(out))
}

fn strip_indent(text: &JavaString) -> String {
    let whole = text.to_str();
    let ends_open = whole.ends_with(['\n', '\r']);
    let lines = lines(text);
    let leading = |line: &String| line.chars().take_while(|c| is_white_space(*c)).count();
    let blank = |line: &String| line.chars().all(is_white_space);
    let least = lines
        .iter()
        .enumerate()
        .filter(|(index, line)| !blank(line) || (index + 1 == lines.len() && !ends_open))
        .map(|(_, line)| leading(line))
        .min()
        .unwrap_or(0);
    let least = if ends_open { 0 } else { least };
    let cut: Vec<String> = lines
        .iter()
        .map(|line| {
            let kept: String = line
                .chars()
                .skip(if blank(line) { line.len() } else { least })
                .collect();
            kept.trim_end_matches(is_white_space).to_owned()
        })
        .collect();
    cut.join("\n") + if ends_open { "\n" } else { "" }
}

fn translate_escapes(text: &str) -> OpResult<String> {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('b') => out.push('\u{8}'),
            Some('f') => out.push('\u{C}'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('s') => out.push(' '),
            Some('t') => out.push('\t'),
            Some(c @ ('\'' | '"' | '\\')) => out.push(c),
            Some(first @ '0'..='7') => {
                let most = if first <= '3' { 2 } else { 1 };
                let mut code = u32::from(first) - u32::from('0');
                for _ in 0..most {
                    let Some(digit) = chars.peek().and_then(|c| c.to_digit(8)) else {
                        break;
                    };
                    code = code * 8 + digit;
                    chars.next();
                }
                out.extend(char::from_u32(code));
            }
            Some('\n') => {}
            Some('\r') => {
                chars.next_if_eq(&'\n');
            }
            _ => {
                return Err(crate::Failure::method(
                    "the text has an escape that is none",
                ));
            }
        }
    }
    Ok(out)
}

fn join(separator: &JavaString, items: &[Value]) -> OpResult {
    let mut out = crate::value::TextBuilder::default();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_string(separator)?;
        }
        match item {
            Value::Null | Value::String(_) => out.push_string(&item.text()?)?,
            Value::Unknown(unknown) => return Err(crate::Failure::from(unknown)),
            _ => {
                return Err(crate::Failure::method(format!(
                    "only strings can be joined, not a {}",
                    item.type_name()
                )));
            }
        }
    }
    Ok(Value::String(out.finish()))
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
