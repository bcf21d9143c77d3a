//! Syntax trees made from bytes: statements.

use super::tree::{Maker, NOWHERE, expr};
use crate::print::ends_in_expression;
use crate::{Block, Expr, ExprKind, Script, Statement, StatementKind};

impl Maker<'_, '_> {
    /// Any script.
    pub fn script(&mut self) -> Script {
        let count = self.bytes.below(6);
        Script {
            statements: self.statements(count),
        }
    }

    /// The braces behind a lambda, or as a branch.
    pub(super) fn block(&mut self) -> Block {
        let count = self.bytes.below(4);
        Block {
            range: NOWHERE,
            statements: self.statements(count),
        }
    }

    fn statements(&mut self, count: usize) -> Vec<Statement> {
        let mut statements: Vec<Statement> = Vec::new();
        for _ in 0..count {
            let next = self.statement();
            if statements.last().is_some_and(ends_in_expression) && may_go_on(&next) {
                statements.push(statement(StatementKind::Nothing));
            }
            statements.push(next);
        }
        statements
    }

    /// A statement among others.
    fn statement(&mut self) -> Statement {
        if self.bytes.chance(20) {
            return self.lone_block();
        }
        statement(self.statement_kind())
    }

    fn statement_kind(&mut self) -> StatementKind {
        self.depth += 1;
        let kind = match self.bytes.below(16) {
            0..=4 => StatementKind::Expr(self.expr()),
            5 => StatementKind::Nothing,
            6 | 7 => self.if_statement(),
            8 => StatementKind::For {
                declared: self.bytes.chance(128),
                variable: self.variable(),
                items: self.expr(),
                body: self.loop_body(),
            },
            9 => StatementKind::While {
                condition: self.expr(),
                body: self.loop_body(),
            },
            10 | 11 => StatementKind::Return(self.expr()),
            12 | 13 => StatementKind::Var {
                name: self.variable(),
                value: self.bytes.chance(200).then(|| self.expr()),
            },
            14 if self.loops > 0 => {
                if self.bytes.chance(128) {
                    StatementKind::Continue
                } else {
                    StatementKind::Break
                }
            }
            _ => StatementKind::Pragma {
                key: self.variable(),
                value: Box::new(self.pragma_value()),
            },
        };
        self.depth -= 1;
        kind
    }

    /// A block that is no branch: it needs a `;` behind its first statement, or it would be a set.
    fn lone_block(&mut self) -> Statement {
        let mut block = self.block();
        match block.statements.first() {
            None => block
                .statements
                .push(statement(StatementKind::Expr(expr(ExprKind::Null)))),
            Some(first) if !matches!(first.kind, StatementKind::Expr(_)) => {
                block
                    .statements
                    .insert(1, statement(StatementKind::Nothing));
            }
            Some(_) => {}
        }
        statement(StatementKind::Block(block))
    }

    fn if_statement(&mut self) -> StatementKind {
        let condition = self.expr();
        let mut then = self.branch();
        let otherwise = self.bytes.chance(128).then(|| Box::new(self.branch()));
        if otherwise.is_some() && takes_else(&then) {
            then = braced(then);
        }
        StatementKind::If {
            condition,
            then: Box::new(then),
            otherwise,
        }
    }

    fn loop_body(&mut self) -> Box<Statement> {
        self.loops += 1;
        let body = self.branch();
        self.loops -= 1;
        Box::new(body)
    }

    /// A branch: braces are always a block here.
    fn branch(&mut self) -> Statement {
        if self.bytes.chance(128) {
            return statement(StatementKind::Block(self.block()));
        }
        let branch = statement(self.statement_kind());
        if begins_with_brace(&branch) {
            return braced(branch);
        }
        branch
    }

    fn pragma_value(&mut self) -> Expr {
        expr(match self.bytes.below(5) {
            0 => ExprKind::Name(self.variable()),
            1 => ExprKind::Number(self.number()),
            2 => ExprKind::Str(self.string()),
            3 => ExprKind::Null,
            _ => ExprKind::Bool(self.bytes.chance(128)),
        })
    }
}

fn statement(kind: StatementKind) -> Statement {
    Statement {
        range: NOWHERE,
        kind,
    }
}

fn braced(inner: Statement) -> Statement {
    statement(StatementKind::Block(Block {
        range: NOWHERE,
        statements: vec![inner],
    }))
}

/// Whether an `else` behind the statement would be its own.
fn takes_else(statement: &Statement) -> bool {
    match &statement.kind {
        StatementKind::If {
            otherwise: None, ..
        } => true,
        StatementKind::If {
            otherwise: Some(last),
            ..
        }
        | StatementKind::For { body: last, .. }
        | StatementKind::While { body: last, .. } => takes_else(last),
        _ => false,
    }
}

/// Whether what stands before without `;` could go on with the statement's first sign.
fn may_go_on(statement: &Statement) -> bool {
    let StatementKind::Expr(expr) = &statement.kind else {
        return false;
    };
    first_sign(expr).is_some_and(|sign| matches!(sign, '(' | '[' | '-'))
}

fn begins_with_brace(statement: &Statement) -> bool {
    matches!(&statement.kind, StatementKind::Expr(expr) if first_sign(expr) == Some('{'))
}

/// The sign an expression is printed with first, if it is a bracket or a minus; a lambda can be printed without one.
fn first_sign(expr: &Expr) -> Option<char> {
    match &expr.kind {
        ExprKind::Paren(_) | ExprKind::ParenCall { .. } => Some('('),
        ExprKind::Array { .. } => Some('['),
        ExprKind::Set(_) | ExprKind::Map(_) => Some('{'),
        ExprKind::Unary {
            op: crate::UnaryOp::Negate,
            ..
        } => Some('-'),
        ExprKind::Chain { head: first, .. }
        | ExprKind::Infix { first, .. }
        | ExprKind::Ternary {
            condition: first, ..
        }
        | ExprKind::Elvis { value: first, .. }
        | ExprKind::Assign { target: first, .. } => first_sign(first),
        _ => None,
    }
}
