//! From pest's pairs to the tree. Here also stand the rules of the language that its grammar leaves open: precedence,
//! comparisons that do not chain, what may be assigned to, and loops around `break`.

mod literal;
mod operators;
mod primary;
mod statement;
mod target;

use pest::iterators::{Pair, Pairs};
use pipewright_source::TextRange;

use crate::grammar::expression::Rule;
use crate::program::Program;
use crate::{Expr, Script, SyntaxError};

pub(crate) use operators::{Level, infix_level};
pub(crate) use target::can_be_assigned;

type Result<T> = std::result::Result<T, SyntaxError>;

/// Builds the tree of one program.
pub(crate) struct Lowering<'p> {
    program: &'p Program<'p>,
    /// Where the text that pest has seen begins in the program.
    offset: usize,
    /// How many loops stand around the current statement.
    loops: usize,
}

impl<'p> Lowering<'p> {
    pub(crate) fn new(program: &'p Program<'p>, offset: usize) -> Self {
        Self {
            program,
            offset,
            loops: 0,
        }
    }

    /// The expression below an `expression` pair.
    pub(crate) fn expression(&mut self, pairs: Pairs<'_, Rule>) -> Result<Option<Expr>> {
        let pair = content(pairs).find(|pair| pair.as_rule() == Rule::expr);
        pair.map(|pair| self.expr(pair)).transpose()
    }

    /// The statements below a `script` pair.
    pub(crate) fn script(&mut self, pairs: Pairs<'_, Rule>) -> Result<Script> {
        let statements = content(pairs)
            .filter(|pair| pair.as_rule() != Rule::EOI)
            .map(|pair| self.statement(pair))
            .collect::<Result<_>>()?;
        Ok(Script { statements })
    }

    fn range(&self, pair: &Pair<'_, Rule>) -> TextRange {
        let span = pair.as_span();
        self.program
            .range(span.start() + self.offset, span.end() + self.offset)
    }
}

fn content(pairs: Pairs<'_, Rule>) -> impl Iterator<Item = Pair<'_, Rule>> {
    pairs.flat_map(Pair::into_inner)
}
