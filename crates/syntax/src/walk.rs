//! Walking a tree.

use crate::{Block, Expr, ExprKind, Link, LinkKind, Script, Statement, StatementKind};

impl Expr {
    /// Calls `visit` with this expression and every expression inside it, parents before children, left before right;
    /// the bodies of lambdas are inside too. Recursion is bounded by [`crate::MAX_NESTING`].
    pub fn walk<'e>(&'e self, visit: &mut impl FnMut(&'e Self)) {
        visit(self);
        self.for_each_child(&mut |child| child.walk(visit));
    }

    /// Calls `visit` with each expression directly below this one, from left to right. For a lambda these are the
    /// outermost expressions of its body.
    pub fn for_each_child<'e>(&'e self, visit: &mut dyn FnMut(&'e Self)) {
        match &self.kind {
            ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Number(_)
            | ExprKind::Str(_)
            | ExprKind::TemplateString(_)
            | ExprKind::Name(_) => {}
            ExprKind::Paren(inner) => visit(inner),
            ExprKind::Chain { head, links } => {
                visit(head);
                for link in links {
                    link_children(link, visit);
                }
            }
            ExprKind::Call {
                arguments: items, ..
            }
            | ExprKind::NamespaceCall {
                arguments: items, ..
            }
            | ExprKind::New(items)
            | ExprKind::Array { items, .. }
            | ExprKind::Set(items) => items.iter().for_each(visit),
            ExprKind::ParenCall { callee, calls } => {
                visit(callee);
                calls.iter().flatten().for_each(visit);
            }
            ExprKind::Map(entries) => {
                for (key, value) in entries {
                    visit(key);
                    visit(value);
                }
            }
            ExprKind::Lambda { body, .. } => block_children(body, visit),
            ExprKind::Unary { operand, .. } => visit(operand),
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
            ExprKind::Elvis { value, otherwise } => {
                visit(value);
                visit(otherwise);
            }
            ExprKind::Assign { target, value, .. } => {
                visit(target);
                visit(value);
            }
        }
    }
}

impl Statement {
    /// Calls `visit` with each outermost expression of this statement, from left to right.
    pub fn for_each_expr<'e>(&'e self, visit: &mut dyn FnMut(&'e Expr)) {
        match &self.kind {
            StatementKind::Nothing
            | StatementKind::Continue
            | StatementKind::Break
            | StatementKind::Pragma { .. }
            | StatementKind::Var { value: None, .. } => {}
            StatementKind::Block(block) => block_children(block, visit),
            StatementKind::Expr(expr)
            | StatementKind::Return(expr)
            | StatementKind::Var {
                value: Some(expr), ..
            } => visit(expr),
            StatementKind::If {
                condition,
                then,
                otherwise,
            } => {
                visit(condition);
                then.for_each_expr(visit);
                if let Some(otherwise) = otherwise {
                    otherwise.for_each_expr(visit);
                }
            }
            StatementKind::For {
                items: first, body, ..
            }
            | StatementKind::While {
                condition: first,
                body,
            } => {
                visit(first);
                body.for_each_expr(visit);
            }
        }
    }
}

impl Script {
    /// Calls `visit` with every expression of the script, as [`Expr::walk`] does.
    pub fn walk<'e>(&'e self, visit: &mut impl FnMut(&'e Expr)) {
        for statement in &self.statements {
            statement.for_each_expr(&mut |expr| expr.walk(visit));
        }
    }
}

fn link_children<'e>(link: &'e Link, visit: &mut dyn FnMut(&'e Expr)) {
    match &link.kind {
        LinkKind::Index(index) => visit(index),
        LinkKind::Call(arguments) => arguments.iter().for_each(visit),
        LinkKind::Name(_) | LinkKind::Quoted(_) | LinkKind::Size | LinkKind::Empty => {}
    }
}

fn block_children<'e>(block: &'e Block, visit: &mut dyn FnMut(&'e Expr)) {
    for statement in &block.statements {
        statement.for_each_expr(visit);
    }
}
