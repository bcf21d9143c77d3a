//! Literals and names: the pieces of text between islands, escapes undone.

use pest::iterators::Pair;

use super::{Lowering, Result};
use crate::grammar::expression::Rule;
use crate::program::ISLAND_MARK;
use crate::{
    Number, NumberForm, Piece, StringLiteral, SyntaxError, SyntaxErrorKind, TemplateString,
};

impl Lowering<'_> {
    pub(super) fn string(&self, pair: &Pair<'_, Rule>) -> StringLiteral {
        let text = pair.as_str();
        let quote = if text.starts_with('\'') { '\'' } else { '"' };
        let content = text.get(1..text.len() - 1).unwrap_or("");
        let start = pair.as_span().start() + 1;
        StringLiteral {
            range: self.range(pair),
            quote,
            pieces: self.string_pieces(content, start, quote),
        }
    }

    /// Cuts a name at its islands. The mark of islands, typed by a person, is no part of a name.
    pub(super) fn name_pieces(&self, text: &str, start: usize) -> Result<Vec<Piece>> {
        let mut pieces = Vec::new();
        let mut rest = 0;
        for (at, mark) in text.match_indices(ISLAND_MARK) {
            let from = self.offset + start + at;
            let Some(island) = self.program.island_at(from) else {
                return Err(SyntaxError::new(
                    self.program.range(from, from + mark.len()),
                    SyntaxErrorKind::Character,
                    "the character U+E000 may stand only inside quotes",
                ));
            };
            push_text(&mut pieces, text.get(rest..at).unwrap_or(""));
            pieces.push(Piece::Island(island));
            rest = at + mark.len();
        }
        push_text(&mut pieces, text.get(rest..).unwrap_or(""));
        Ok(pieces)
    }

    fn string_pieces(&self, content: &str, start: usize, quote: char) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut rest = 0;
        for (at, mark) in content.match_indices(ISLAND_MARK) {
            let Some(island) = self.program.island_at(self.offset + start + at) else {
                continue;
            };
            push_text(
                &mut pieces,
                &unescape(content.get(rest..at).unwrap_or(""), quote),
            );
            pieces.push(Piece::Island(island));
            rest = at + mark.len();
        }
        push_text(
            &mut pieces,
            &unescape(content.get(rest..).unwrap_or(""), quote),
        );
        pieces
    }
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text.into()));
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
