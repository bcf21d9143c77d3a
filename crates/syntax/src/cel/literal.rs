//! What string literals stand for.

use super::StringLiteral;
use crate::Piece;

impl StringLiteral {
    /// The text it stands for. `None` for bytes, for one with an island in it, and for one with an escape that CEL has
    /// not.
    ///
    /// ```
    /// use pipewright_syntax::cel::{ExprKind, parse_expression};
    ///
    /// let expression = parse_expression(r#""a\tb""#).unwrap().unwrap();
    /// let ExprKind::Str(literal) = &expression.kind else { panic!("a string") };
    /// assert_eq!(literal.as_text().as_deref(), Some("a\tb"));
    /// ```
    pub fn as_text(&self) -> Option<String> {
        match self.pieces.as_slice() {
            _ if self.is_bytes => None,
            [] => Some(String::new()),
            [Piece::Text(text)] => self.unescaped(text),
            _ => None,
        }
    }

    /// The text that a part of its content stands for; `None` where an escape in it is none of CEL's.
    pub fn unescaped(&self, written: &str) -> Option<String> {
        if self.is_raw || !written.contains('\\') {
            return Some(written.to_owned());
        }
        let mut text = String::with_capacity(written.len());
        let mut rest = written;
        while let Some(at) = rest.find('\\') {
            text.push_str(&rest[..at]);
            let (c, length) = escape(&rest[at + 1..])?;
            text.push(c);
            rest = &rest[at + 1 + length..];
        }
        text.push_str(rest);
        Some(text)
    }
}

/// The character that an escape stands for, and how many bytes it has behind its backslash.
fn escape(text: &str) -> Option<(char, usize)> {
    let first = text.chars().next()?;
    let digits = |from: usize, count: usize, radix: u32| {
        let digits = text.get(from..from + count)?;
        let is_all = digits.chars().all(|c| c.is_digit(radix));
        let code = u32::from_str_radix(digits, radix).ok().filter(|_| is_all)?;
        Some((char::from_u32(code)?, from + count))
    };
    let plain = match first {
        'a' => '\u{7}',
        'b' => '\u{8}',
        'f' => '\u{C}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\u{B}',
        '\\' | '?' | '"' | '\'' | '`' => first,
        'x' | 'X' => return digits(1, 2, 16),
        'u' => return digits(1, 4, 16),
        'U' => return digits(1, 8, 16),
        '0'..='3' => return digits(0, 3, 8),
        _ => return None,
    };
    Some((plain, 1))
}

#[cfg(test)]
mod tests {
    use crate::cel::{ExprKind, parse_expression};

    fn text(literal: &str) -> Option<String> {
        match parse_expression(literal).unwrap().unwrap().kind {
            ExprKind::Str(literal) => literal.as_text(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn escapes_are_those_of_the_language() {
        for (literal, expected) in [
            (r#""""#, ""),
            (r#""a""#, "a"),
            (r"'it\'s'", "it's"),
            (
                r#""\a\b\f\n\r\t\v\\\?\`""#,
                "\u{7}\u{8}\u{C}\n\r\t\u{B}\\?`",
            ),
            (r#""\x41\X42\u00e9\U0001F600\101""#, "AB\u{e9}\u{1F600}A"),
            (r#"r"\d""#, r"\d"),
            (r"R'\'", r"\"),
            ("'''a'b''c'''", "a'b''c"),
            ("\"\"\"a\nb\"\"\"", "a\nb"),
        ] {
            assert_eq!(text(literal).as_deref(), Some(expected), "{literal}");
        }
        for literal in [
            r#""\d""#,
            r#""\u12""#,
            r#""\x+1""#,
            r#""\uD800""#,
            "b\"a\"",
            "br'a'",
        ] {
            assert_eq!(text(literal), None, "{literal}");
        }
    }
}
