//! Scripts, read as far as rules need it: where in the text of its language an expression stands.
//!
//! Expressions are put in before the script runs, so that their value is part of the program. What the shell makes of
//! it depends on the quotes around it. The lexers know strings, comments and commands of their language and nothing
//! else.

mod lexer;
mod powershell;
mod python;
mod shell;
#[cfg(test)]
mod tests;

use pipewright_model::ScriptLanguage;
use pipewright_source::TextRange;

/// A script with the places of its outermost expressions.
#[derive(Debug, Default)]
pub(crate) struct Script {
    /// One for each expression, in their order.
    pub(crate) places: Vec<Place>,
    /// The commands, in the order of the text.
    pub(crate) commands: Vec<Command>,
}

/// Where an expression stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    /// The quotes around it.
    pub(crate) quoting: Quoting,
    /// The place of its command in [`Script::commands`]; `None` in a comment.
    pub(crate) command: Option<usize>,
}

/// The quotes around an expression.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Quoting {
    /// None: it is part of the program.
    Bare,
    /// Such as nothing inside them is looked at: `'…'`.
    Single,
    /// Such as variables and commands inside them are looked at: `"…"`.
    Double,
    /// A here-document or here-string whose text is looked at.
    HereDocument,
    /// One whose text is taken as it is: `<<'EOF'`, `@'…'@`.
    QuotedHereDocument,
    /// A comment.
    Comment,
}

/// A command: one statement of a script.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct Command {
    /// Its first word.
    pub(crate) word: String,
    /// Whether what it prints goes somewhere else than to the log: into a file, another command or a variable.
    pub(crate) is_redirected: bool,
}

impl Script {
    /// Reads a script. `expressions` are its outermost expressions, in order; their text is passed over.
    pub(crate) fn read(text: &str, language: ScriptLanguage, expressions: &[TextRange]) -> Self {
        match language {
            ScriptLanguage::PowerShell => powershell::read(text, expressions),
            ScriptLanguage::Python => python::read(text, expressions),
            _ => shell::read(text, expressions),
        }
    }
}
