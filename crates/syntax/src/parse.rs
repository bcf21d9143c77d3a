//! The ways into the parser.

use pest::Parser as _;
use pest::iterators::Pairs;
use pipewright_source::TextRange;

use crate::diagnose::diagnose;
use crate::grammar::expression::{ExpressionParser, Rule};
use crate::lower::Lowering;
use crate::nesting::{may_nest_deep, too_deep};
use crate::program::Program;
use crate::{
    Expr, IslandId, Language, MAX_NESTING, MAX_SOURCE_BYTES, Script, SyntaxError, SyntaxErrorKind,
    Template,
};

/// Reads plain JEXL: one expression, or nothing (`Ok(None)`).
///
/// Islands mean nothing here; for a text with islands see [`parse_predicate`] and [`parse_island`].
pub fn parse_expression(text: &str) -> Result<Option<Expr>, SyntaxError> {
    expression(&Program::plain(text))
}

/// Reads plain JEXL statements. An empty text is a script of no statements.
pub fn parse_script(text: &str) -> Result<Script, SyntaxError> {
    script(&Program::plain(text))
}

/// Reads a predicate: the whole `text` as one expression in which each outermost island of `template` stands for, or
/// inside, a name, a dotted name or a string. Ranges and island ids are those of `text` and `template`.
pub fn parse_predicate(text: &str, template: &Template) -> Result<Option<Expr>, SyntaxError> {
    expression(&Program::predicate(text, template))
}

/// Reads a predicate as a script.
pub fn parse_predicate_script(text: &str, template: &Template) -> Result<Script, SyntaxError> {
    script(&Program::predicate(text, template))
}

/// Reads the inside of an island of `text` as an expression; the islands directly inside it stand as in
/// [`parse_predicate`], and each `\>` counts as `>`. Ranges are those of `text`.
pub fn parse_island(
    text: &str,
    template: &Template,
    island: IslandId,
) -> Result<Option<Expr>, SyntaxError> {
    expression(&island_program(text, template, island)?)
}

/// Reads the inside of an island as a script.
pub fn parse_island_script(
    text: &str,
    template: &Template,
    island: IslandId,
) -> Result<Script, SyntaxError> {
    script(&island_program(text, template, island)?)
}

/// Islands inside an island at the limit are not in the template, so nothing could stand for them.
pub(crate) fn island_program<'t>(
    text: &'t str,
    template: &Template,
    id: IslandId,
) -> Result<Program<'t>, SyntaxError> {
    match template.get(id) {
        Some(island) if template.level(id) > MAX_NESTING => {
            Err(SyntaxError::too_deep(island.range))
        }
        _ => Ok(Program::island(text, template, id)),
    }
}

/// Room on the stack for a text nested to the limit, in bytes: several times what a build without optimization takes.
/// Threads of tests and of thread pools have 2 MiB, where half the limit would overflow in such a build.
const ROOM: usize = 16 * 1024 * 1024;

fn expression(program: &Program<'_>) -> Result<Option<Expr>, SyntaxError> {
    let is_short = program.text.len() <= MAX_SOURCE_BYTES;
    match is_short.then(|| program.path()).flatten() {
        Some(path) => Ok(Some(path)),
        None => expression_by_grammar(program),
    }
}

/// Reads a program as the grammar says, whatever it is.
pub(crate) fn expression_by_grammar(program: &Program<'_>) -> Result<Option<Expr>, SyntaxError> {
    let trimmed = read(program)?;
    with_room(&program.text, || {
        let pairs = parse(Rule::expression, program, trimmed)?;
        Lowering::new(program, trimmed.start() as usize).expression(pairs)
    })
}

fn script(program: &Program<'_>) -> Result<Script, SyntaxError> {
    let trimmed = read(program)?;
    with_room(&program.text, || {
        let pairs = parse(Rule::script, program, trimmed)?;
        Lowering::new(program, trimmed.start() as usize).script(pairs)
    })
}

/// Runs the parser with enough stack; texts that cannot nest deep stay on the stack there is.
pub(crate) fn with_room<T>(text: &str, parse: impl FnOnce() -> T) -> T {
    if may_nest_deep(text) {
        stacker::maybe_grow(ROOM, ROOM, parse)
    } else {
        parse()
    }
}

/// Refuses a program that is too long.
pub(crate) fn check_length(program: &Program<'_>) -> Result<(), SyntaxError> {
    if program.text.len() <= MAX_SOURCE_BYTES {
        return Ok(());
    }
    let whole = program.range(0, program.text.len());
    let message = format!("the source is longer than {} KiB", MAX_SOURCE_BYTES >> 10);
    Err(SyntaxError::new(whole, SyntaxErrorKind::TooLong, message))
}

/// The part of the program that counts, if it may be parsed at all.
fn read(program: &Program<'_>) -> Result<TextRange, SyntaxError> {
    check_length(program)?;
    let Some(trimmed) = program.trimmed() else {
        return Err(SyntaxError::new(
            program.range(0, program.text.len()),
            SyntaxErrorKind::BlankSource,
            "there is nothing but blanks here",
        )
        .with_hint("JEXL 3.0 fails on such a text; leave it empty or write an expression"));
    };
    match too_deep(&program.text, Language::Jexl) {
        None => Ok(trimmed),
        Some(at) => Err(SyntaxError::too_deep(
            program.range(at.start() as usize, at.end() as usize),
        )),
    }
}

fn parse<'p>(
    rule: Rule,
    program: &'p Program<'_>,
    trimmed: TextRange,
) -> Result<Pairs<'p, Rule>, SyntaxError> {
    ExpressionParser::parse(rule, trimmed.slice(&program.text))
        .map_err(|error| diagnose(program, trimmed, rule, &error))
}
