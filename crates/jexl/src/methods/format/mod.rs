//! `String.format`: the conversions of `java.util.Formatter` in the English locale, without dates.

mod decimal;
mod spec;

use self::decimal::Decimal;
use self::spec::{Cursor, Spec};
use crate::budget;
use crate::limits::MAX_RESULT_BYTES;
use crate::number_text::double_text;
use crate::operators;
use crate::value::{JavaString, TextBuilder, hash_code, too_long};
use crate::{Failure, OpResult, Value};

/// The arguments put into a format.
pub(super) fn format(format: &JavaString, arguments: &[Value]) -> OpResult<JavaString> {
    let source = format.to_str();
    let mut out = TextBuilder::default();
    let mut rest = &*source;
    let mut cursor = Cursor::default();
    while let Some(at) = rest.find('%') {
        out.push(&rest[..at])?;
        let (spec, after) = Spec::parse(&rest[at + 1..])?;
        rest = after;
        let text = match spec.conversion {
            '%' => pad(&spec, "%".to_owned())?,
            'n' => "\n".to_owned(),
            _ => {
                let argument = cursor.next(&spec, arguments)?;
                let text = convert(&spec, argument)?;
                pad(
                    &spec,
                    if spec.upper {
                        text.to_uppercase()
                    } else {
                        text
                    },
                )?
            }
        };
        out.push(&text)?;
    }
    out.push(rest)?;
    Ok(out.finish())
}

fn convert(spec: &Spec, argument: &Value) -> OpResult<String> {
    if let Value::Unknown(unknown) = argument {
        return Err(Failure::from(unknown));
    }
    budget::read_bytes(digits_of(argument))?;
    let mismatch = || {
        Failure::method(format!(
            "%{} cannot show a {}",
            spec.conversion,
            argument.type_name()
        ))
    };
    let text = match (spec.conversion, argument) {
        ('b', Value::Boolean(value)) => value.to_string(),
        ('b', _) => (!argument.is_null()).to_string(),
        (_, Value::Null) => "null".to_owned(),
        ('s', _) | ('c', Value::Character(_)) => {
            let text = argument.text()?;
            budget::read_bytes(text.bytes())?;
            text.to_str().into_owned()
        }
        ('h', _) => format!("{:x}", hash_code(argument)?),
        ('c', Value::Byte(_) | Value::Short(_) | Value::Integer(_)) => {
            let code = operators::to_integer(argument)?;
            u32::try_from(code)
                .ok()
                .and_then(char::from_u32)
                .ok_or_else(mismatch)?
                .to_string()
        }
        ('d', _) if is_whole(argument) => {
            let digits = argument.text()?.to_str().into_owned();
            return signed(spec, &digits);
        }
        ('x' | 'o', _) if is_whole(argument) => return radix(spec, argument),
        ('e' | 'f' | 'g' | 'a', Value::Float(_) | Value::Double(_)) => {
            return floating(spec, operators::to_double(argument)?);
        }
        ('e' | 'f' | 'g', Value::BigDecimal(number)) => {
            return decimal(spec, &Decimal::of_big(number));
        }
        _ => return Err(mismatch()),
    };
    Ok(match spec.precision {
        Some(most) => text.chars().take(most).collect(),
        None => text,
    })
}

/// About how many digits a big number has, which all are worked out to show it.
fn digits_of(value: &Value) -> usize {
    let bits = match value {
        Value::BigInteger(number) => number.bits(),
        Value::BigDecimal(number) => number.as_bigint_and_exponent().0.bits(),
        _ => 0,
    };
    usize::try_from(bits / 3).unwrap_or(usize::MAX)
}

fn is_whole(value: &Value) -> bool {
    value.as_i64().is_some() || matches!(value, Value::BigInteger(_))
}

/// Digits with the sign, grouping and zeros the flags ask for.
fn signed(spec: &Spec, digits: &str) -> OpResult<String> {
    let (negative, digits) = match digits.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, digits),
    };
    let (whole, fraction) = match digits.find(['.', 'e', 'E']) {
        Some(at) => digits.split_at(at),
        None => (digits, ""),
    };
    let whole = if spec.has(',') && whole.bytes().all(|b| b.is_ascii_digit()) {
        grouped(whole)
    } else {
        whole.to_owned()
    };
    let (before, after) = match (negative, spec.has('('), spec.has('+'), spec.has(' ')) {
        (true, true, _, _) => ("(", ")"),
        (true, false, _, _) => ("-", ""),
        (false, _, true, _) => ("+", ""),
        (false, _, false, true) => (" ", ""),
        _ => ("", ""),
    };
    let mut zeros = String::new();
    if spec.has('0') && digits.starts_with(|c: char| c.is_ascii_digit()) {
        let taken = before.len() + whole.len() + fraction.len() + after.len();
        let missing = spec.width.unwrap_or(0).saturating_sub(taken);
        zeros = filler('0', missing)?;
    }
    Ok(format!("{before}{zeros}{whole}{fraction}{after}"))
}

fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Hexadecimal and octal; negative numbers of a fixed size show their bits.
fn radix(spec: &Spec, value: &Value) -> OpResult<String> {
    let hexadecimal = spec.conversion == 'x';
    let digits = match value {
        Value::Byte(number) if hexadecimal => format!("{number:x}"),
        Value::Byte(number) => format!("{number:o}"),
        Value::Short(number) if hexadecimal => format!("{number:x}"),
        Value::Short(number) => format!("{number:o}"),
        Value::Integer(number) if hexadecimal => format!("{number:x}"),
        Value::Integer(number) => format!("{number:o}"),
        Value::Long(number) if hexadecimal => format!("{number:x}"),
        Value::Long(number) => format!("{number:o}"),
        _ => operators::to_big_integer(value)?.to_str_radix(if hexadecimal { 16 } else { 8 }),
    };
    let prefix = match (spec.has('#'), hexadecimal) {
        (true, true) => "0x",
        (true, false) => "0",
        _ => "",
    };
    let missing = if spec.has('0') {
        spec.width
            .unwrap_or(0)
            .saturating_sub(prefix.len() + digits.len())
    } else {
        0
    };
    Ok(format!("{prefix}{}{digits}", filler('0', missing)?))
}

fn floating(spec: &Spec, number: f64) -> OpResult<String> {
    if number.is_finite() {
        return decimal(spec, &Decimal::of_double(number));
    }
    let text = double_text(number.abs());
    let sign = match (number < 0.0, spec.has('+')) {
        (true, _) => "-",
        (false, true) if !number.is_nan() => "+",
        _ => "",
    };
    Ok(format!("{sign}{text}"))
}

fn decimal(spec: &Spec, number: &Decimal) -> OpResult<String> {
    let mut text = match spec.conversion {
        'f' => number.fixed(spec.precision)?,
        'e' => number.scientific(spec.precision)?,
        'g' => number.general(spec.precision)?,
        _ => return Err(Failure::refused("%a is not offered in formats")),
    };
    if spec.has('#') && spec.precision == Some(0) {
        text.insert(text.find('e').unwrap_or(text.len()), '.');
    }
    let sign = if number.negative { "-" } else { "" };
    signed(spec, &format!("{sign}{text}"))
}

fn pad(spec: &Spec, text: String) -> OpResult<String> {
    let missing = spec.width.unwrap_or(0).saturating_sub(text.chars().count());
    if missing == 0 {
        return Ok(text);
    }
    let spaces = filler(' ', missing)?;
    Ok(if spec.has('-') {
        text + &spaces
    } else {
        spaces + &text
    })
}

fn filler(c: char, count: usize) -> OpResult<String> {
    if count > MAX_RESULT_BYTES {
        return Err(too_long());
    }
    Ok(std::iter::repeat_n(c, count).collect())
}
