//! Reserved words where a name or value must stand, statements where an expression must, and namespaces.

use super::Place;
use crate::tokens::TokenKind;
use crate::{SyntaxError, SyntaxErrorKind};

/// Words that begin a statement.
const STATEMENT_WORDS: &[&str] = &[
    "if", "for", "while", "return", "var", "break", "continue", "#pragma",
];

impl Place<'_> {
    /// `x.size`, `x.lt`: words that cannot be dotted.
    pub(super) fn reserved_after_dot(&self) -> Option<SyntaxError> {
        let at = [0, -1].into_iter().find(|at| {
            self.kind(*at) == Some(TokenKind::Keyword) && self.kind(at - 1) == Some(TokenKind::Dot)
        })?;
        let word = self.word(at).to_owned();
        if word == "size" || word == "empty" {
            let given = self.kind(at + 1) == Some(TokenKind::Open) && self.word(at + 1) == "(";
            if given && at == -1 {
                return None;
            }
        }
        let hint = format!("write `[\"{word}\"]` in place of `.{word}`");
        let message = format!("`{word}` is a reserved word and cannot follow a dot");
        let kind = SyntaxErrorKind::ReservedWord {
            word,
            after_dot: true,
        };
        Some(self.error(at, kind, message).with_hint(hint))
    }

    /// A reserved word where a value must stand.
    pub(super) fn reserved(&self) -> Option<SyntaxError> {
        let lonely = self.token(0).is_none() && self.index == 1;
        let at = if lonely { -1 } else { 0 };
        if self.kind(at) != Some(TokenKind::Keyword) || (!lonely && self.after_operand()) {
            return None;
        }
        let word = self.word(at).to_owned();
        let message = format!("`{word}` is a reserved word and cannot be a name");
        let kind = SyntaxErrorKind::ReservedWord {
            word,
            after_dot: false,
        };
        Some(self.error(at, kind, message))
    }

    /// Statements in an expression, and expressions without `;` between them.
    pub(super) fn statement(&self) -> Option<SyntaxError> {
        let found = self.word(0);
        let begins = self.kind(0) == Some(TokenKind::Keyword) && STATEMENT_WORDS.contains(&found);
        if !self.script && found == ";" {
            let last = self.token(1).is_none();
            let (message, hint) = if last {
                ("a `;` cannot end an expression", "leave the `;` out")
            } else {
                (
                    "`;` separates statements, and only one expression may stand here",
                    "keep one expression",
                )
            };
            return Some(
                self.error(0, SyntaxErrorKind::Statement, message)
                    .with_hint(hint),
            );
        }
        if !self.script && begins && self.kind(-1) != Some(TokenKind::Dot) {
            let message =
                format!("`{found}` begins a statement, and only one expression may stand here");
            let error = self.error(0, SyntaxErrorKind::Statement, message);
            return Some(match found {
                "if" => error.with_hint("write `condition ? value : otherwise`"),
                "return" => error.with_hint("leave `return` out"),
                _ => error,
            });
        }
        let next = matches!(
            self.kind(0)?,
            TokenKind::Name
                | TokenKind::Number
                | TokenKind::String
                | TokenKind::TemplateString
                | TokenKind::Open
        );
        if self.script && next && self.after_operand() && self.among_statements() {
            let message = format!("a `;` is missing before `{}`", self.written(0));
            return Some(self.error(0, SyntaxErrorKind::MissingSemicolon, message));
        }
        None
    }

    /// `a: 1`: a colon that is neither in a ternary nor in a map.
    pub(super) fn colon(&self) -> Option<SyntaxError> {
        let at = [0, -1, -2].into_iter().find(|at| self.word(*at) == ":")?;
        let in_braces = self
            .openers()
            .last()
            .is_some_and(|open| open.range.slice(self.text) == "{");
        if in_braces || self.count("?") > 0 {
            return None;
        }
        let is_of_path =
            |at: isize| matches!(self.kind(at), Some(TokenKind::Name | TokenKind::Dot));
        let (mut first, mut last) = (at - 1, at + 1);
        while is_of_path(first) && is_of_path(first - 1) {
            first -= 1;
        }
        while is_of_path(last) && is_of_path(last + 1) {
            last += 1;
        }
        let operand = |first, last| match (self.token(first), self.token(last)) {
            (Some(first), Some(last)) => self.written_at(first.range.cover(last.range)),
            _ => "",
        };
        let (left, right) = (operand(first, at - 1), operand(at + 1, last));
        let error = self.error(
            at,
            SyntaxErrorKind::Unexpected,
            "a `:` belongs between the values of a ternary or between the key and the value of a map",
        );
        if left.is_empty() || right.is_empty() || [left, right].contains(&":") {
            return Some(error);
        }
        if self.token(first - 1).is_some() {
            // What stands before the name belongs to another comparison or call.
            return Some(error.with_hint("a choice is written `condition ? value : otherwise`"));
        }
        Some(error.with_hint(format!(
            "to compare, write `{left} == {right}`; a map stands in braces: `{{{left}: {right}}}`"
        )))
    }

    /// `t ? a : foo(b)`: the original reads `a : foo(b)` as a call in the namespace `a`.
    pub(super) fn namespace_in_ternary(&self) -> Option<SyntaxError> {
        let before = self.tokens.get(..self.index.min(self.tokens.len()))?;
        let question = before
            .iter()
            .position(|token| token.range.slice(self.text) == "?")?;
        let call = before.windows(4).skip(question).find(|four| {
            let [name, colon, function, open] = four else {
                return false;
            };
            name.kind == TokenKind::Name
                && colon.range.slice(self.text) == ":"
                && function.kind == TokenKind::Name
                && open.range.slice(self.text) == "("
        })?;
        let [name, _, function, ..] = call else {
            return None;
        };
        if self.count(":") > self.count("?") {
            return None;
        }
        let (left, right) = (self.written_at(name.range), self.written_at(function.range));
        let message = format!(
            "`{left} : {right}(` is read as a call of `{right}` in the namespace `{left}`, so the ternary lacks its `:`"
        );
        Some(
            SyntaxError::new(
                name.range.cover(function.range),
                SyntaxErrorKind::Unexpected,
                message,
            )
            .with_hint(format!(
                "put the first value in parentheses: `({left}) : {right}(`"
            )),
        )
    }
}
