//! Characters that a pattern gives by their numbers.

use super::escape::Escape;
use super::reader::{Input, Reader};
use super::syntax;
use crate::OpResult;

impl Reader {
    /// What `\0` and up to three octal digits stand for.
    pub(super) fn octal(&mut self) -> OpResult<Escape> {
        let mut value = 0;
        let mut digits = 0;
        while let Some(Input::Char(c)) = self.peek()
            && let Some(digit) = c.to_digit(8)
            && digits < 3
            && value * 8 + digit <= 0o377
        {
            value = value * 8 + digit;
            digits += 1;
            self.at += 1;
        }
        match char::from_u32(value) {
            Some(c) if digits > 0 => Ok(Escape::Char(c)),
            _ => Err(syntax(r"\0 must be followed by octal digits")),
        }
    }

    /// What `\xXX` or `\x{…}` stands for.
    pub(super) fn hexadecimal(&mut self) -> OpResult<Escape> {
        let wrong = || syntax(r"\x must be followed by two hexadecimal digits or by {…}");
        if !self.eat('{') {
            let code = self.hex_digits(2).ok_or_else(wrong)?;
            return char::from_u32(code).map(Escape::Char).ok_or_else(wrong);
        }
        let mut code = 0_u32;
        let mut digits = 0;
        while let Some(Input::Char(c)) = self.peek()
            && let Some(digit) = c.to_digit(16)
        {
            code = code.saturating_mul(16).saturating_add(digit);
            digits += 1;
            self.at += 1;
        }
        match char::from_u32(code) {
            Some(c) if digits > 0 && self.eat('}') => Ok(Escape::Char(c)),
            _ => Err(wrong()),
        }
    }

    /// `\uXXXX`, where two that form a surrogate pair are one character.
    pub(super) fn utf16(&mut self) -> OpResult<Escape> {
        let wrong = || syntax(r"\u must be followed by four hexadecimal digits");
        let first = self.hex_digits(4).ok_or_else(wrong)?;
        if let Some(c) = char::from_u32(first) {
            return Ok(Escape::Char(c));
        }
        let back = self.at;
        if first < 0xDC00
            && self.eat('\\')
            && self.eat('u')
            && let Some(second @ 0xDC00..=0xDFFF) = self.hex_digits(4)
            && let Some(c) = char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        {
            return Ok(Escape::Char(c));
        }
        self.at = back;
        Ok(Escape::Char(char::REPLACEMENT_CHARACTER))
    }

    fn hex_digits(&mut self, count: usize) -> Option<u32> {
        let mut value = 0;
        for _ in 0..count {
            let digit = self.any_char()?.to_digit(16)?;
            value = value * 16 + digit;
        }
        Some(value)
    }
}
