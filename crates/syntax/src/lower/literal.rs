//! Literals: their pieces between islands, escapes undone.

use pest::iterators::Pair;

use super::Lowering;
use crate::grammar::expression::Rule;
use crate::{Number, NumberForm, StringLiteral, TemplateString};

impl Lowering<'_> {
    pub(super) fn string(&self, pair: &Pair<'_, Rule>) -> StringLiteral {
        let text = pair.as_str();
        let quote = if text.starts_with('\'') { '\'' } else { '"' };
        let content = text.get(1..text.len() - 1).unwrap_or("");
        let start = pair.as_span().start() + 1;
        StringLiteral {
            range: self.range(pair),
            quote,
            pieces: self
                .program
                .text_pieces(content, self.offset + start, |text| unescape(text, quote)),
        }
    }
}

/// Undoes the escapes of a string literal (`spec/jexl.md` §2.8): only the quote, the backslash and `\uXXXX`.
fn unescape(text: &str, quote: char) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut rest = text.chars();
    let mut buffer = [0; 2];
    while let Some(c) = rest.next() {
        if c != '\\' {
            units.extend_from_slice(c.encode_utf16(&mut buffer));
            continue;
        }
        let after = rest.as_str();
        if let Some(unit) = after.strip_prefix('u').and_then(hexadecimal_unit) {
            units.push(unit);
            rest = after.get(5..).unwrap_or("").chars();
            continue;
        }
        match after.chars().next() {
            Some(next) if next == quote || next == '\\' => {
                units.extend_from_slice(next.encode_utf16(&mut buffer));
                rest.next();
            }
            _ => units.push(u16::from(b'\\')),
        }
    }
    String::from_utf16_lossy(&units)
}

/// The value of four hexadecimal digits.
fn hexadecimal_unit(text: &str) -> Option<u16> {
    let digits = text.get(..4)?;
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    u16::from_str_radix(digits, 16).ok()
}

pub(super) fn template_string(pair: &Pair<'_, Rule>) -> TemplateString {
    let text = pair.as_str();
    let content = text.get(1..text.len() - 1).unwrap_or("");
    TemplateString {
        text: content.replace("\\`", "`").into(),
    }
}

pub(super) fn nan() -> Number {
    Number {
        form: NumberForm::NaN,
        digits: "".into(),
        suffix: None,
    }
}

pub(super) fn number(pair: Pair<'_, Rule>) -> Number {
    let literal = pair
        .into_inner()
        .next()
        .expect("the grammar puts one form into a number");
    let text = literal.as_str();
    let (form, digits, suffixes) = match literal.as_rule() {
        Rule::hexadecimal => (NumberForm::Hexadecimal, text.get(2..).unwrap_or(""), "lLhH"),
        Rule::real => (NumberForm::Real, text, "dDfFbB"),
        _ => match text.strip_prefix('0') {
            Some(octal) if octal.starts_with(|c: char| c.is_ascii_digit()) => {
                (NumberForm::Octal, octal, "lLhH")
            }
            _ => (NumberForm::Decimal, text, "lLhH"),
        },
    };
    let suffix = digits
        .chars()
        .next_back()
        .filter(|last| suffixes.contains(*last));
    Number {
        form,
        digits: digits
            .strip_suffix(|c| Some(c) == suffix)
            .unwrap_or(digits)
            .into(),
        suffix: suffix.map(|c| c.to_ascii_lowercase()),
    }
}
