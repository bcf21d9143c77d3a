//! CEL, the language between `${{` and `}}` of pipelines of the new experience (`spec/v1.md` §9).
//!
//! Grammar: `grammar/cel.pest`. As in the tree of JEXL every node carries its range in the text that was parsed, chains and
//! runs of operators are flat, and equality leaves ranges out. An island of either language is a name, or a piece of a name
//! or string.

mod ast;
mod literal;
mod lower;
mod paths;
mod print;
mod walk;

pub use ast::*;
pub use print::print_expression;

use pest::Parser as _;

use crate::diagnose::diagnose_cel;
use crate::grammar::cel::{CelParser, Rule};
use crate::nesting::too_deep;
use crate::parse::{check_length, island_program, with_room};
use crate::program::Program;
use crate::{IslandId, Language, SyntaxError, Template};
use lower::Lowering;

pub(crate) use lower::infix_level;

/// Reads an expression of CEL, or nothing but blanks (`Ok(None)`).
///
/// ```
/// use pipewright_syntax::cel::{parse_expression, print_expression};
///
/// let expression = parse_expression("size(inputs.tags)>0&&has(inputs.env)").unwrap().unwrap();
/// assert_eq!(print_expression(&expression, |_| ""), "size(inputs.tags) > 0 && has(inputs.env)");
/// ```
///
/// # Errors
/// For what no reader of CEL takes; see [`SyntaxError`].
pub fn parse_expression(text: &str) -> Result<Option<Expr>, SyntaxError> {
    read(&Program::plain(text))
}

/// Reads the inside of an island of `text`. The islands directly inside it stand for, or inside, a name or a string.
/// Ranges and island ids are those of `text` and `template`.
///
/// # Errors
/// As [`parse_expression`].
pub fn parse_island(
    text: &str,
    template: &Template,
    island: IslandId,
) -> Result<Option<Expr>, SyntaxError> {
    read(&island_program(text, template, island)?)
}

fn read(program: &Program<'_>) -> Result<Option<Expr>, SyntaxError> {
    check_length(program)?;
    if let Some(at) = too_deep(&program.text, Language::Cel) {
        let range = program.range(at.start() as usize, at.end() as usize);
        return Err(SyntaxError::too_deep(range));
    }
    with_room(&program.text, || {
        let pairs = CelParser::parse(Rule::expression, &program.text)
            .map_err(|error| diagnose_cel(program, &error))?;
        Lowering::new(program).expression(pairs)
    })
}
