//! What JEXL 3.0 has for signs and words of later versions (`spec/jexl.md` §14).

use pipewright_source::TextRange;
use pipewright_syntax::{Token, TokenKind, tokens};

/// What to write in an expression in place of syntax that JEXL 3.0 does not know, in order. What can be said only with
/// other statements is left as it is.
pub(crate) fn in_older_syntax(expression: &str) -> Vec<(TextRange, String)> {
    let tokens: Vec<Token> = tokens(expression)
        .into_iter()
        .filter(Token::is_significant)
        .collect();
    let mut edits = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let found = Place {
            expression,
            tokens: &tokens,
            at,
        }
        .older();
        at += 1;
        if let Some((range, new)) = found {
            // What stands inside a pattern is no syntax.
            while tokens
                .get(at)
                .is_some_and(|next| next.range.start() < range.end())
            {
                at += 1;
            }
            edits.push((range, new));
        }
    }
    edits
}

/// A token among the others.
struct Place<'t> {
    expression: &'t str,
    tokens: &'t [Token],
    at: usize,
}

impl<'t> Place<'t> {
    /// What to write for the syntax that begins at this token.
    fn older(&self) -> Option<(TextRange, String)> {
        let range = self.tokens[self.at].range;
        let both = || {
            self.tokens
                .get(self.at + 1)
                .map(|next| range.cover(next.range))
        };
        let (found, after) = (self.word(0), self.word(1));
        let is_glued = self.is_glued();
        Some(match (found, after) {
            ("?", "." | "[") if is_glued => (range, String::new()),
            ("?", "?") if is_glued => (both()?, "?:".to_owned()),
            ("==" | "!=", "=") if is_glued => (both()?, found.to_owned()),
            ("in", _) if self.is_behind_operand() => (range, "=~".to_owned()),
            ("!" | "not", "in") if self.is_behind_operand() => (both()?, "!~".to_owned()),
            ("+", _) if !self.is_behind_operand() && !self.is_doubled() => (range, String::new()),
            (_, exponent) if is_glued && self.is_number_before(exponent) => {
                (TextRange::empty(range.cover(both()?).end()), "d".to_owned())
            }
            ("~", "/") if is_glued => self.pattern(range.start())?,
            ("/", _) if matches!(self.word(-1), "=~" | "!~") => self.pattern(range.start())?,
            _ => return None,
        })
    }

    fn word(&self, distance: isize) -> &'t str {
        let index = self.at.checked_add_signed(distance);
        let token = index.and_then(|index| self.tokens.get(index));
        token.map_or("", |token| token.range.slice(self.expression))
    }

    /// Whether nothing stands between this token and the next.
    fn is_glued(&self) -> bool {
        let next = self.tokens.get(self.at + 1);
        next.is_some_and(|next| next.range.start() == self.tokens[self.at].range.end())
    }

    /// Whether this is one of the signs of `++`, or stands behind them: what they are part of may be a value.
    fn is_doubled(&self) -> bool {
        // A plus that many tokens before this one, and the next one with nothing between them.
        let is_pair = |before: usize| {
            let at = self.at.checked_sub(before);
            let first = at.map(|at| Self { at, ..*self });
            first.is_some_and(|first| {
                first.word(0) == "+" && first.word(1) == "+" && first.is_glued()
            })
        };
        (0..=2).any(is_pair)
    }

    /// Whether a value ends before this token.
    fn is_behind_operand(&self) -> bool {
        use TokenKind::{Close, Name, Number, String, TemplateString};
        let before = self.at.checked_sub(1).map(|before| self.tokens[before]);
        // The sign that closes an island is read as an operator.
        before.is_some_and(|token| {
            matches!(token.kind, Name | Number | String | TemplateString | Close)
                || token.range.slice(self.expression) == ">"
        })
    }

    /// Whether this is a number and the next word its exponent.
    fn is_number_before(&self, exponent: &str) -> bool {
        let digits = exponent.strip_prefix(['e', 'E']);
        let is_digits =
            |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        self.tokens[self.at].kind == TokenKind::Number && digits.is_some_and(is_digits)
    }

    /// The pattern between slashes that begins at `start`, as a string.
    fn pattern(&self, start: u32) -> Option<(TextRange, String)> {
        let rest = &self.expression[start as usize..];
        let open = rest.find('/')? + 1;
        let length = rest[open..].find('/')?;
        let pattern = &rest[open..open + length];
        if pattern.is_empty() || pattern.contains(['"', '\\', '\n', '<', '>']) {
            return None;
        }
        let end = start as usize + open + length + 1;
        let range = TextRange::of(start as usize, end);
        Some((range, format!("\"{pattern}\"")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn older(expression: &str) -> String {
        let mut text = expression.to_owned();
        for (range, new) in in_older_syntax(expression).into_iter().rev() {
            text.replace_range(range.to_usize(), &new);
        }
        text
    }

    #[test]
    fn newer_syntax_has_an_older_form() {
        for (newer, expected) in [
            ("a?.b?.c", "a.b.c"),
            ("a?[0]", "a[0]"),
            ("<+a> ?? <+b>", "<+a> ?: <+b>"),
            ("a === 1 && b !== 2", "a == 1 && b != 2"),
            ("<+a> in [1, 2]", "<+a> =~ [1, 2]"),
            ("a not in b || a !in c", "a !~ b || a !~ c"),
            ("1e3 + 2E10", "1e3d + 2E10d"),
            ("+5 + (+a) + +b", "5 + (a) + b"),
            ("a =~ ~/v[0-9]+/", "a =~ \"v[0-9]+\""),
            ("a =~ /v\\d/", "a =~ /v\\d/"),
            ("a ? b : c", "a ? b : c"),
            ("x++ + ++y", "x++ + ++y"),
            ("a ?: b == c", "a ?: b == c"),
        ] {
            assert_eq!(older(newer), expected);
        }
    }
}
