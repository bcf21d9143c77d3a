//! Secrets in expressions: `secrets.getValue("name")` (`spec/engine.md` §8).

use pipewright_syntax::{Expr, ExprKind, IslandId, Link, LinkKind};

use crate::Text;
use crate::expressions::without_parentheses;

/// A call that stands for a secret.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SecretCall<'a> {
    /// Its arguments.
    pub(crate) arguments: &'a [Expr],
    /// What is done with what it gives.
    pub(crate) links: &'a [Link],
}

/// The call that an expression begins with, if it is one.
pub(crate) fn secret_call(expr: &Expr) -> Option<SecretCall<'_>> {
    let ExprKind::Chain { head, links } = &expr.kind else {
        return None;
    };
    let is_secrets =
        matches!(&head.kind, ExprKind::Name(name) if name.as_text() == Some("secrets"));
    let [get_value, call, links @ ..] = links.as_slice() else {
        return None;
    };
    let is_get_value =
        matches!(&get_value.kind, LinkKind::Name(name) if name.as_text() == Some("getValue"));
    match &call.kind {
        LinkKind::Call(arguments) if is_secrets && is_get_value => {
            Some(SecretCall { arguments, links })
        }
        _ => None,
    }
}

/// Whether an expression is a secret as a whole: the call, or an island that is one.
pub(crate) fn is_secret(text: &Text, expr: &Expr) -> bool {
    let expr = without_parentheses(expr);
    if let Some(island) = island_of(expr) {
        return is_secret_island(text, island);
    }
    secret_call(expr).is_some_and(|call| call.links.is_empty())
}

/// Whether an island holds a secret and nothing else.
pub(crate) fn is_secret_island(text: &Text, island: IslandId) -> bool {
    let parsed = text.island(island).and_then(|parsed| parsed.as_ref().ok());
    let tree = parsed.and_then(Option::as_ref);
    tree.is_some_and(|tree| is_secret(text, tree))
}

fn island_of(expr: &Expr) -> Option<IslandId> {
    match &expr.kind {
        ExprKind::Name(name) => name.as_island(),
        _ => None,
    }
}

/// The links that stand behind a secret in an expression: methods and members of what is only a placeholder.
pub(crate) fn links_behind_secret<'e>(text: &Text, expr: &'e Expr) -> &'e [Link] {
    if let Some(call) = secret_call(expr) {
        return call.links;
    }
    match &expr.kind {
        ExprKind::Chain { head, links } if is_secret(text, head) => links,
        _ => &[],
    }
}
