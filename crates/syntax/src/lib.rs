//! Grammars and syntax trees of Harness expressions: texts with islands, JEXL expressions, scripts, and predicates.

#![warn(clippy::disallowed_methods)]

mod ast;
pub mod cel;
mod diagnose;
mod error;
mod first_generation;
#[doc(hidden)]
pub mod fuzzing;
mod grammar;
mod language;
mod lower;
mod marks;
mod nesting;
mod parse;
mod path;
mod print;
mod program;
mod runtime_input;
mod slips;
mod template;
mod tokens;
mod two_languages;
mod unclosed;
mod walk;

pub use ast::*;
pub use error::{SyntaxError, SyntaxErrorKind};
pub use first_generation::{first_generation, instead_of_first_generation};
pub use language::{Language, Languages};
pub use parse::{
    parse_expression, parse_island, parse_island_script, parse_predicate, parse_predicate_script,
    parse_script,
};
pub use print::{print_expression, print_script};
pub use runtime_input::{
    Modifier, ModifierKind, RuntimeInput, is_runtime_input, parse_runtime_input,
};
pub use slips::{HyphenatedName, NameParts, called_functions, decrement, hyphenated_names};
pub use template::{Island, Template, has_island, open_jexl, parse_template};
pub use tokens::{Token, TokenKind, tokens, tokens_of};
pub use two_languages::{has_island_of, open_cel, parse_balanced, parse_template_of};

/// How deep a text may nest before it is refused: brackets, blocks, prefix operators, the right sides of `?`, `?:` and
/// assignments, statements in statements, and within one pair of brackets each level of precedence after the first.
/// No tree is deeper than four times this.
pub const MAX_NESTING: usize = 128;

/// How many bytes an expression or script may have. A tree takes some hundred times the memory of its text; published
/// pipelines hold no expression of more than some kilobytes.
pub const MAX_SOURCE_BYTES: usize = 1 << 20;
