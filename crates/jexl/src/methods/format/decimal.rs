//! `%f`, `%e` and `%g`: exact decimal digits, rounded half up, as `java.util.Formatter` writes them.
//!
//! A `BigDecimal` gives all its digits. A `Double` gives those of its text form, which Java rounds, not those of the
//! binary fraction.

use bigdecimal::BigDecimal;
use num_bigint::Sign;

use crate::OpResult;
use crate::limits::{MAX_NUMBER_DIGITS, MAX_PRECISION};
use crate::number_text::double_text;
use crate::operators::too_many_digits;
use crate::value::too_long;

/// How many places `%f` and `%e` write behind the point, and how many digits `%g`, where the format does not say.
const PRECISION: usize = 6;

/// A number without its sign: `0.digits * 10^point`, where only a zero begins with 0.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Decimal {
    pub(super) negative: bool,
    digits: String,
    point: i64,
    /// Whether `%g` chooses its form by the number as it is; for others it is rounded first.
    chooses_exactly: bool,
}

impl Decimal {
    /// All digits of a `BigDecimal`.
    pub(super) fn of_big(number: &BigDecimal) -> Self {
        let (unscaled, scale) = number.as_bigint_and_exponent();
        let digits = unscaled.magnitude().to_string();
        let length = i64::try_from(digits.len()).unwrap_or(i64::MAX);
        Self {
            negative: unscaled.sign() == Sign::Minus,
            point: length.saturating_sub(scale),
            digits,
            chooses_exactly: true,
        }
    }

    /// The digits of a finite double's text form.
    pub(super) fn of_double(number: f64) -> Self {
        let text = double_text(number.abs());
        let (mantissa, exponent) = text.split_once('E').unwrap_or((&text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let significant = all.trim_start_matches('0');
        let zeros = all.len() - significant.len();
        let exponent: i64 = exponent.parse().unwrap_or(0);
        let (digits, point) = if significant.is_empty() {
            ("0", 1)
        } else {
            let before =
                i64::try_from(whole.len()).unwrap_or(0) - i64::try_from(zeros).unwrap_or(0);
            (significant, before + exponent)
        };
        Self {
            negative: number.is_sign_negative(),
            digits: digits.to_owned(),
            point,
            chooses_exactly: false,
        }
    }

    fn is_zero(&self) -> bool {
        self.digits.starts_with('0')
    }

    /// The first `keep` digits, rounded half up. Of none, a digit from 5 up becomes the one before it.
    fn rounded(&self, keep: i64) -> Self {
        let mut rounded = self.clone();
        let Ok(keep) = usize::try_from(keep) else {
            "0".clone_into(&mut rounded.digits);
            return rounded;
        };
        let Some(next) = self.digits.as_bytes().get(keep) else {
            return rounded;
        };
        rounded.digits.truncate(keep);
        if *next >= b'5' {
            let nines = self.digits[..keep]
                .bytes()
                .rev()
                .take_while(|digit| *digit == b'9');
            let kept = keep - nines.count();
            rounded.digits.truncate(kept);
            if let Some(digit) = rounded.digits.pop() {
                let more = u32::from(digit) + 1;
                rounded.digits.extend(char::from_u32(more));
            } else {
                rounded.digits.push('1');
                rounded.point += 1;
            }
        }
        if rounded.digits.is_empty() {
            rounded.digits.push('0');
        }
        rounded
    }

    /// `%.{places}f` without a sign.
    ///
    /// # Errors
    /// Kind `limit` for more places than [`MAX_PRECISION`] or more digits before the point than [`MAX_NUMBER_DIGITS`].
    pub(super) fn fixed(&self, places: Option<usize>) -> OpResult<String> {
        let places = bounded(places)?;
        let rounded = self.rounded(self.point.saturating_add_unsigned(places as u64));
        if rounded.is_zero() {
            return Ok(with_point("0", "", places));
        }
        let Ok(point) = usize::try_from(rounded.point) else {
            let zeros = usize::try_from(rounded.point.unsigned_abs()).unwrap_or(usize::MAX);
            let fraction = "0".repeat(zeros.min(places)) + &rounded.digits;
            return Ok(with_point("0", &fraction, places));
        };
        if point > MAX_NUMBER_DIGITS {
            return Err(too_many_digits());
        }
        let (whole, fraction) = rounded.digits.split_at(point.min(rounded.digits.len()));
        let zeros = "0".repeat(point - whole.len());
        let whole = if point == 0 { "0" } else { whole };
        Ok(with_point(&format!("{whole}{zeros}"), fraction, places))
    }

    /// `%.{places}e` without a sign.
    ///
    /// # Errors
    /// Kind `limit` for more places than [`MAX_PRECISION`].
    pub(super) fn scientific(&self, places: Option<usize>) -> OpResult<String> {
        let places = bounded(places)?;
        let rounded = self.rounded(i64::try_from(places).unwrap_or(i64::MAX - 1) + 1);
        let (first, rest) = rounded.digits.split_at(1);
        let exponent = rounded.point.saturating_sub(1);
        let sign = if exponent < 0 { '-' } else { '+' };
        let mantissa = with_point(first, rest, places);
        Ok(format!("{mantissa}e{sign}{:02}", exponent.unsigned_abs()))
    }

    /// `%.{digits}g` without a sign: in full from 0.0001 up to, not including, 10^digits, else with an exponent.
    ///
    /// # Errors
    /// Kind `limit` for more digits than [`MAX_PRECISION`].
    pub(super) fn general(&self, digits: Option<usize>) -> OpResult<String> {
        let digits = bounded(digits)?.max(1);
        let most = i64::try_from(digits).unwrap_or(i64::MAX);
        let point = if self.chooses_exactly {
            self.point
        } else {
            self.rounded(most).point
        };
        let plain_zero = self.is_zero() && point == 1;
        if plain_zero || (!self.is_zero() && (-3..=most).contains(&point)) {
            let places = usize::try_from(most - point).unwrap_or(0);
            self.fixed(Some(places))
        } else {
            self.scientific(Some(digits - 1))
        }
    }
}

fn bounded(precision: Option<usize>) -> OpResult<usize> {
    let precision = precision.unwrap_or(PRECISION);
    if precision > MAX_PRECISION {
        return Err(too_long());
    }
    Ok(precision)
}

/// Both parts of a number, with `places` digits behind the point, which is left out where there are none.
fn with_point(whole: &str, fraction: &str, places: usize) -> String {
    if places == 0 {
        return whole.to_owned();
    }
    let fraction = &fraction[..fraction.len().min(places)];
    format!("{whole}.{fraction:0<places$}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operators::parse_decimal;

    type Form = fn(&Decimal, Option<usize>) -> OpResult<String>;
    const F: Form = Decimal::fixed;
    const E: Form = Decimal::scientific;
    const G: Form = Decimal::general;

    #[test]
    fn big_decimals_keep_every_digit() {
        for (number, form, precision, text) in [
            (
                "12345678901234567890.12345",
                F,
                6,
                "12345678901234567890.123450",
            ),
            ("0.25", F, 1, "0.3"),
            ("0.05", F, 1, "0.1"),
            ("0.04", F, 1, "0.0"),
            ("0.5", F, 0, "1"),
            ("99.995", F, 2, "100.00"),
            ("1E+3", F, 1, "1000.0"),
            ("1E-999999999", F, 3, "0.000"),
            ("0.00012", F, 5, "0.00012"),
            ("0.000", F, 1, "0.0"),
            (
                "1.23456789012345678901",
                E,
                20,
                "1.23456789012345678901e+00",
            ),
            ("9.99", E, 1, "1.0e+01"),
            ("0.000123", E, 1, "1.2e-04"),
            ("0.00", E, 2, "0.00e-02"),
            ("1E-999999999", E, 0, "1e-999999999"),
            ("1.5", G, 3, "1.50"),
            ("0.0001", G, 3, "0.000100"),
            ("0.00001", G, 3, "1.00e-05"),
            ("999.9", G, 3, "1000"),
            ("1000", G, 3, "1.00e+03"),
            ("0", G, 3, "0.00"),
        ] {
            let decimal = Decimal::of_big(&parse_decimal(&number.into()).unwrap());
            assert_eq!(form(&decimal, Some(precision)).unwrap(), text, "{number}");
        }
    }

    #[test]
    fn doubles_have_the_digits_of_their_text() {
        for (number, form, precision, text) in [
            (2.5, E, 0, "3e+00"),
            (0.1, E, 20, "1.00000000000000000000e-01"),
            (0.1, F, 20, "0.10000000000000000000"),
            (1.0e23, F, 0, "99999999999999990000000"),
            (0.125, F, 2, "0.13"),
            (1.005, F, 2, "1.01"),
            (0.0, E, 3, "0.000e+00"),
            (0.0, G, 3, "0.00"),
            (999.9, G, 3, "1.00e+03"),
            (0.000_099_999, G, 2, "0.00010"),
            (123_456.0, G, 6, "123456"),
            (1.0e-7, G, 2, "1.0e-07"),
        ] {
            assert_eq!(
                form(&Decimal::of_double(number), Some(precision)).unwrap(),
                text,
                "{number}"
            );
        }
    }

    #[test]
    fn what_would_be_too_long_is_refused() {
        let huge = Decimal::of_big(&parse_decimal(&"1E+999999999".into()).unwrap());
        assert!(huge.fixed(None).is_err());
        assert_eq!(huge.scientific(None).unwrap(), "1.000000e+999999999");
        assert!(
            Decimal::of_double(1.0)
                .scientific(Some(MAX_PRECISION + 1))
                .is_err()
        );
    }
}
