//! Coercions: what an operator makes of its operands (`spec/jexl.md` §5.3, §5.6).

use std::str::FromStr;

use bigdecimal::BigDecimal;
use num_bigint::BigInt;
use num_traits::{FromPrimitive as _, ToPrimitive as _, Zero as _};

use super::decimal::{self, too_many_digits};
use crate::budget;
use crate::limits::{BITS_A_DIGIT, MAX_NUMBER_DIGITS};
use crate::number_text::{double_text, float_text};
use crate::value::JavaString;
use crate::{ErrorKind, Failure, OpResult, Value};

/// The failure of an operator that met null.
pub(super) fn null_operand() -> Failure {
    Failure::new(ErrorKind::NullOperand, "an operand is null")
}

fn no_coercion(value: &Value, target: &str) -> Failure {
    match value {
        Value::Unknown(unknown) => Failure::from(unknown),
        _ => Failure::arithmetic(format!("{} cannot be used as {target}", value.described())),
    }
}

/// The failure of a text that is no number.
pub(crate) fn number_format(text: &JavaString) -> Failure {
    let text = text.to_str();
    let shown: String = text.chars().take(40).collect();
    let more = if shown.len() < text.len() { "…" } else { "" };
    Failure::new(
        ErrorKind::NumberFormat,
        format!("\"{shown}{more}\" is not a number"),
    )
}

/// The whole-number text forms of Java: an optional sign and digits, also digits of other scripts.
fn whole_digits(text: &JavaString) -> Option<String> {
    let text = text.as_str()?;
    let (sign, digits) = match text.strip_prefix(['-', '+']) {
        Some(digits) if text.starts_with('-') => ("-", digits),
        Some(digits) => ("", digits),
        None => ("", text),
    };
    if digits.is_empty() {
        return None;
    }
    let digits: Option<String> = digits.chars().map(decimal_digit).collect();
    Some(format!("{sign}{}", digits?))
}

/// The ASCII digit of a decimal digit of any script.
pub(crate) fn decimal_digit(c: char) -> Option<char> {
    /// The zeros of the scripts whose ten digits follow each other (Unicode category Nd, basic plane).
    const ZEROS: &[u32] = &[
        0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6,
        0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90,
        0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0,
        0xFF10,
    ];
    if c.is_ascii_digit() {
        return Some(c);
    }
    let code = u32::from(c);
    let zero = ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

/// `Long.parseLong` and its kin.
pub(crate) fn parse_whole<T: FromStr>(text: &JavaString) -> OpResult<T> {
    budget::read_bytes(text.bytes())?;
    whole_digits(text)
        .and_then(|digits| digits.parse().ok())
        .ok_or_else(|| number_format(text))
}

/// `new BigInteger(text)`.
pub(crate) fn parse_big_integer(text: &JavaString) -> OpResult<BigInt> {
    pay_for_digits(text)?;
    parse_whole(text)
}

/// Reading digits takes time that grows with the square of how many there are.
fn pay_for_digits(text: &JavaString) -> OpResult<()> {
    if text.bytes() > MAX_NUMBER_DIGITS * 4 || text.len() > MAX_NUMBER_DIGITS {
        return Err(too_many_digits());
    }
    let bits = text.bytes() as u64 * BITS_A_DIGIT;
    budget::multiply_bits(bits, bits)
}

/// `Double.parseDouble`: blanks around it do not count, a suffix `d` or `f` may follow, `NaN`, `Infinity` and
/// hexadecimal forms count.
pub(crate) fn parse_double(text: &JavaString) -> OpResult<f64> {
    budget::read_bytes(text.bytes())?;
    let whole = text.to_str();
    let trimmed = whole.trim_matches(|c: char| c <= ' ');
    java_double(trimmed).ok_or_else(|| number_format(text))
}

fn java_double(text: &str) -> Option<f64> {
    let (negative, unsigned) = match text.strip_prefix(['-', '+']) {
        Some(unsigned) => (text.starts_with('-'), unsigned),
        None => (false, text),
    };
    let magnitude = match unsigned {
        "NaN" => f64::NAN,
        "Infinity" => f64::INFINITY,
        _ if unsigned.starts_with("0x") || unsigned.starts_with("0X") => {
            hex_double(&unsigned[2..])?
        }
        _ => {
            let digits = unsigned
                .strip_suffix(['d', 'D', 'f', 'F'])
                .unwrap_or(unsigned);
            let written = digits
                .bytes()
                .all(|b| matches!(b, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
            if !written || !digits.starts_with(|c: char| c == '.' || c.is_ascii_digit()) {
                return None;
            }
            digits.parse().ok()?
        }
    };
    Some(if negative { -magnitude } else { magnitude })
}

/// `1.8p3`: hexadecimal digits and a binary exponent, as `Double.parseDouble` reads them.
fn hex_double(text: &str) -> Option<f64> {
    let text = text.strip_suffix(['d', 'D', 'f', 'F']).unwrap_or(text);
    let (digits, exponent) = text.split_once(['p', 'P'])?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.len() + fraction.len() == 0 || whole.len() + fraction.len() > 64 {
        return None;
    }
    let exponent: i32 = exponent
        .strip_prefix('+')
        .unwrap_or(exponent)
        .parse()
        .ok()?;
    let mut value = 0.0_f64;
    for digit in whole.chars().chain(fraction.chars()) {
        value = value * 16.0 + f64::from(digit.to_digit(16)?);
    }
    let shift = i32::try_from(fraction.len()).ok()?.checked_mul(4)?;
    Some(value * 2.0_f64.powi(exponent.checked_sub(shift)?))
}

/// `new BigDecimal(text)`, not rounded.
pub(crate) fn parse_decimal(text: &JavaString) -> OpResult<BigDecimal> {
    pay_for_digits(text)?;
    text.as_str()
        .map(|text| text.chars().map(|c| decimal_digit(c).unwrap_or(c)))
        .and_then(|digits| decimal::parse(&digits.collect::<String>()))
        .ok_or_else(|| number_format(text))
}

/// The operand as `double`. A `Float` goes through its text, so that `0.1f` is 0.1.
pub(crate) fn to_double(value: &Value) -> OpResult<f64> {
    Ok(match value {
        Value::Double(number) => *number,
        Value::Float(number) => float_text(*number)
            .parse()
            .unwrap_or_else(|_| f64::from(*number)),
        Value::BigInteger(number) => number.to_f64().unwrap_or(f64::INFINITY),
        Value::BigDecimal(number) => {
            decimal::pay(number, number)?;
            decimal::to_double(number)
        }
        Value::Boolean(value) => f64::from(u8::from(*value)),
        Value::String(text) if text.is_empty() => f64::NAN,
        Value::String(text) => parse_double(text)?,
        Value::Character(unit) => f64::from(*unit),
        Value::Null => return Err(null_operand()),
        _ => match value.as_i64() {
            #[expect(clippy::cast_precision_loss, reason = "as Java converts")]
            Some(number) => number as f64,
            None => return Err(no_coercion(value, "a floating-point number")),
        },
    })
}

/// The operand as `long`.
pub(crate) fn to_long(value: &Value) -> OpResult<i64> {
    Ok(match value {
        Value::Long(number) => *number,
        Value::Double(number) => truncate(*number),
        Value::Float(number) => truncate(f64::from(*number)),
        Value::BigInteger(number) => low_long(number),
        Value::BigDecimal(number) => {
            decimal::pay(number, number)?;
            low_long(&decimal::to_big_integer(number)?)
        }
        Value::Boolean(value) => i64::from(*value),
        Value::String(text) if text.is_empty() => 0,
        Value::String(text) => parse_whole(text)?,
        Value::Character(unit) => i64::from(*unit),
        Value::Null => return Err(null_operand()),
        _ => value
            .as_i64()
            .ok_or_else(|| no_coercion(value, "a whole number"))?,
    })
}

/// The operand as `int`.
pub(crate) fn to_integer(value: &Value) -> OpResult<i32> {
    Ok(match value {
        Value::Integer(number) => *number,
        #[expect(
            clippy::cast_possible_truncation,
            reason = "Java saturates as `as` does"
        )]
        Value::Double(number) => *number as i32,
        #[expect(
            clippy::cast_possible_truncation,
            reason = "Java saturates as `as` does"
        )]
        Value::Float(number) => *number as i32,
        Value::String(text) if text.is_empty() => 0,
        Value::String(text) => parse_whole(text)?,
        #[expect(clippy::cast_possible_truncation, reason = "Java keeps the low bits")]
        _ => to_long(value)? as i32,
    })
}

/// The operand as `BigInteger`.
pub(crate) fn to_big_integer(value: &Value) -> OpResult<BigInt> {
    Ok(match value {
        Value::BigInteger(number) => {
            budget::spend(number.bits() / 64)?;
            (**number).clone()
        }
        Value::BigDecimal(number) => {
            decimal::pay(number, number)?;
            decimal::to_big_integer(number)?
        }
        Value::String(text) if text.is_empty() => BigInt::zero(),
        Value::String(text) => parse_big_integer(text)?,
        _ => BigInt::from(to_long(value)?),
    })
}

/// The operand as `BigDecimal`, texts and floating-point numbers rounded to 34 digits.
pub(crate) fn to_big_decimal(value: &Value) -> OpResult<BigDecimal> {
    let text = match value {
        Value::BigDecimal(number) => return Ok((**number).clone()),
        Value::BigInteger(number) => {
            budget::multiply_bits(number.bits(), number.bits())?;
            return Ok(decimal::round(&BigDecimal::from((**number).clone())));
        }
        Value::Double(number) if number.is_nan() => return Ok(BigDecimal::zero()),
        Value::String(text) if text.is_empty() => return Ok(BigDecimal::zero()),
        // A truth value goes through a double and keeps its 0 behind the point.
        Value::Boolean(value) => JavaString::from(if *value { "1.0" } else { "0.0" }),
        Value::Double(number) => JavaString::from(double_text(*number)),
        Value::Float(number) => JavaString::from(float_text(*number)),
        Value::String(text) => text.clone(),
        _ => return Ok(BigDecimal::from_i64(to_long(value)?).unwrap_or_default()),
    };
    Ok(decimal::round(&parse_decimal(&text)?))
}

/// The operand of `&&`, `||`, `!`, `if` and `while` as boolean.
pub(crate) fn to_boolean(value: &Value) -> OpResult<bool> {
    Ok(match value {
        Value::Boolean(value) => *value,
        Value::Null => return Err(null_operand()),
        Value::String(text) => !text.is_empty() && *text != "false",
        Value::Unknown(unknown) => return Err(Failure::from(unknown)),
        _ if value.is_number() => {
            let number = to_double(value)?;
            !number.is_nan() && number != 0.0
        }
        _ => true,
    })
}

/// The condition of a ternary or elvis as boolean, where null is false.
pub(crate) fn is_condition_true(value: &Value) -> OpResult<bool> {
    match value {
        Value::Null => Ok(false),
        _ => to_boolean(value),
    }
}

/// The operand of a string concatenation: NaN is the empty text, null an error.
pub(crate) fn to_text(value: &Value) -> OpResult<JavaString> {
    match value {
        Value::Null => Err(null_operand()),
        Value::Double(number) if number.is_nan() => Ok(JavaString::default()),
        _ => value.text(),
    }
}

/// `(long) number`: NaN is 0, the rest saturates.
fn truncate(number: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "Java saturates as `as` does"
    )]
    let whole = number as i64;
    whole
}

/// `BigInteger.longValue()`: the low 64 bits.
pub(crate) fn low_long(number: &BigInt) -> i64 {
    if let Some(small) = number.to_i64() {
        return small;
    }
    let bits: BigInt = number & BigInt::from(u64::MAX);
    bits.to_u64().unwrap_or(0).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn string(text: &str) -> Value {
        Value::from(text)
    }

    #[test]
    fn texts_as_doubles() {
        for (text, number) in [
            ("1.5", 1.5),
            (" 2 ", 2.0),
            ("1d", 1.0),
            ("1e3f", 1000.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("-Infinity", f64::NEG_INFINITY),
            ("0x1.8p1", 3.0),
        ] {
            assert_eq!(parse_double(&text.into()), Ok(number), "{text}");
        }
        for text in [
            "", "abc", "inf", "infinity", "nan", "1e", "--1", "+-1", "1_0", "e5", ".",
        ] {
            let failure = parse_double(&text.into()).unwrap_err();
            assert_eq!(failure.kind(), Some(ErrorKind::NumberFormat), "{text}");
        }
    }

    #[test]
    fn texts_as_whole_numbers() {
        assert_eq!(to_long(&string("+12")), Ok(12));
        assert_eq!(to_long(&string("٣")), Ok(3));
        assert_eq!(to_long(&string("")), Ok(0));
        for text in [" 1", "1.0", "0x1", "-", "9223372036854775808"] {
            assert!(to_long(&string(text)).is_err(), "{text}");
        }
    }

    #[test]
    fn doubles_are_cut_and_saturate() {
        assert_eq!(to_long(&Value::Double(-1.9)), Ok(-1));
        assert_eq!(to_long(&Value::Double(f64::NAN)), Ok(0));
        assert_eq!(to_integer(&Value::Double(1e10)), Ok(i32::MAX));
        assert_eq!(to_integer(&Value::Long(1 << 32 | 5)), Ok(5));
        assert_eq!(to_double(&Value::Float(0.1)), Ok(0.1));
    }

    #[test]
    fn truth() {
        for value in [
            string("False"),
            string("0"),
            Value::list(Vec::new()),
            Value::Integer(-1),
        ] {
            assert_eq!(to_boolean(&value), Ok(true), "{value:?}");
        }
        for value in [
            string(""),
            string("false"),
            Value::Double(f64::NAN),
            Value::Integer(0),
        ] {
            assert_eq!(to_boolean(&value), Ok(false), "{value:?}");
        }
        assert!(to_boolean(&Value::Null).is_err());
        assert_eq!(is_condition_true(&Value::Null), Ok(false));
    }
}
