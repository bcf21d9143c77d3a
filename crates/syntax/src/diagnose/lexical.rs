//! Characters, strings, comments and numbers that are none.

use pipewright_source::TextRange;

use super::Place;
use crate::tokens::TokenKind;
use crate::{SyntaxError, SyntaxErrorKind, instead_of_first_generation};

impl Place<'_> {
    /// Characters and strings that no token begins with.
    pub(super) fn lexical(&self) -> Option<SyntaxError> {
        let found = self.word(0);
        match self.kind(0)? {
            TokenKind::Unterminated => Some(self.unterminated(0)),
            TokenKind::IslandOpen => Some(
                self.error(
                    0,
                    SyntaxErrorKind::UnclosedIsland,
                    "this `<+` has no `>` that closes it",
                )
                .with_hint(
                    "close the expression with `>`; inside one, `\\>` is the sign for greater",
                ),
            ),
            TokenKind::Junk => Some(self.junk(found)),
            _ => None,
        }
    }

    /// The sign that opens what never closes.
    fn unterminated(&self, distance: isize) -> SyntaxError {
        let opener = if self.word(distance).starts_with("/*") {
            2
        } else {
            1
        };
        let start = self.range(distance).start() as usize;
        let (kind, message, hint) = match self.word(distance).get(..opener) {
            Some("/*") => (
                SyntaxErrorKind::UnterminatedComment,
                "the comment that begins here is never closed",
                "write `*/` where it ends",
            ),
            Some("`") => (
                SyntaxErrorKind::UnterminatedString,
                "the template string that begins here is never closed",
                "write a backtick where it ends",
            ),
            Some("\"") => (
                SyntaxErrorKind::UnterminatedString,
                "the string that begins here is never closed",
                "write `\"` where it ends; a string ends on the line it begins on",
            ),
            _ => (
                SyntaxErrorKind::UnterminatedString,
                "the string that begins here is never closed",
                "write `'` where it ends; a string ends on the line it begins on",
            ),
        };
        SyntaxError::new(TextRange::of(start, start + opener), kind, message).with_hint(hint)
    }

    /// `f("a, "b")`: a quote is missing, which shows only at the next string of the line.
    pub(super) fn quotes(&self) -> Option<SyntaxError> {
        let at = [0, -1]
            .into_iter()
            .find(|at| self.kind(*at) == Some(TokenKind::String))?;
        let rest = self.tokens.get(self.index..)?;
        let odd = rest.iter().any(|token| {
            token.kind == TokenKind::Unterminated
                && token.range.slice(self.text).starts_with(['\'', '"'])
        });
        let glued = self.adjacent(at, at + 1) && self.kind(at + 1) == Some(TokenKind::Name)
            || self.adjacent(at - 1, at) && self.kind(at - 1) == Some(TokenKind::Name);
        if !odd || !glued {
            return None;
        }
        let message = "a quote is missing: from this string on the quotes of the line do not pair";
        Some(self.error(at, SyntaxErrorKind::UnterminatedString, message))
    }

    pub(super) fn junk(&self, found: &str) -> SyntaxError {
        match found {
            "\u{201C}" | "\u{201D}" | "\u{201E}" | "\u{AB}" | "\u{BB}" => self
                .error(0, SyntaxErrorKind::CurlyQuote, format!("`{found}` is a typographic quote, which begins no string"))
                .with_hint("write the straight quote `\"`"),
            "\u{2018}" | "\u{2019}" | "\u{201A}" => self
                .error(0, SyntaxErrorKind::CurlyQuote, format!("`{found}` is a typographic quote, which begins no string"))
                .with_hint("write the straight quote `'`"),
            "\\" if self.word(1).starts_with(['"', '\'']) && self.adjacent(0, 1) => self
                .error(0, SyntaxErrorKind::Character, "a backslash may stand only inside quotes")
                .with_hint("write the quotes without the backslash: the engine reads them before a shell does"),
            "\\" => self
                .error(0, SyntaxErrorKind::Character, "a backslash may stand only inside quotes")
                .with_hint("inside an expression `\\>` is the sign for greater; elsewhere write `>`"),
            _ if found.chars().all(char::is_alphabetic) => self
                .error(0, SyntaxErrorKind::Character, format!("`{found}` may not stand in a name: only the letters A to Z, digits, `_`, `$` and `@` may"))
                .with_hint("put the name in brackets and quotes, as in `variables[\"größe\"]`"),
            _ if found.chars().all(|c| c.is_whitespace() || c.is_control()) => {
                let code = found.chars().next().map_or(0, u32::from);
                self.error(0, SyntaxErrorKind::Character, format!("an invisible character (U+{code:04X}) stands here"))
                    .with_hint("replace it with a space")
            }
            _ => self.error(0, SyntaxErrorKind::Character, format!("`{found}` may stand only inside quotes")),
        }
    }

    /// `${…}` and `${{…}}`: a name `$` in front of a brace.
    pub(super) fn first_generation(&self) -> Option<SyntaxError> {
        if self.word(-1) != "$" || self.word(0) != "{" || !self.adjacent(-1, 0) {
            return None;
        }
        let end = self
            .closer_of(0)
            .map_or(self.range(0), |end| self.range(end));
        let range = self.range(-1).cover(end);
        let written = self.written_at(range);
        let is_cel = self.word(1) == "{" && self.adjacent(0, 1);
        let whose = if is_cel {
            "of CEL, which only pipelines of the new experience (v1) have"
        } else {
            "of Harness's first generation, which nothing replaces"
        };
        let message = format!("`{written}` has the delimiters {whose}");
        let hint = instead_of_first_generation(written);
        Some(SyntaxError::new(range, SyntaxErrorKind::FirstGeneration, message).with_hint(hint))
    }

    /// Numbers that are none.
    pub(super) fn number(&self) -> Option<SyntaxError> {
        let begins = matches!(
            self.kind(0)?,
            TokenKind::Name | TokenKind::Number | TokenKind::Keyword
        );
        if self.kind(-1) == Some(TokenKind::Number) && begins && self.adjacent(-1, 0) {
            let range = self.range(-1).cover(self.range(0));
            let written = self.written_at(range);
            let octal = written.bytes().all(|b| b.is_ascii_digit());
            let error = SyntaxError::new(
                range,
                SyntaxErrorKind::Number,
                format!("`{written}` is no number"),
            );
            return Some(if octal {
                error.with_hint("a leading 0 means octal, with the digits 0 to 7; leave the 0 out or use quotes")
            } else {
                error
            });
        }
        let fraction = self.word(0) == "." && !self.after_operand();
        if fraction && self.word(1).starts_with(|c: char| c.is_ascii_digit()) {
            let range = self.range(0).cover(self.range(1));
            let written = self.written_at(range);
            return Some(
                SyntaxError::new(
                    range,
                    SyntaxErrorKind::Number,
                    "a number begins with a digit, not with a point",
                )
                .with_hint(format!("write `0{written}`")),
            );
        }
        None
    }
}
