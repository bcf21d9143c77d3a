//! What can be read and is probably not what was meant.

use pipewright_source::TextRange;

use crate::tokens::{Token, TokenKind, ends_operand, tokens};
use crate::{Expr, ExprKind, InfixOp, LinkKind};

/// The names of an expression over `text` that seem to have a hyphen: a subtraction without blanks around its sign,
/// between the last name of a path and another name. Each range is that of the whole name, behind its dot.
///
/// ```
/// use pipewright_syntax::{hyphenated_names, parse_expression};
///
/// let text = "variables.my-tag + stages.a-b.name - count";
/// let expression = parse_expression(text).unwrap().unwrap();
/// let names: Vec<&str> = hyphenated_names(&expression).iter().map(|range| range.slice(text)).collect();
/// assert_eq!(names, ["my-tag", "a-b"]);
/// ```
pub fn hyphenated_names(expression: &Expr) -> Vec<TextRange> {
    let mut found = Vec::new();
    expression.walk(&mut |expression| {
        let ExprKind::Infix { first, rest } = &expression.kind else {
            return;
        };
        let mut left = &**first;
        let mut name: Option<TextRange> = None;
        for tail in rest {
            let is_glued = tail.op == InfixOp::Subtract
                && left.range.end() == tail.op_range.start()
                && tail.op_range.end() == tail.operand.range.start();
            let begun = name.or_else(|| last_name(left)).filter(|_| is_glued);
            let joined = begun.zip(first_name(&tail.operand));
            let joined = joined.map(|(begun, next)| begun.cover(next));
            if let (Some(whole), None) = (name, joined) {
                found.push(whole);
            }
            // A path behind the name ends it: the next hyphen belongs to another.
            name = joined.filter(|_| matches!(tail.operand.kind, ExprKind::Name(_)));
            if name.is_none() {
                found.extend(joined);
            }
            left = &tail.operand;
        }
        found.extend(name);
    });
    found.sort_unstable();
    found
}

/// The name a path ends with, if it stands behind a dot and has no island in it.
fn last_name(expression: &Expr) -> Option<TextRange> {
    let ExprKind::Chain { links, .. } = &expression.kind else {
        return None;
    };
    match &links.last()?.kind {
        LinkKind::Name(name) => name.as_text().map(|_| name.range),
        _ => None,
    }
}

/// The name a path begins with, if it has no island in it.
fn first_name(expression: &Expr) -> Option<TextRange> {
    match &expression.kind {
        ExprKind::Name(name) => name.as_text().map(|_| name.range),
        ExprKind::Chain { head, .. } => first_name(head),
        _ => None,
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
