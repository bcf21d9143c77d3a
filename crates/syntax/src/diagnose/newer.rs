//! Syntax that later versions of JEXL know.

use super::Place;
use crate::tokens::TokenKind;
use crate::{SyntaxError, SyntaxErrorKind};

impl Place<'_> {
    /// What a later version would read, and what to write for it.
    pub(super) fn newer(&self) -> Option<SyntaxError> {
        let newer = |at: isize, what: &str, hint: &str| {
            let message = format!("{what} came after JEXL 3.0, which Harness uses");
            Some(
                self.error(at, SyntaxErrorKind::NewerSyntax, message)
                    .with_hint(hint),
            )
        };
        let (before, found, after) = (self.word(-1), self.word(0), self.word(1));
        match (before, found) {
            ("?", ".") => newer(
                -1,
                "`?.`",
                "write `.`; an unknown name in the path then gives null or an error",
            ),
            ("?", "?" | "?:") => newer(
                -1,
                "`??`",
                "write `?:`, which also replaces an empty text, 0 and false",
            ),
            (_, "?") if after == "." && self.adjacent(0, 1) => newer(
                0,
                "`?.`",
                "write `.`; an unknown name in the path then gives null or an error",
            ),
            (_, "?") if after == "?" => newer(
                0,
                "`??`",
                "write `?:`, which also replaces an empty text, 0 and false",
            ),
            ("+", "+") if self.adjacent(-1, 0) => newer(-1, "`++`", "write `x = x + 1`"),
            (_, "+") if !self.after_operand() => {
                newer(0, "a sign `+` before a value", "leave it out")
            }
            ("<", "<") | (">", ">") => newer(0, "shifting", "multiply or divide instead"),
            ("==" | "!=", "=") => newer(0, "`===`", "write `==`"),
            ("=", ">") => newer(0, "`=>`", "write `-> { … }`"),
            (_, "~") if after == "/" && self.adjacent(0, 1) => newer(
                0,
                "a pattern between slashes",
                "write the pattern as a string",
            ),
            ("~", "/") => newer(
                -1,
                "a pattern between slashes",
                "write the pattern as a string",
            ),
            ("do", "{") => newer(-1, "`do`", "write `while (…) { … }`"),
            ("let" | "const", _) if self.kind(0) == Some(TokenKind::Name) => {
                newer(-1, "`let` and `const`", "write `var`")
            }
            (_, "in") if self.after_operand() => newer(
                0,
                "the operator `in`",
                "write `=~`, with the list on the right",
            ),
            ("try" | "switch" | "catch", "{" | "(") => newer(-1, "this statement", "use `if`"),
            (_, name)
                if self.kind(-1) == Some(TokenKind::Number)
                    && self.adjacent(-1, 0)
                    && name.len() > 1
                    && name.starts_with(['e', 'E'])
                    && name[1..].bytes().all(|b| b.is_ascii_digit()) =>
            {
                newer(
                    -1,
                    "an exponent without a suffix",
                    "add `d`, as in `1e3d`, or write the number out",
                )
            }
            _ => None,
        }
    }
}
