//! Words between two values that are no operators.

use pipewright_source::TextRange;

use super::Place;
use crate::tokens::TokenKind;
use crate::{SyntaxError, SyntaxErrorKind};

/// A word that is taken for an operator.
struct Word {
    text: &'static str,
    /// The operator that does it, if there is one.
    operator: Option<&'static str>,
    /// Whether values have a method of that name.
    is_method: bool,
}

const fn method(text: &'static str, operator: Option<&'static str>) -> Word {
    Word {
        text,
        operator,
        is_method: true,
    }
}

const fn none(text: &'static str, operator: &'static str) -> Word {
    Word {
        text,
        operator: Some(operator),
        is_method: false,
    }
}

const WORDS: &[Word] = &[
    method("startsWith", Some("=^")),
    method("endsWith", Some("=$")),
    method("contains", None),
    method("matches", Some("=~")),
    method("equals", Some("==")),
    method("equalsIgnoreCase", None),
    none("is", "=="),
    none("equal", "=="),
    none("isnt", "!="),
    none("like", "=~"),
    none("includes", "=~"),
    none("AND", "&&"),
    none("And", "&&"),
    none("OR", "||"),
    none("Or", "||"),
    none("EQ", "=="),
    none("NE", "!="),
    none("LT", "lt"),
    none("LE", "le"),
    none("GT", "gt"),
    none("GE", "ge"),
    none("IN", "=~"),
];

impl Place<'_> {
    /// `a startsWith "b"`, `a is "b"`, `NOT a`, `a.startsWith "b"`, `a <> "b"`.
    pub(super) fn operator_word(&self) -> Option<SyntaxError> {
        if let Some((at, signs, hint)) = self.operator_signs() {
            let message = format!("`{signs}` is no operator");
            let error = self.error(at, SyntaxErrorKind::OperatorWord, message);
            return Some(error.with_hint(hint));
        }
        if self.kind(0) == Some(TokenKind::Name) && self.after_operand() {
            let word = WORDS.iter().find(|word| word.text == self.word(0));
            if let Some(word) = word {
                return self.between_values(word);
            }
        }
        if !self.begins_value() || self.kind(-1) != Some(TokenKind::Name) {
            return None;
        }
        let (word, value) = (self.written(-1), self.written_at(self.value_at(0)));
        if self.kind(-2) == Some(TokenKind::Dot) && self.kind(0) == Some(TokenKind::String) {
            let message = format!("the arguments of `{word}` stand in parentheses");
            let error = self.error(0, SyntaxErrorKind::Unexpected, message);
            return Some(error.with_hint(format!("write `{word}({value})`")));
        }
        let is_first = self.token(-2).is_none() || !self.value_ends_at(-2);
        (is_first && matches!(word, "NOT" | "Not")).then(|| {
            let error = self.error(
                -1,
                SyntaxErrorKind::OperatorWord,
                format!("`{word}` is no operator"),
            );
            error.with_hint(format!("write `!{value}` or `not {value}`"))
        })
    }

    /// Signs that are taken for an operator: where they begin, and what to write.
    fn operator_signs(&self) -> Option<(isize, &'static str, &'static str)> {
        Some(match (self.word(-1), self.word(0), self.word(1)) {
            ("<", ">", _) => (-1, "<>", "write `!=`"),
            ("=", "=", _) => (-1, "= =", "write `==`, without a blank"),
            (_, "!", "=") if self.after_operand() => (0, "! =", "write `!=`, without a blank"),
            (_, "~", "=") if self.after_operand() => (0, "~=", "write `=~`"),
            ("amp", ";", _) if self.word(-2) == "&" => {
                (-2, "&amp;", "it is how HTML writes `&`: write `&&`")
            }
            _ => return None,
        })
    }

    fn between_values(&self, word: &Word) -> Option<SyntaxError> {
        let is_negated = word.text == "is" && self.word(1) == "not";
        let after = if is_negated { 2 } else { 1 };
        self.token(after)?;
        let left = self.written_at(self.value_before());
        let right = self.written_at(self.value_at(after));
        let expected = format!("after `{left}` an operator is expected");
        let message = format!("{expected}, and `{}` is none", word.text);
        let (message, hint) = if word.is_method {
            let arguments = match right.strip_prefix('(') {
                Some(_) => right.to_owned(),
                None => format!("({right})"),
            };
            let call = format!("`{left}.{}{arguments}`", word.text);
            let message = format!("{expected}, and `{}` is a method", word.text);
            let or = word
                .operator
                .map(|sign| format!(" or `{left} {sign} {right}`"));
            (message, format!("write {call}{}", or.unwrap_or_default()))
        } else if self.word(after) == "empty" {
            let not = if is_negated { "not " } else { "" };
            (message, format!("write `{not}empty({left})`"))
        } else {
            let sign = word.operator.unwrap_or_default();
            let sign = if is_negated { "!=" } else { sign };
            // `%` stands for any text there, as `.*` does in a regular expression.
            let pattern = (word.text == "like").then(|| right.replace('%', ".*"));
            let right = pattern.as_deref().unwrap_or(right);
            (message, format!("write `{left} {sign} {right}`"))
        };
        let error = self.error(0, SyntaxErrorKind::OperatorWord, message);
        Some(error.with_hint(hint))
    }

    /// The name, call, index or literal that ends before the place.
    fn value_before(&self) -> TextRange {
        let mut first = -1;
        loop {
            if self.kind(first) == Some(TokenKind::Close) {
                let Some(open) = self.opener_before(first) else {
                    break;
                };
                first = open;
                let called = self.kind(first - 1) == Some(TokenKind::Name);
                if !called || !self.adjacent(first - 1, first) {
                    break;
                }
                first -= 1;
            }
            if self.kind(first - 1) != Some(TokenKind::Dot) {
                break;
            }
            first -= 2;
        }
        self.range(first).cover(self.range(-1))
    }

    /// The token at `at`, or the brackets that open there, with the path behind it.
    fn value_at(&self, at: isize) -> TextRange {
        let mut last = self.closer_of(at).unwrap_or(at);
        while self.kind(last + 1) == Some(TokenKind::Dot) && self.token(last + 2).is_some() {
            last += 2;
        }
        self.range(at).cover(self.range(last))
    }

    /// Where the bracket opens that closes at `close`.
    fn opener_before(&self, close: isize) -> Option<isize> {
        let mut depth = 0_usize;
        let mut at = close;
        loop {
            match self.kind(at)? {
                TokenKind::Close => depth += 1,
                TokenKind::Open => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(at);
            }
            at -= 1;
        }
    }

    /// Where the bracket at `open` closes.
    pub(super) fn closer_of(&self, open: isize) -> Option<isize> {
        let mut depth = 0_usize;
        for at in open.. {
            match self.kind(at)? {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth = depth.checked_sub(1)?,
                _ => {}
            }
            if depth == 0 {
                return Some(at);
            }
        }
        None
    }

    fn value_ends_at(&self, at: isize) -> bool {
        matches!(
            self.kind(at),
            Some(TokenKind::Name | TokenKind::Number | TokenKind::String | TokenKind::Close)
        )
    }
}
