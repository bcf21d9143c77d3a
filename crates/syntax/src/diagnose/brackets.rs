//! Brackets without their partners.

use super::{Place, closing};
use crate::tokens::{Token, TokenKind};
use crate::{SyntaxError, SyntaxErrorKind};

impl Place<'_> {
    /// The brackets that are open at the place.
    pub(super) fn openers(&self) -> Vec<Token> {
        let open = self.open_at();
        open.into_iter()
            .filter_map(|index| self.tokens.get(index).copied())
            .collect()
    }

    /// Whether statements stand at the place: in no bracket, or in the braces of a block.
    pub(super) fn among_statements(&self) -> bool {
        let Some(index) = self.open_at().pop() else {
            return true;
        };
        let text_at = |index: usize| {
            let token = self.tokens.get(index)?;
            Some(token.range.slice(self.text))
        };
        let before = index.checked_sub(1).and_then(text_at);
        text_at(index) == Some("{") && matches!(before, Some(")" | "->" | "else"))
    }

    /// The indices of the brackets that are open at the place.
    fn open_at(&self) -> Vec<usize> {
        let mut open = Vec::new();
        for (index, token) in self.tokens.iter().enumerate().take(self.index) {
            match token.kind {
                TokenKind::Open => open.push(index),
                TokenKind::Close => {
                    open.pop();
                }
                _ => {}
            }
        }
        open
    }

    /// A bracket that is never closed, closes nothing, or closes the wrong one.
    pub(super) fn bracket(&self) -> Option<SyntaxError> {
        let open = self.openers();
        let found = self.word(0);
        match (self.kind(0), open.last()) {
            (None, Some(opener)) => {
                let sign = opener.range.slice(self.text);
                let message = format!("this `{sign}` is never closed");
                Some(SyntaxError::new(
                    opener.range,
                    SyntaxErrorKind::Bracket,
                    message,
                ))
            }
            (Some(TokenKind::Close), None) => Some(self.error(
                0,
                SyntaxErrorKind::Bracket,
                format!("this `{found}` closes nothing"),
            )),
            (Some(TokenKind::Close), Some(opener))
                if closing(opener.range.slice(self.text)) != found =>
            {
                let sign = opener.range.slice(self.text);
                let message = format!("this `{sign}` is not closed before `{found}`");
                Some(SyntaxError::new(
                    opener.range,
                    SyntaxErrorKind::Bracket,
                    message,
                ))
            }
            _ => None,
        }
    }
}
