//! Compiling: from the syntax tree to [`code`].

pub(crate) mod code;
mod lower;
mod number;
mod template;

use pipewright_source::TextRange;
use pipewright_syntax::{Expr, Script};

use code::Code;
use lower::Lowering;

/// What running a program needs.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) body: Code,
    /// How many local variables it has.
    pub(crate) slots: usize,
}

/// Compiles an expression. Names that hold islands are unknown values.
pub(crate) fn expression(expression: &Expr) -> Compiled {
    compiled(|lowering| lowering.program(expression))
}

/// Compiles a script.
pub(crate) fn script(script: &Script) -> Compiled {
    compiled(|lowering| lowering.script(script))
}

fn compiled(lower: impl FnOnce(&mut Lowering) -> Code) -> Compiled {
    let mut lowering = Lowering::default();
    let body = lower(&mut lowering);
    let slots = lowering.slots();
    Compiled { body, slots }
}

/// Compiles an expression inside a template string; one of nothing but blanks gives none.
fn embedded(
    source: &str,
    range: TextRange,
    lowering: &mut Lowering,
) -> Result<Option<Code>, String> {
    match pipewright_syntax::parse_expression(source.trim()) {
        Ok(Some(expression)) => Ok(Some(lowering.embedded(&expression, range))),
        Ok(None) => Ok(None),
        Err(error) => Err(error.message),
    }
}
