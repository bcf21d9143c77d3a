//! From "it does not parse" to a sentence for people.

use pest::error::{Error, InputLocation};
use pipewright_source::TextRange;

use crate::grammar::expression::Rule;
use crate::program::Program;
use crate::{SyntaxError, SyntaxErrorKind};

/// Says what is wrong where pest gave up.
pub(crate) fn diagnose(
    program: &Program<'_>,
    trimmed: TextRange,
    _rule: Rule,
    error: &Error<Rule>,
) -> SyntaxError {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let at = at + trimmed.start() as usize;
    let rest = program.text.get(at..).unwrap_or("");
    let width = rest.chars().next().map_or(0, char::len_utf8);
    let message = match rest.chars().next() {
        None => "the expression ends too early".to_owned(),
        Some(found) => format!("`{found}` cannot stand here"),
    };
    SyntaxError::new(
        program.range(at, at + width),
        SyntaxErrorKind::Unexpected,
        message,
    )
}
