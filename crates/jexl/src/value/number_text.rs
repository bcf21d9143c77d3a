//! Java text forms of floating-point numbers and decimals.

use bigdecimal::BigDecimal;

/// `Double.toString`: at least one digit on both sides of the point, an exponent from 1.0E7 up and below 1.0E-3.
pub fn double_text(number: f64) -> String {
    match special(number) {
        Some(text) => text.to_owned(),
        None => laid_out(&format!("{number:e}")),
    }
}

/// `Float.toString`.
pub fn float_text(number: f32) -> String {
    match special(f64::from(number)) {
        Some(text) => text.to_owned(),
        None => laid_out(&format!("{number:e}")),
    }
}

/// What is written without digits.
fn special(number: f64) -> Option<&'static str> {
    if number.is_nan() {
        Some("NaN")
    } else if number.is_infinite() {
        Some(if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        })
    } else if number == 0.0 {
        Some(if number.is_sign_negative() {
            "-0.0"
        } else {
            "0.0"
        })
    } else {
        None
    }
}

/// Java's layout of a number in scientific notation `-d.ddde±x`.
fn laid_out(scientific: &str) -> String {
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(mantissa) => ("-", mantissa),
        None => ("", mantissa),
    };
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    if !(-3..7).contains(&exponent) {
        let (first, rest) = digits.split_at(1);
        let rest = if rest.is_empty() { "0" } else { rest };
        return format!("{sign}{first}.{rest}E{exponent}");
    }
    if exponent < 0 {
        let zeros = "0".repeat(exponent.unsigned_abs() as usize - 1);
        return format!("{sign}0.{zeros}{digits}");
    }
    let whole = exponent.unsigned_abs() as usize + 1;
    if digits.len() <= whole {
        let zeros = "0".repeat(whole - digits.len());
        return format!("{sign}{digits}{zeros}.0");
    }
    let (whole, fraction) = digits.split_at(whole);
    format!("{sign}{whole}.{fraction}")
}

/// `BigDecimal.toString`: the scale is kept, an exponent comes for a negative scale or below 1E-6.
pub fn decimal_text(number: &BigDecimal) -> String {
    let (digits, scale) = number.as_bigint_and_exponent();
    let text = digits.magnitude().to_string();
    let sign = if digits.sign() == num_bigint::Sign::Minus {
        "-"
    } else {
        ""
    };
    if scale == 0 {
        return format!("{sign}{text}");
    }
    let length = i64::try_from(text.len()).unwrap_or(i64::MAX);
    let exponent = length.saturating_sub(1).saturating_sub(scale);
    if scale > 0 && exponent >= -6 {
        let point = length - scale;
        return match usize::try_from(point) {
            Ok(point) if point > 0 => format!("{sign}{}.{}", &text[..point], &text[point..]),
            _ => {
                let zeros = "0".repeat(usize::try_from(-point).unwrap_or(0));
                format!("{sign}0.{zeros}{text}")
            }
        };
    }
    let (first, rest) = text.split_at(1);
    let point = if rest.is_empty() { "" } else { "." };
    match exponent {
        0 => format!("{sign}{first}{point}{rest}"),
        _ => format!("{sign}{first}{point}{rest}E{exponent:+}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles() {
        for (number, text) in [
            (1.0, "1.0"),
            (-1.5, "-1.5"),
            (100.0, "100.0"),
            (1_234_567.0, "1234567.0"),
            (1.0e7, "1.0E7"),
            (12_345_678.9, "1.23456789E7"),
            (0.001, "0.001"),
            (0.000_1, "1.0E-4"),
            (0.1 + 0.2, "0.30000000000000004"),
            (f64::MAX, "1.7976931348623157E308"),
            (-0.0, "-0.0"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(double_text(number), text);
        }
        assert_eq!(float_text(1.1), "1.1");
        assert_eq!(float_text(3.402_823_5e38), "3.4028235E38");
    }

    #[test]
    fn decimals() {
        for (digits, scale, text) in [
            (250, 2, "2.50"),
            (-5, 1, "-0.5"),
            (5, 7, "5E-7"),
            (5, 6, "0.000005"),
            (123, 10, "1.23E-8"),
            (1, -3, "1E+3"),
            (12, -3, "1.2E+4"),
            (7, 0, "7"),
            (0, 2, "0.00"),
        ] {
            assert_eq!(decimal_text(&BigDecimal::new(digits.into(), scale)), text);
        }
    }
}
