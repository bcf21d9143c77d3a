//! CEL, the language between `${{` and `}}` of pipelines of the new experience (`spec/v1.md` §9).
//!
//! Grammar: `grammar/cel.pest`. As in the tree of JEXL every node carries its range in the text that was parsed, chains
//! and runs of operators are flat, and equality leaves ranges out. An island of either language is a name, or a piece
//! of a name or string.

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
use crate::{
    Island, IslandId, Language, Languages, SyntaxError, SyntaxErrorKind, Template, TokenKind,
    parse_template_of, tokens_of,
};
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
/// As [`parse_expression`]; of kind [`SyntaxErrorKind::BracesInside`] where it could be read if the island did not end
/// at its first `}}` but where its braces balance, and nobody outside of Harness knows which of them the engine takes.
pub fn parse_island(
    text: &str,
    template: &Template,
    island: IslandId,
) -> Result<Option<Expr>, SyntaxError> {
    let read = read(&island_program(text, template, island)?);
    read.map_err(|error| match template.get(island) {
        Some(island) if is_right_further_on(text, island) => SyntaxError {
            kind: SyntaxErrorKind::BracesInside,
            ..error
        },
        _ => error,
    })
}

/// How far behind the beginning of an island its braces may balance, in bytes.
const FURTHEST: usize = 4096;

/// Whether an island could be read if it ended where its braces balance.
fn is_right_further_on(text: &str, island: &Island) -> bool {
    let start = island.inner.start() as usize;
    let furthest = text.len().min(start + FURTHEST);
    let furthest = (start..=furthest)
        .rev()
        .find(|at| text.is_char_boundary(*at));
    let rest = &text[start..furthest.unwrap_or(start)];
    let Some(end) = balanced_end(rest).filter(|end| *end > island.inner.len() as usize) else {
        return false;
    };
    let content = &rest[..end];
    let template = parse_template_of(content, Languages::JexlAndCel);
    parse_text(content, &template).is_ok()
}

/// Where the braces of a text that stands behind a `${{` close one more than they open, outside of quotes.
fn balanced_end(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    for token in tokens_of(text, Language::Cel) {
        let at = token.range.start() as usize;
        match token.range.slice(text) {
            "{" if token.kind == TokenKind::Open => open += 1,
            "}" if token.kind == TokenKind::Close && open == 0 => {
                return text[at..].starts_with("}}").then_some(at);
            }
            "}" if token.kind == TokenKind::Close => open -= 1,
            _ => {}
        }
    }
    None
}

/// Reads a whole text; the outermost islands of `template` stand for, or inside, a name or a string.
///
/// # Errors
/// As [`parse_expression`].
pub fn parse_text(text: &str, template: &Template) -> Result<Option<Expr>, SyntaxError> {
    read(&Program::predicate(text, template))
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
