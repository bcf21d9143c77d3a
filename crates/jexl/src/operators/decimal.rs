//! Decimal arithmetic with 34 digits, half to even: Java's `MathContext.DECIMAL128` as `BigDecimal` applies it.

use bigdecimal::BigDecimal;
use num_bigint::{BigInt, Sign};
use num_traits::{Signed as _, Zero as _};

use crate::budget;
use crate::limits::{BITS_A_DIGIT, MAX_NUMBER_DIGITS};
use crate::number_text::decimal_text;
use crate::{Failure, OpResult};

/// The digits a result is rounded to.
const PRECISION: u64 = 34;

/// Splits a decimal into its digits and scale: the number is `digits * 10^-scale`.
pub(crate) fn parts(number: &BigDecimal) -> (BigInt, i64) {
    number.as_bigint_and_exponent()
}

/// Pays for an operation on two decimals, whose digits may first be brought to the same scale.
pub(crate) fn pay(a: &BigDecimal, b: &BigDecimal) -> OpResult<()> {
    let ((x, x_scale), (y, y_scale)) = (a.as_bigint_and_scale(), b.as_bigint_and_scale());
    let zeros = x_scale.abs_diff(y_scale).min(MAX_NUMBER_DIGITS as u64);
    let bits = x.bits() + y.bits() + zeros * BITS_A_DIGIT;
    budget::multiply_bits(bits, bits)
}

/// How many decimal digits a whole number has; 1 for zero.
pub(crate) fn digit_count(number: &BigInt) -> u64 {
    number.magnitude().to_string().len() as u64
}

pub(crate) fn power_of_ten(exponent: u64) -> OpResult<BigInt> {
    match u32::try_from(exponent) {
        Ok(exponent) if exponent as usize <= MAX_NUMBER_DIGITS => {
            let bits = u64::from(exponent) * BITS_A_DIGIT;
            budget::multiply_bits(bits, bits)?;
            Ok(BigInt::from(10).pow(exponent))
        }
        _ => Err(too_many_digits()),
    }
}

/// Reads Java's text form of decimals: sign, digits with an optional point, an optional exponent that fits an `int`.
pub(super) fn parse(text: &str) -> Option<BigDecimal> {
    let (negative, unsigned) = match text.strip_prefix(['-', '+']) {
        Some(unsigned) => (text.starts_with('-'), unsigned),
        None => (false, text),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            let digits = exponent.strip_prefix('+').unwrap_or(exponent);
            if digits.starts_with('+') || (digits.len() < exponent.len() && digits.starts_with('-'))
            {
                return None;
            }
            (mantissa, i64::from(digits.parse::<i32>().ok()?))
        }
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let scale = i64::try_from(fraction.len()).ok()? - exponent;
    i32::try_from(scale).ok()?;
    let digits: BigInt = digits.parse().ok()?;
    Some(BigDecimal::new(
        if negative { -digits } else { digits },
        scale,
    ))
}

/// The number rounded to [`PRECISION`] digits.
pub(super) fn round(number: &BigDecimal) -> BigDecimal {
    let (digits, scale) = parts(number);
    round_parts(digits, scale, false)
}

/// Rounds half to even; `sticky` says that something not zero was cut off behind the digits before.
fn round_parts(digits: BigInt, scale: i64, sticky: bool) -> BigDecimal {
    let count = digit_count(&digits);
    if count <= PRECISION {
        return BigDecimal::new(digits, scale);
    }
    let dropped = count - PRECISION;
    let unit = BigInt::from(10).pow(u32::try_from(dropped).unwrap_or(u32::MAX));
    let (mut kept, rest) = (&digits / &unit, (&digits % &unit).abs());
    let twice: BigInt = rest * 2;
    let up = match twice.cmp(&unit) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => sticky || kept.bit(0),
        std::cmp::Ordering::Greater => true,
    };
    if up {
        kept += if digits.sign() == Sign::Minus { -1 } else { 1 };
    }
    let scale = scale.saturating_sub_unsigned(dropped);
    // Rounding 99…9 up gives a digit more, which is a zero.
    round_parts(kept, scale, false)
}

/// The number with `zeros` more digits behind the point.
pub(crate) fn padded(digits: &BigInt, zeros: i64) -> OpResult<BigInt> {
    Ok(digits * power_of_ten(zeros.unsigned_abs())?)
}

/// Both numbers' digits at the greater of both scales.
pub(crate) fn aligned(a: &BigDecimal, b: &BigDecimal) -> OpResult<(BigInt, BigInt, i64)> {
    let ((x, x_scale), (y, y_scale)) = (parts(a), parts(b));
    let scale = x_scale.max(y_scale);
    Ok((
        padded(&x, scale - x_scale)?,
        padded(&y, scale - y_scale)?,
        scale,
    ))
}

/// `a + b`
pub(super) fn add(a: &BigDecimal, b: &BigDecimal) -> OpResult<BigDecimal> {
    let (x, y, scale) = aligned(a, b)?;
    Ok(round_parts(x + y, scale, false))
}

/// `a - b`
pub(super) fn subtract(a: &BigDecimal, b: &BigDecimal) -> OpResult<BigDecimal> {
    let (x, y, scale) = aligned(a, b)?;
    Ok(round_parts(x - y, scale, false))
}

/// `a * b`
pub(super) fn multiply(a: &BigDecimal, b: &BigDecimal) -> BigDecimal {
    let ((x, x_scale), (y, y_scale)) = (parts(a), parts(b));
    round_parts(x * y, x_scale.saturating_add(y_scale), false)
}

/// `a / b`, with no more trailing zeros than the difference of the scales asks for.
pub(super) fn divide(a: &BigDecimal, b: &BigDecimal) -> OpResult<BigDecimal> {
    let ((x, x_scale), (y, y_scale)) = (parts(a), parts(b));
    if y.is_zero() {
        return Err(division_by_zero());
    }
    let preferred = x_scale - y_scale;
    if x.is_zero() {
        return Ok(BigDecimal::new(x, preferred));
    }
    let shift = (PRECISION + 3 + digit_count(&y)).saturating_sub(digit_count(&x));
    let dividend = x * power_of_ten(shift)?;
    let (quotient, rest) = (&dividend / &y, &dividend % &y);
    let exact = rest.is_zero();
    let rounded = round_parts(
        quotient.clone(),
        preferred.saturating_add_unsigned(shift),
        !exact,
    );
    if exact && rounded == BigDecimal::new(quotient, preferred.saturating_add_unsigned(shift)) {
        return Ok(without_zeros(&rounded, preferred));
    }
    Ok(rounded)
}

/// The remainder of the division whose quotient is cut to a whole number.
pub(super) fn remainder(a: &BigDecimal, b: &BigDecimal) -> OpResult<BigDecimal> {
    let (x, y, scale) = aligned(a, b)?;
    if y.is_zero() {
        return Err(division_by_zero());
    }
    let quotient = &x / &y;
    let (_, x_scale) = parts(a);
    let (_, y_scale) = parts(b);
    let preferred = x_scale - y_scale;
    let significant = without_zeros(&BigDecimal::new(quotient.clone(), 0), i64::MIN);
    if digit_count(&parts(&significant).0) > PRECISION {
        return Err(Failure::arithmetic("the quotient has too many digits"));
    }
    let quotient_scale = if quotient.is_zero() {
        preferred
    } else if preferred > 0 {
        let room = PRECISION.saturating_sub(digit_count(&quotient));
        preferred.min(i64::try_from(room).unwrap_or(0))
    } else {
        parts(&without_zeros(&BigDecimal::new(quotient, 0), preferred)).1
    };
    let rest = BigDecimal::new(x % y, scale);
    let result_scale = x_scale.max(quotient_scale.saturating_add(y_scale));
    if result_scale > scale {
        let digits = padded(&parts(&rest).0, result_scale - scale)?;
        return Ok(BigDecimal::new(digits, result_scale));
    }
    Ok(without_zeros(&rest, result_scale))
}

/// The number without trailing zeros, as long as its scale stays above `lowest`.
pub(crate) fn without_zeros(number: &BigDecimal, lowest: i64) -> BigDecimal {
    let (digits, scale) = parts(number);
    if scale <= lowest || (digits.is_zero() && lowest == i64::MIN) {
        return BigDecimal::new(digits, scale);
    }
    if digits.is_zero() {
        return BigDecimal::new(digits, lowest);
    }
    if digits.bit(0) {
        return BigDecimal::new(digits, scale);
    }
    let text = digits.magnitude().to_string();
    let zeros = text.len() - text.trim_end_matches('0').len();
    let zeros = (zeros as u64).min(scale.abs_diff(lowest));
    let unit = BigInt::from(10).pow(u32::try_from(zeros).unwrap_or(u32::MAX));
    BigDecimal::new(digits / unit, scale.saturating_sub_unsigned(zeros))
}

pub(crate) fn division_by_zero() -> Failure {
    Failure::arithmetic("division by zero")
}

/// `a` compared with `b` by value, whatever their scales.
pub(crate) fn compare(a: &BigDecimal, b: &BigDecimal) -> std::cmp::Ordering {
    let ((x, x_scale), (y, y_scale)) = (parts(a), parts(b));
    let signs = x.signum().cmp(&y.signum());
    if signs.is_ne() || x.is_zero() {
        return signs;
    }
    // The place of the leading digit decides before any digits are padded.
    let place = |digits: &BigInt, scale: i64| {
        i64::try_from(digit_count(digits))
            .unwrap_or(i64::MAX)
            .saturating_sub(scale)
    };
    let places = place(&x, x_scale).cmp(&place(&y, y_scale));
    if places.is_ne() {
        return if x.is_negative() {
            places.reverse()
        } else {
            places
        };
    }
    // With the leading digits at the same place the scales differ by no more than the digits are long.
    match aligned(a, b) {
        Ok((x, y, _)) => x.cmp(&y),
        Err(_) => places,
    }
}

/// The whole part.
pub(super) fn to_big_integer(number: &BigDecimal) -> OpResult<BigInt> {
    let (digits, scale) = parts(number);
    if digits.is_zero() {
        return Ok(digits);
    }
    if scale <= 0 {
        return padded(&digits, scale);
    }
    if scale.unsigned_abs() > digit_count(&digits) {
        return Ok(BigInt::zero());
    }
    Ok(digits / power_of_ten(scale.unsigned_abs())?)
}

/// The whole number, if there is no fraction and it fits `long`.
pub(crate) fn to_long_exact(number: &BigDecimal) -> Option<i64> {
    let stripped = without_zeros(number, 0);
    let (digits, scale) = parts(&stripped);
    if digits.is_zero() {
        return Some(0);
    }
    if !(-19..=0).contains(&scale) {
        return None;
    }
    i64::try_from(padded(&digits, scale).ok()?).ok()
}

/// The nearest double.
pub(super) fn to_double(number: &BigDecimal) -> f64 {
    decimal_text(number).parse().unwrap_or(f64::NAN)
}

/// The failure of a number beyond [`MAX_NUMBER_DIGITS`].
pub(crate) fn too_many_digits() -> Failure {
    Failure::limit(format!(
        "a number would have more than {MAX_NUMBER_DIGITS} digits"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> BigDecimal {
        parse(text).unwrap()
    }

    fn text(result: OpResult<BigDecimal>) -> String {
        decimal_text(&result.unwrap())
    }

    #[test]
    fn results_have_at_most_34_digits() {
        assert_eq!(
            text(divide(&number("1"), &number("3"))),
            "0.3333333333333333333333333333333333"
        );
        assert_eq!(
            text(divide(&number("2"), &number("3"))),
            "0.6666666666666666666666666666666667"
        );
        assert_eq!(text(divide(&number("10"), &number("4"))), "2.5");
        assert_eq!(text(divide(&number("1.00"), &number("2"))), "0.50");
        assert_eq!(text(divide(&number("100"), &number("0.1"))), "1.00E+3");
        let nines = "9".repeat(35);
        assert_eq!(
            decimal_text(&round(&number(&nines))),
            "1.000000000000000000000000000000000E+35"
        );
    }

    #[test]
    fn scales_are_kept() {
        assert_eq!(text(add(&number("1.50"), &number("1.5"))), "3.00");
        assert_eq!(
            decimal_text(&multiply(&number("1.50"), &number("2.0"))),
            "3.000"
        );
        assert_eq!(text(remainder(&number("7.5"), &number("2"))), "1.5");
        assert_eq!(text(remainder(&number("10"), &number("0.3"))), "0.1");
    }

    #[test]
    fn far_exponents_cost_nothing_or_hit_the_limit() {
        let huge = number("1e999999999");
        assert_eq!(compare(&huge, &number("1")), std::cmp::Ordering::Greater);
        assert_eq!(
            compare(&number("-1e999999999"), &number("1")),
            std::cmp::Ordering::Less
        );
        let failure = add(&huge, &number("1")).unwrap_err();
        assert_eq!(failure.kind(), Some(crate::ErrorKind::Limit));
        assert!(to_big_integer(&huge).is_err());
        assert_eq!(to_long_exact(&huge), None);
        assert!(to_double(&huge).is_infinite());
        assert_eq!(to_big_integer(&number("1e-999999999")), Ok(BigInt::zero()));
    }

    #[test]
    fn text_forms() {
        for text in ["", ".", "1e", "1e+-5", "1 ", "0x1", "1e99999999999", "NaN"] {
            assert!(parse(text).is_none(), "{text}");
        }
        for text in [".5", "5.", "1e+5", "-1.25E-3"] {
            assert!(parse(text).is_some(), "{text}");
        }
    }
}
