//! What can be read and is probably not what was meant.

use pipewright_source::TextRange;

use crate::tokens::{Token, TokenKind, ends_operand, tokens};
use crate::{Expr, ExprKind, InfixOp, LinkKind, Name};

/// A subtraction that may have been meant as one name.
#[derive(Clone, Copy, Debug)]
pub struct HyphenatedName<'e> {
    /// The whole name, behind its dot if it has one.
    pub range: TextRange,
    /// The operand that it begins in.
    pub left: &'e Expr,
    /// The operand that it ends in.
    pub right: &'e Expr,
}

/// Which operands of a subtraction may be parts of one name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NameParts {
    /// A name behind a dot, and names, none with an island in it.
    BehindDots,
    /// Any name, and names or numbers. Behind a dot, and in what follows, a name may have islands in it.
    Any,
}

/// The names of an expression that seem to have a hyphen: a subtraction without blanks around its sign, between the
/// last name of a path and another name.
///
/// ```
/// use pipewright_syntax::{NameParts, hyphenated_names, parse_expression};
///
/// let text = "variables.my-tag + stages.a-b.name - count";
/// let expression = parse_expression(text).unwrap().unwrap();
/// let names = hyphenated_names(&expression, NameParts::BehindDots);
/// let names: Vec<&str> = names.iter().map(|name| name.range.slice(text)).collect();
/// assert_eq!(names, ["my-tag", "a-b"]);
/// ```
pub fn hyphenated_names(expression: &Expr, parts: NameParts) -> Vec<HyphenatedName<'_>> {
    let mut found = Vec::new();
    expression.walk(&mut |expression| {
        let ExprKind::Infix { first, rest } = &expression.kind else {
            return;
        };
        let mut left = &**first;
        let mut name: Option<HyphenatedName<'_>> = None;
        for tail in rest {
            let is_glued = tail.op == InfixOp::Subtract
                && left.range.end() == tail.op_range.start()
                && tail.op_range.end() == tail.operand.range.start();
            let begins = || {
                let range = parts.last_name(left)?;
                let right = left;
                Some(HyphenatedName { range, left, right })
            };
            let begun = name.or_else(begins).filter(|_| is_glued);
            let joined = begun.zip(parts.first_name(&tail.operand));
            let joined = joined.map(|(begun, next)| HyphenatedName {
                range: begun.range.cover(next),
                right: &tail.operand,
                ..begun
            });
            if let (Some(whole), None) = (name, joined) {
                found.push(whole);
            }
            // A path behind the name ends it: the next hyphen belongs to another.
            name = joined.filter(|_| !matches!(tail.operand.kind, ExprKind::Chain { .. }));
            if name.is_none() {
                found.extend(joined);
            }
            left = &tail.operand;
        }
        found.extend(name);
    });
    found.sort_unstable_by_key(|name| name.range);
    found
}

impl NameParts {
    /// The name an operand ends with.
    fn last_name(self, operand: &Expr) -> Option<TextRange> {
        match &operand.kind {
            ExprKind::Name(name) if self == Self::Any => name.as_text().map(|_| name.range),
            ExprKind::Chain { links, .. } => match &links.last()?.kind {
                LinkKind::Name(name) => self.takes(name).then_some(name.range),
                _ => None,
            },
            _ => None,
        }
    }

    /// The name an operand begins with.
    fn first_name(self, operand: &Expr) -> Option<TextRange> {
        match &operand.kind {
            ExprKind::Name(name) => self.takes(name).then_some(name.range),
            ExprKind::Chain { head, .. } => self.first_name(head),
            ExprKind::Number(_) if self == Self::Any => Some(operand.range),
            _ => None,
        }
    }

    fn takes(self, name: &Name) -> bool {
        self == Self::Any || name.as_text().is_some()
    }
}

/// The signs of `--x`, which is the value of `x`: JEXL 3.0 reads two minus signs.
///
/// ```
/// use pipewright_syntax::decrement;
///
/// assert_eq!(decrement("a + --b").unwrap().slice("a + --b"), "--");
/// assert!(decrement("a --b").is_none());
/// ```
pub fn decrement(text: &str) -> Option<TextRange> {
    let tokens = significant(text);
    let is_minus = |token: &Token| token.range.slice(text) == "-";
    let glued = |left: &Token, right: &Token| left.range.end() == right.range.start();
    (0..tokens.len()).find_map(|at| {
        let [first, second, value] = tokens.get(at..at + 3)? else {
            return None;
        };
        let is_prefix = at.checked_sub(1).is_none_or(|before| {
            let after_dot = before > 0 && tokens[before - 1].kind == TokenKind::Dot;
            !ends_operand(
                tokens[before].kind,
                tokens[before].range.slice(text),
                after_dot,
            )
        });
        let is_decrement = is_minus(first)
            && is_minus(second)
            && glued(first, second)
            && glued(second, value)
            && matches!(value.kind, TokenKind::Name | TokenKind::IslandOpen);
        (is_prefix && is_decrement).then(|| first.range.cover(second.range))
    })
}

/// The functions that a text calls: each name in front of a `(` that follows no dot.
///
/// ```
/// assert_eq!(pipewright_syntax::called_functions("lower(a.trim()) + size(b)"), ["lower"]);
/// ```
pub fn called_functions(text: &str) -> Vec<&str> {
    let tokens = significant(text);
    let called = tokens.windows(2).enumerate().filter(|(at, pair)| {
        let after_dot = *at > 0 && tokens[at - 1].kind == TokenKind::Dot;
        let is_call = pair[0].kind == TokenKind::Name && pair[1].range.slice(text) == "(";
        is_call && !after_dot
    });
    called.map(|(_, pair)| pair[0].range.slice(text)).collect()
}

fn significant(text: &str) -> Vec<Token> {
    tokens(text)
        .into_iter()
        .filter(Token::is_significant)
        .collect()
}
