//! Grammars and syntax trees of Harness expressions: texts with islands, JEXL expressions, scripts, and predicates.

mod ast;
mod template;

pub use ast::*;
pub use template::{Island, Template};

/// How deep brackets, blocks and prefix operators may nest before a text is refused.
pub const MAX_NESTING: usize = 128;
