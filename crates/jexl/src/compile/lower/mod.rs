//! From syntax trees to code. What a tree may hold is lowered in the module of its name.

mod chain;
mod expression;
mod frames;
mod statement;

use pipewright_source::TextRange;
use pipewright_syntax::{Expr, ExprKind, Script, StatementKind};

use super::code::{Code, Op};
use crate::Value;
use frames::Frames;

/// Lowers one program.
#[derive(Default, Debug)]
pub(super) struct Lowering {
    frames: Frames,
    /// Set inside a template string, whose parts all stand where the string stands.
    place: Option<TextRange>,
}

/// Whether unknown names are null here: directly in a ternary or elvis.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Protection {
    None,
    Ternary,
}

impl Lowering {
    /// How many slots the program needs.
    pub(super) fn slots(&self) -> usize {
        self.frames.slots()
    }

    /// A whole program: a lambda that is everything is run, not returned.
    pub(super) fn program(&mut self, expression: &Expr) -> Code {
        self.whole(expression, |lowering| lowering.expr(expression))
    }

    pub(super) fn script(&mut self, script: &Script) -> Code {
        let range = match (script.statements.first(), script.statements.last()) {
            (Some(first), Some(last)) => first.range.cover(last.range),
            _ => TextRange::default(),
        };
        if let [only] = script.statements.as_slice()
            && let StatementKind::Expr(expression) = &only.kind
        {
            return self.whole(expression, |lowering| lowering.expr(expression));
        }
        let statements = self.statements(&script.statements);
        self.code(range, Op::Block(statements))
    }

    fn whole(&mut self, expression: &Expr, lower: impl FnOnce(&mut Self) -> Code) -> Code {
        let ExprKind::Lambda { parameters, body } = &expression.kind else {
            return lower(self);
        };
        for parameter in parameters {
            let slot = self.frames.declare(parameter);
            debug_assert!(slot < parameters.len());
        }
        self.block(body)
    }

    /// An expression inside a template string.
    pub(super) fn embedded(&mut self, expression: &Expr, range: TextRange) -> Code {
        let outer = self.place.replace(self.place.unwrap_or(range));
        let code = self.expr(expression);
        self.place = outer;
        code
    }

    fn code(&self, range: TextRange, op: Op) -> Code {
        Code {
            range: self.place.unwrap_or(range),
            op,
        }
    }
}

/// What an island inside a name or literal is worth before a run.
fn island() -> Value {
    Value::unknown("an expression inside the name or text")
}
