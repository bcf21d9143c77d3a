//! Expressions.

use std::sync::Arc;

use pipewright_syntax::{Block, Expr, ExprKind, InfixOp, InfixTail, Name, UnaryOp};

use super::{Lowering, Protection, island};
use crate::compile::code::{Code, Function, Infix, InfixStep, LambdaCode, Op, Unary, Variable};
use crate::compile::{number, template};
use crate::{ErrorKind, Value, methods, operators};

impl Lowering {
    pub(super) fn exprs(&mut self, expressions: &[Expr]) -> Vec<Code> {
        expressions.iter().map(|item| self.expr(item)).collect()
    }

    pub(super) fn expr(&mut self, expression: &Expr) -> Code {
        self.guarded(expression, Protection::None)
    }

    pub(super) fn boxed(&mut self, expression: &Expr) -> Box<Code> {
        Box::new(self.expr(expression))
    }

    pub(super) fn guarded(&mut self, expression: &Expr, protection: Protection) -> Code {
        let op = self.op(expression, protection);
        self.code(expression.range, op)
    }

    pub(super) fn op(&mut self, expression: &Expr, protection: Protection) -> Op {
        match &expression.kind {
            ExprKind::Null => Op::Constant(Value::Null),
            ExprKind::Bool(value) => Op::Constant(Value::Boolean(*value)),
            ExprKind::Number(literal) => constant(number::value(literal)),
            ExprKind::Str(literal) => match literal.as_text() {
                Some(text) => Op::Constant(Value::from(text)),
                None => Op::Constant(island()),
            },
            ExprKind::TemplateString(text) => template::lower(text, expression.range, self),
            ExprKind::Name(name) => self.name(name, protection),
            ExprKind::Paren(inner) => Op::Group(self.boxed(inner)),
            ExprKind::Chain { head, links } => self.chain(head, links, protection),
            ExprKind::Call {
                function,
                arguments,
            } => self.function(function, arguments),
            ExprKind::ParenCall { callee, calls } => Op::Invoke {
                callee: self.boxed(callee),
                calls: calls
                    .iter()
                    .map(|arguments| self.exprs(arguments))
                    .collect(),
            },
            ExprKind::NamespaceCall { namespace, .. } => Op::Fails(
                ErrorKind::UnknownNamespace,
                format!(
                    "there is no namespace of functions named {}",
                    namespace.as_text().unwrap_or("…")
                ),
            ),
            ExprKind::New(_) => Op::Refused("new(…) makes Java objects, which is not offered"),
            ExprKind::Array { items, ellipsis } => {
                let items = self.exprs(items);
                if *ellipsis {
                    Op::List(items)
                } else {
                    Op::Array(items)
                }
            }
            ExprKind::Set(items) => Op::Set(self.exprs(items)),
            ExprKind::Map(entries) => Op::Map(
                entries
                    .iter()
                    .map(|(key, value)| (self.expr(key), self.expr(value)))
                    .collect(),
            ),
            ExprKind::Lambda { parameters, body } => self.lambda(parameters, body),
            ExprKind::Unary { op, operand, .. } => self.unary(*op, operand),
            ExprKind::Infix { first, rest } => self.infix(first, rest),
            ExprKind::Ternary {
                condition,
                then,
                otherwise,
            } => Op::Ternary(Box::new((
                self.guarded(condition, Protection::Ternary),
                self.guarded(then, Protection::Ternary),
                self.guarded(otherwise, Protection::Ternary),
            ))),
            ExprKind::Elvis { value, otherwise } => Op::Elvis(Box::new((
                self.guarded(value, Protection::Ternary),
                self.guarded(otherwise, Protection::Ternary),
            ))),
            ExprKind::Assign {
                op, target, value, ..
            } => self.assign(*op, target, value),
        }
    }

    fn name(&mut self, name: &Name, protection: Protection) -> Op {
        let Some(text) = name.as_text() else {
            return Op::Constant(island());
        };
        match self.frames.slot(text) {
            Some(slot) => Op::Local(slot),
            None => Op::Variable(Box::new(Variable {
                name: text.into(),
                protected: protection == Protection::Ternary,
            })),
        }
    }

    fn function(&mut self, name: &Name, arguments: &[Expr]) -> Op {
        let Some(text) = name.as_text() else {
            return Op::Constant(island());
        };
        Op::Function(Box::new(Function {
            slot: self.frames.slot(text),
            functions: methods::functions(text),
            name: text.into(),
            arguments: self.exprs(arguments),
        }))
    }

    fn lambda(&mut self, parameters: &[Name], body: &Block) -> Op {
        let parameters = self.frames.enter(parameters);
        let body = self.block(body);
        let frame = self.frames.leave();
        Op::Lambda(Arc::new(LambdaCode {
            parameters,
            slots: frame.slots,
            captured: frame.captured,
            body,
        }))
    }

    fn unary(&mut self, op: UnaryOp, operand: &Expr) -> Op {
        if let (UnaryOp::Negate, ExprKind::Number(literal)) = (op, &operand.kind) {
            let negated = number::value(literal).and_then(|value| operators::negate(&value));
            let plain = literal.suffix.is_none();
            return constant(negated.map(|value| {
                if plain {
                    operators::narrow_to(value)
                } else {
                    value
                }
            }));
        }
        let op = match op {
            UnaryOp::Negate => Unary::Negate,
            UnaryOp::Complement => Unary::Complement,
            UnaryOp::Not => Unary::Not,
            UnaryOp::Empty => Unary::Empty,
            UnaryOp::Size => Unary::Size,
        };
        Op::Unary(op, self.boxed(operand))
    }

    /// One precedence level, from left to right. Runs stay flat, however long.
    fn infix(&mut self, first: &Expr, rest: &[InfixTail]) -> Op {
        let only = |op: InfixOp| rest.iter().all(|tail| tail.op == op);
        for (op, make) in [
            (InfixOp::And, Op::And as fn(Vec<Code>) -> Op),
            (InfixOp::Or, Op::Or),
        ] {
            if only(op) {
                let mut operands = vec![self.expr(first)];
                operands.extend(rest.iter().map(|tail| self.expr(&tail.operand)));
                return make(operands);
            }
        }
        let range = |operand: &Expr| first.range.cover(operand.range);
        Op::Infix(Box::new(Infix {
            first: self.expr(first),
            rest: rest
                .iter()
                .map(|tail| InfixStep {
                    op: tail.op,
                    operand: self.expr(&tail.operand),
                    range: self.place.unwrap_or_else(|| range(&tail.operand)),
                })
                .collect(),
        }))
    }
}

/// A value known when compiling, or the error it is.
fn constant(value: crate::OpResult) -> Op {
    match value {
        Ok(value) => Op::Constant(value),
        Err(crate::Failure::Error { kind, message }) => Op::Fails(kind, message),
        Err(crate::Failure::Unknown(unknown)) => Op::Constant(Value::Unknown(unknown)),
    }
}
