//! The text of a condition, cut where its operators are.

use pipewright_syntax::{
    Expr, ExprKind, IslandId, parse_expression, parse_predicate, parse_template,
};

/// A condition or the inside of one of its islands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConditionText {
    text: String,
    /// Whether its names are written without delimiters, so that a part of it needs some.
    is_bare: bool,
}

impl ConditionText {
    /// A condition as it is written.
    pub fn new(text: &str) -> Self {
        Self::of(text, false)
    }

    fn of(text: &str, is_bare: bool) -> Self {
        Self {
            text: text.trim().to_owned(),
            is_bare,
        }
    }

    /// Its syntax tree; `None` where it cannot be read.
    pub fn expression(&self) -> Option<Expr> {
        if self.is_bare {
            return parse_expression(&self.text).ok()?;
        }
        parse_predicate(&self.text, &parse_template(&self.text)).ok()?
    }

    /// What stands in an island; where islands stand in it, it is read as a condition is.
    pub fn inside(&self, island: IslandId) -> Option<Self> {
        let template = parse_template(&self.text);
        let is_bare = template.children(island).next().is_none();
        let inner = template.get(island)?.inner.slice(&self.text);
        Some(Self::of(&inner.replace("\\>", ">"), is_bare))
    }

    /// Whether it is more than a name.
    pub fn has_operators(&self) -> bool {
        let kind = self.expression().map(|expression| expression.kind);
        matches!(
            kind,
            Some(ExprKind::Infix { .. } | ExprKind::Paren(_) | ExprKind::Unary { .. })
        )
    }

    /// The whole as a condition by itself.
    pub fn whole(&self) -> String {
        self.written(&self.text)
    }

    /// A part as a condition by itself.
    pub fn part(&self, expression: &Expr) -> String {
        self.written(expression.range.slice(&self.text))
    }

    fn written(&self, part: &str) -> String {
        if self.is_bare {
            format!("<+{}>", part.replace('>', "\\>"))
        } else {
            part.to_owned()
        }
    }
}
