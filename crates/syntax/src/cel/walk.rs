//! Walking a tree.

use super::{Expr, ExprKind, InfixOp, Link, LinkKind, NumberForm, Quote, StringLiteral};

impl Expr {
    /// Whether something in the expression is written in a way that JEXL has not: `x in y`, `r"…"`, `1u`, `.?x`.
    pub fn has_own_syntax(&self) -> bool {
        let mut found = false;
        self.walk(&mut |expr| {
            found |= match &expr.kind {
                ExprKind::Infix { rest, .. } => rest.iter().any(|tail| tail.op == InfixOp::In),
                ExprKind::Str(literal) => is_own_string(literal),
                ExprKind::Number(number) => number.form == NumberForm::Unsigned,
                ExprKind::Chain { links, .. } => links.iter().any(is_own_link),
                ExprKind::List(items) => items.iter().any(|item| item.is_optional),
                ExprKind::Map(entries) => entries.iter().any(|entry| entry.is_optional),
                _ => false,
            };
        });
        found
    }

    /// Calls `visit` with this expression and every expression inside it, parents before children, left before right.
    /// Recursion is bounded by [`crate::MAX_NESTING`].
    pub fn walk<'e>(&'e self, visit: &mut impl FnMut(&'e Self)) {
        visit(self);
        self.for_each_child(&mut |child| child.walk(visit));
    }

    /// Calls `visit` with each expression directly below this one, from left to right.
    pub fn for_each_child<'e>(&'e self, visit: &mut dyn FnMut(&'e Self)) {
        match &self.kind {
            ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Number(_)
            | ExprKind::Str(_)
            | ExprKind::Name(_) => {}
            ExprKind::Call { arguments, .. } => arguments.iter().for_each(visit),
            ExprKind::Paren(inner) | ExprKind::Unary { operand: inner, .. } => visit(inner),
            ExprKind::Chain { head, links } => {
                visit(head);
                for link in links {
                    match &link.kind {
                        LinkKind::Member { .. } => {}
                        LinkKind::Method { arguments, .. } => {
                            for argument in arguments {
                                visit(argument);
                            }
                        }
                        LinkKind::Index { index, .. } => visit(index),
                        LinkKind::Fields(fields) => {
                            for field in fields {
                                visit(&field.value);
                            }
                        }
                    }
                }
            }
            ExprKind::List(items) => {
                for item in items {
                    visit(&item.value);
                }
            }
            ExprKind::Map(entries) => {
                for entry in entries {
                    visit(&entry.key);
                    visit(&entry.value);
                }
            }
            ExprKind::Infix { first, rest } => {
                visit(first);
                for tail in rest {
                    visit(&tail.operand);
                }
            }
            ExprKind::Ternary {
                condition,
                then,
                otherwise,
            } => {
                visit(condition);
                visit(then);
                visit(otherwise);
            }
        }
    }
}

const fn is_own_string(literal: &StringLiteral) -> bool {
    literal.is_raw
        || literal.is_bytes
        || matches!(literal.quote, Quote::TripleDouble | Quote::TripleSingle)
}

const fn is_own_link(link: &Link) -> bool {
    match &link.kind {
        LinkKind::Member { is_optional, .. } | LinkKind::Index { is_optional, .. } => *is_optional,
        LinkKind::Method { .. } => false,
        LinkKind::Fields(_) => true,
    }
}
