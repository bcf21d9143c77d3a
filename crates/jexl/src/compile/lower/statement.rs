//! Statements and assignments.

use pipewright_syntax::{Block, Expr, ExprKind, InfixOp, Statement, StatementKind};

use super::{Lowering, Protection, island};
use crate::ErrorKind;
use crate::compile::code::{Assign, Code, For, LoopVariable, Member, Op, StepOp, Target};

impl Lowering {
    pub(super) fn statements(&mut self, statements: &[Statement]) -> Vec<Code> {
        let kept = statements
            .iter()
            .filter(|statement| !leaves_nothing(statement));
        kept.map(|statement| self.statement(statement)).collect()
    }

    pub(super) fn block(&mut self, block: &Block) -> Code {
        let statements = self.statements(&block.statements);
        self.code(block.range, Op::Block(statements))
    }

    pub(super) fn statement(&mut self, statement: &Statement) -> Code {
        let op = match &statement.kind {
            StatementKind::Nothing | StatementKind::Pragma { .. } => Op::Block(Vec::new()),
            StatementKind::Block(block) => Op::Block(self.statements(&block.statements)),
            StatementKind::Expr(expression) => return self.expr(expression),
            StatementKind::If {
                condition,
                then,
                otherwise,
            } => Op::If(Box::new((
                self.expr(condition),
                self.statement(then),
                otherwise.as_deref().map(|other| self.statement(other)),
            ))),
            StatementKind::For {
                declared,
                variable,
                items,
                body,
            } => {
                let text = variable.as_text().unwrap_or_default();
                let variable = if *declared {
                    LoopVariable::Local(self.frames.declare(variable))
                } else {
                    match self.frames.slot(text) {
                        Some(slot) => LoopVariable::Local(slot),
                        None => LoopVariable::Variable(text.into()),
                    }
                };
                Op::For(Box::new(For {
                    variable,
                    items: self.expr(items),
                    body: self.statement(body),
                }))
            }
            StatementKind::While { condition, body } => {
                Op::While(Box::new((self.expr(condition), self.statement(body))))
            }
            StatementKind::Return(value) => Op::Return(self.boxed(value)),
            StatementKind::Continue => Op::Continue,
            StatementKind::Break => Op::Break,
            StatementKind::Var { name, value } => {
                let slot = self.frames.declare(name);
                Op::Declare(slot, value.as_ref().map(|value| self.boxed(value)))
            }
        };
        self.code(statement.range, op)
    }

    pub(super) fn assign(&mut self, op: Option<InfixOp>, target: &Expr, value: &Expr) -> Op {
        let value = self.expr(value);
        let target = match &target.kind {
            ExprKind::Name(name) => match name.as_text() {
                Some(text) => match self.frames.slot(text) {
                    Some(slot) => Target::Local(slot),
                    None => Target::Variable(text.into()),
                },
                None => return Op::Constant(island()),
            },
            ExprKind::Chain { head, links } => {
                let mut chain = self.chain_of(head, links, Protection::None);
                let last = chain.steps.pop();
                let range = last.as_ref().map_or(target.range, |step| step.range);
                let member = match last.map(|step| step.op) {
                    Some(StepOp::Name(key)) => Member::Name(key),
                    Some(StepOp::Index(indexes)) => Member::Index(indexes),
                    _ => Member::Illegal,
                };
                Target::Member(Box::new(chain), member, range)
            }
            _ => {
                return Op::Fails(
                    ErrorKind::MethodFailed,
                    "this cannot be assigned to".to_owned(),
                );
            }
        };
        Op::Assign(Box::new(Assign { op, target, value }))
    }
}

/// Whether the original keeps nothing of a statement, so that the value of the one before it stays.
const fn leaves_nothing(statement: &Statement) -> bool {
    matches!(
        statement.kind,
        StatementKind::Nothing | StatementKind::Pragma { .. }
    )
}
