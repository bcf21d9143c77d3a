//! What keeps a text from being CEL. Every operator of JEXL is named with its form in CEL (`spec/v1.md` §9).

use pest::error::Error;
use pipewright_source::TextRange;

use super::{Place, explained};
use crate::grammar::cel::Rule;
use crate::program::Program;
use crate::tokens::TokenKind;
use crate::{Language, SyntaxError, SyntaxErrorKind};

/// What JEXL and other languages write between two values, and what CEL has for it.
const BETWEEN: &[(&str, &str)] = &[
    ("and", "write `&&`"),
    ("AND", "write `&&`"),
    ("&", "write `&&`"),
    ("or", "write `||`"),
    ("OR", "write `||`"),
    ("|", "write `||`"),
    ("eq", "write `==`"),
    ("is", "write `==`"),
    ("=", "write `==`; CEL assigns nothing"),
    ("===", "write `==`"),
    ("ne", "write `!=`"),
    ("!==", "write `!=`"),
    ("lt", "write `<`"),
    ("le", "write `<=`"),
    ("gt", "write `>`"),
    ("ge", "write `>=`"),
    ("div", "write `/`"),
    ("mod", "write `%`"),
    (
        "=~",
        "write `.matches(\"…\")` behind the text, or `in` in front of a list",
    ),
    (
        "!~",
        "write `!` in front of it and `.matches(\"…\")` behind the text",
    ),
    ("=^", "write `.startsWith(\"…\")` behind the text"),
    (
        "!^",
        "write `!` in front of it and `.startsWith(\"…\")` behind the text",
    ),
    ("=$", "write `.endsWith(\"…\")` behind the text"),
    (
        "!$",
        "write `!` in front of it and `.endsWith(\"…\")` behind the text",
    ),
    ("startsWith", "write `.startsWith(\"…\")` behind the text"),
    ("endsWith", "write `.endsWith(\"…\")` behind the text"),
    ("contains", "write `.contains(\"…\")` behind the text"),
    ("matches", "write `.matches(\"…\")` behind the text"),
    ("??", "write `value != null ? value : otherwise`"),
    ("?:", "write `value != null ? value : otherwise`"),
    ("^", "CEL has no operators for bits"),
    ("->", "write a macro, as in `.exists(x, x == \"…\")`"),
    (";", "write one expression: CEL has no statements"),
    ("+=", "leave the assignment out: CEL assigns nothing"),
    ("-=", "leave the assignment out: CEL assigns nothing"),
    ("*=", "leave the assignment out: CEL assigns nothing"),
    ("/=", "leave the assignment out: CEL assigns nothing"),
    ("%=", "leave the assignment out: CEL assigns nothing"),
];

/// What JEXL and other languages write before a value, and what CEL has for it.
const BEFORE: &[(&str, &str)] = &[
    ("not", "write `!`"),
    ("NOT", "write `!`"),
    ("empty", "write `size(…) == 0`"),
    ("size", "write `size(…)`"),
    ("new", "leave it out: CEL makes no objects"),
    ("let", "leave it out: CEL has no variables of its own"),
    ("var", "leave it out: CEL has no variables of its own"),
    (
        "return",
        "leave it out: the value of the expression is the answer",
    ),
];

/// Says what is wrong where pest gave up.
pub(crate) fn diagnose_cel(program: &Program<'_>, error: &Error<Rule>) -> SyntaxError {
    let whole = TextRange::of(0, program.text.len());
    explained(program, whole, (Language::Cel, false), error, |place| {
        place.explain_cel()
    })
}

impl Place<'_> {
    fn explain_cel(&self) -> SyntaxError {
        self.lexical_of_cel()
            .or_else(|| self.quotes())
            .or_else(|| self.jexl_between())
            .or_else(|| self.jexl_before())
            .or_else(|| self.literal_after_dot())
            .or_else(|| self.number_of_cel())
            .or_else(|| self.bracket())
            .unwrap_or_else(|| self.unexpected())
    }

    /// Characters and strings that no token begins with.
    fn lexical_of_cel(&self) -> Option<SyntaxError> {
        match (self.kind(0)?, self.word(0)) {
            (TokenKind::Unterminated, written) if written.starts_with('`') => {
                let message = "a text between backticks is no value";
                let error = self.error(0, SyntaxErrorKind::OtherLanguage, message);
                Some(error.with_hint("write it in quotes, and join it with `+`"))
            }
            (TokenKind::Unterminated, _) => {
                let message = "the string that begins here is never closed";
                Some(self.error(0, SyntaxErrorKind::UnterminatedString, message))
            }
            (TokenKind::Junk, found) => Some(self.junk_in_cel(found)),
            _ => None,
        }
    }

    fn junk_in_cel(&self, found: &str) -> SyntaxError {
        if matches!(found, "$" | "@" | "#" | "\\") {
            let message = format!("`{found}` may stand only inside quotes");
            return self.error(0, SyntaxErrorKind::Character, message);
        }
        if !found.chars().all(char::is_alphabetic) {
            return self.junk(found);
        }
        let message = format!(
            "`{found}` may not stand in a name: only the letters A to Z, digits and `_` may"
        );
        self.error(0, SyntaxErrorKind::Character, message)
            .with_hint("put the name in brackets and quotes, as in `variables[\"größe\"]`")
    }

    /// `1L` and `a.0`.
    fn number_of_cel(&self) -> Option<SyntaxError> {
        if self.kind(0)? != TokenKind::Number {
            return None;
        }
        let written = self.written(0);
        if self.kind(1) == Some(TokenKind::Name) && self.adjacent(0, 1) {
            let range = self.range(0).cover(self.range(1));
            let message = format!("`{}` is no number", self.written_at(range));
            return Some(SyntaxError::new(range, SyntaxErrorKind::Number, message));
        }
        let index = written.strip_prefix('.').filter(|_| self.after_operand())?;
        let message = format!("`{index}` is no name, which a dot is followed by");
        let error = self.error(0, SyntaxErrorKind::Unexpected, message);
        Some(error.with_hint(format!("write `[{index}]`")))
    }

    /// An operator between two values that CEL has not.
    fn jexl_between(&self) -> Option<SyntaxError> {
        let found = self.word(0);
        if found == "?" && self.word(1) == "." && self.adjacent(0, 1) {
            return Some(self.not_cel(0, "?.", "write `.`: what is missing is null"));
        }
        // `a ?.b` was read as the beginning of a choice.
        if self.count("?") > self.count(":") && self.token(0).is_none() {
            let safe = (1..=self.index)
                .filter_map(|back| isize::try_from(back).ok())
                .map(|back| -back)
                .find(|at| self.word(*at) == "?" && self.word(at + 1) == ".");
            if let Some(at) = safe.filter(|at| self.adjacent(*at, at + 1)) {
                return Some(self.not_cel(at, "?.", "write `.`: what is missing is null"));
            }
        }
        if !self.after_operand() {
            return None;
        }
        let (_, hint) = BETWEEN.iter().find(|(sign, _)| *sign == found)?;
        Some(self.not_cel(0, found, hint))
    }

    /// A word before a value that CEL takes for a name.
    fn jexl_before(&self) -> Option<SyntaxError> {
        let is_name = self.kind(-1) == Some(TokenKind::Name);
        let begins_value = matches!(
            self.kind(0)?,
            TokenKind::Name | TokenKind::Number | TokenKind::String | TokenKind::Keyword
        );
        if !is_name || !begins_value || self.kind(-2) == Some(TokenKind::Dot) {
            return None;
        }
        let written = self.word(-1);
        let (_, hint) = BEFORE.iter().find(|(word, _)| *word == written)?;
        Some(self.not_cel(-1, written, hint))
    }

    fn not_cel(&self, at: isize, written: &str, hint: &str) -> SyntaxError {
        let is_operator = !matches!(written, "new" | "let" | "var" | "return" | ";");
        let what = if is_operator { "operator " } else { "" };
        let message = format!("CEL has no {what}`{written}`");
        self.error(at, SyntaxErrorKind::OtherLanguage, message)
            .with_hint(hint)
    }

    /// `a.true`: the only words that no reader takes behind a dot.
    fn literal_after_dot(&self) -> Option<SyntaxError> {
        let word = self.word(0);
        let is_literal = matches!(word, "true" | "false" | "null");
        if self.kind(-1) != Some(TokenKind::Dot) || !is_literal {
            return None;
        }
        let kind = SyntaxErrorKind::ReservedWord {
            word: word.to_owned(),
            after_dot: true,
        };
        let message = format!("`{word}` is a value of CEL and cannot follow a dot");
        let hint = format!("write `[\"{word}\"]`");
        Some(self.error(0, kind, message).with_hint(hint))
    }
}
