//! Java text forms of floating-point numbers and decimals.

use bigdecimal::BigDecimal;
use num_bigint::BigUint;

/// `Double.toString`: at least one digit on both sides of the point, an exponent from 1.0E7 up and below 1.0E-3.
///
/// The digits are those of Java up to 18, which are not always the fewest that tell the number from its neighbours.
pub(crate) fn double_text(number: f64) -> String {
    if let Some(text) = special(number) {
        return text.to_owned();
    }
    let bits = number.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let exponent = i32::try_from((bits >> 52) & 0x7FF).unwrap_or(0);
    laid_out(
        number < 0.0,
        &Binary::new(fraction, exponent, 52, 1075).digits(),
    )
}

/// `Float.toString`.
pub(crate) fn float_text(number: f32) -> String {
    if let Some(text) = special(f64::from(number)) {
        return text.to_owned();
    }
    let bits = number.to_bits();
    let fraction = u64::from(bits & ((1 << 23) - 1));
    let exponent = i32::try_from((bits >> 23) & 0xFF).unwrap_or(0);
    laid_out(
        number < 0.0,
        &Binary::new(fraction, exponent, 23, 150).digits(),
    )
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

/// Decimal digits; the number is `0.digits * 10^point`.
struct Digits {
    digits: String,
    point: i32,
}

/// A positive number `mantissa * 2^exponent`.
struct Binary {
    mantissa: u64,
    exponent: i32,
    /// How many bits a mantissa of the format has.
    significant_bits: i32,
}

impl Binary {
    /// Takes the parts of an IEEE number: `exponent` is biased, `bias` includes the bits of the fraction.
    fn new(fraction: u64, exponent: i32, fraction_bits: i32, bias: i32) -> Self {
        let implicit = if exponent == 0 { 0 } else { 1 << fraction_bits };
        Self {
            mantissa: fraction | implicit,
            exponent: exponent.max(1) - bias,
            significant_bits: fraction_bits + 1,
        }
    }

    fn digits(&self) -> Digits {
        let highest = i32::try_from(self.mantissa.ilog2()).unwrap_or(0) + self.exponent;
        let zeros = i32::try_from(self.mantissa.trailing_zeros()).unwrap_or(0);
        if self.exponent + zeros >= 0 && highest < 62 {
            return self.whole_digits(highest);
        }
        self.shortest_digits()
    }

    /// Whole numbers below 2^62 are written in full, but for the digits that lie below the last bit.
    fn whole_digits(&self, highest: i32) -> Digits {
        let mut number = if self.exponent >= 0 {
            self.mantissa << self.exponent
        } else {
            self.mantissa >> -self.exponent
        };
        let mut dropped = 0;
        let below = highest - self.significant_bits - 1;
        if below > 1 {
            // The number of digits of 2^below, less one.
            dropped = (1_u64 << below).ilog10();
            let unit = 10_u64.pow(dropped);
            let rest = number % unit;
            number = number / unit + u64::from(rest >= unit / 2 && dropped > 0);
        }
        let text = number.to_string();
        let point = i32::try_from(text.len()).unwrap_or(0) + dropped.cast_signed();
        let digits = text.trim_end_matches('0').to_owned();
        Digits { digits, point }
    }

    /// Digits until the rest is less than half the distance to a neighbour; for a power of two to the nearer one.
    /// A number on the boundary itself does not count, and with an exponent there are at least two digits.
    fn shortest_digits(&self) -> Digits {
        let quarter = u32::from(self.mantissa.is_power_of_two());
        // Everything is scaled by 4, so that halves and quarters are whole.
        let shift = self.exponent.unsigned_abs();
        let (mut value, mut half, mut unit) = (
            BigUint::from(self.mantissa) << 2_u32,
            BigUint::from(2_u32) >> quarter,
            BigUint::from(4_u32),
        );
        if self.exponent >= 0 {
            value <<= shift;
            half <<= shift;
        } else {
            unit <<= shift;
        }
        let ten = BigUint::from(10_u32);
        let mut point = 0;
        while value >= &unit * &ten {
            unit *= &ten;
            point += 1;
        }
        while value < unit {
            value *= &ten;
            half *= &ten;
            point -= 1;
        }
        point += 1;
        let has_exponent = !(-3..8).contains(&point);
        let mut digits: Vec<u8> = Vec::new();
        loop {
            let digit = &value / &unit;
            value %= &unit;
            digits.push(u8::try_from(&digit).unwrap_or(9));
            let is_first = digits.len() == 1;
            let (low, high) = (value < half, &value + &half > unit);
            if (low || high) && !(is_first && has_exponent) {
                let doubled = &value * 2_u32;
                let odd = digits.last().is_some_and(|digit| digit % 2 == 1);
                if high && (!low || doubled > unit || (doubled == unit && odd)) {
                    point += i32::from(round_up(&mut digits));
                }
                break;
            }
            value *= &ten;
            half *= &ten;
        }
        let text: String = digits
            .iter()
            .map(|digit| char::from(b'0' + digit))
            .collect();
        let digits = text.trim_end_matches('0').to_owned();
        Digits { digits, point }
    }
}

/// Adds one to the last digit; whether the number became a power of ten with one digit more.
fn round_up(digits: &mut [u8]) -> bool {
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return false;
        }
        *digit = 0;
    }
    if let Some(first) = digits.first_mut() {
        *first = 1;
    }
    true
}

/// Java's layout of digits.
fn laid_out(negative: bool, number: &Digits) -> String {
    let sign = if negative { "-" } else { "" };
    let digits = number.digits.as_str();
    let exponent = number.point - 1;
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
pub(crate) fn decimal_text(number: &BigDecimal) -> String {
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
            // Where Java up to 18 writes other digits than the shortest.
            (2.0e23, "1.9999999999999998E23"),
            (1.0e23, "9.999999999999999E22"),
            (5.0e-324, "4.9E-324"),
            (1_152_921_504_606_846_976.0, "1.15292150460684698E18"),
            (5.684_341_886_080_802e-14, "5.6843418860808015E-14"),
            (57_037_124_590_350_416.0, "5.7037124590350416E16"),
            (0.002, "0.002"),
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
