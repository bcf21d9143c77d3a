//! Hyphens in names, where what follows the hyphen keeps the text from being a subtraction.

use pipewright_source::TextRange;

use super::Place;
use crate::tokens::TokenKind;
use crate::{SyntaxError, SyntaxErrorKind};

impl Place<'_> {
    /// `variables.this-var`: a reserved word or a number with letters behind the hyphen of a name, or a reserved word
    /// in front of it.
    pub(super) fn hyphen(&self) -> Option<SyntaxError> {
        let breaking = [0, -1].into_iter().find(|at| self.breaks_a_name(*at));
        let begun = [0, -1].into_iter().find(|at| self.begins_a_name(*at));
        let breaking = breaking.map(|at| (at - 2, at));
        let (mut first, mut last) = breaking.or(begun.map(|at| (at, at + 2)))?;
        while self.joined_by_hyphen(first - 1) && self.kind(first - 2) == Some(TokenKind::Name) {
            first -= 2;
        }
        loop {
            if self.adjacent(last, last + 1) && is_word(self.kind(last + 1)) {
                last += 1;
            } else if self.joined_by_hyphen(last + 1) && is_word(self.kind(last + 2)) {
                last += 2;
            } else {
                break;
            }
        }
        let name = self.written_at(self.range(first).cover(self.range(last)));
        let range = TextRange::new(self.range(first).start(), self.range(last).end());
        let message = format!("`-` subtracts, so `{name}` is not read as one name");
        let hint = if self.kind(first - 1) == Some(TokenKind::Dot) {
            format!("write `.get(\"{name}\")` in place of `.{name}`")
        } else {
            format!("where an object has such a name, write `.get(\"{name}\")` behind the object")
        };
        let error = SyntaxError::new(range, SyntaxErrorKind::Hyphen, message);
        // What an island gives may be a part of a name, and the quotes would hold it as well; but it is no word of the
        // text.
        (!name.contains("<+")).then(|| error.with_hint(hint))
    }

    /// Whether the token at `at` can be part of a name and nothing else, behind a name and a hyphen glued to it.
    fn breaks_a_name(&self, at: isize) -> bool {
        let breaks = match self.kind(at) {
            Some(TokenKind::Keyword) => !matches!(self.word(at), "null" | "true" | "false"),
            Some(TokenKind::Number) => {
                self.adjacent(at, at + 1) && self.kind(at + 1) == Some(TokenKind::Name)
            }
            _ => false,
        };
        breaks && self.joined_by_hyphen(at - 1) && self.kind(at - 2) == Some(TokenKind::Name)
    }

    /// Whether the token at `at` is a reserved word behind a dot and before a hyphen and more of a name.
    fn begins_a_name(&self, at: isize) -> bool {
        let is_behind_dot = self.kind(at - 1) == Some(TokenKind::Dot);
        let goes_on = self.joined_by_hyphen(at + 1) && is_word(self.kind(at + 2));
        self.kind(at) == Some(TokenKind::Keyword) && is_behind_dot && goes_on
    }

    /// Whether the token at `at` is a hyphen glued to both neighbours.
    fn joined_by_hyphen(&self, at: isize) -> bool {
        self.word(at) == "-" && self.adjacent(at - 1, at) && self.adjacent(at, at + 1)
    }
}

fn is_word(kind: Option<TokenKind>) -> bool {
    matches!(
        kind,
        Some(TokenKind::Name | TokenKind::Keyword | TokenKind::Number)
    )
}
