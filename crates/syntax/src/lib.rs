//! Grammars and syntax trees of Harness expressions: texts with islands, JEXL expressions, scripts, and predicates.

mod ast;
mod diagnose;
mod error;
mod grammar;
mod lower;
mod parse;
mod program;
mod template;

pub use ast::*;
pub use error::{SyntaxError, SyntaxErrorKind};
pub use parse::{
    parse_expression, parse_island, parse_island_script, parse_predicate, parse_predicate_script,
    parse_script,
};
pub use template::{Island, Template, parse_template};

/// How deep brackets, blocks and prefix operators may nest before a text is refused.
pub const MAX_NESTING: usize = 128;
