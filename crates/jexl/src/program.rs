//! Programs: compiled once, run as often as wanted.

use std::sync::Arc;

use pipewright_source::TextRange;
use pipewright_syntax::{Expr, Script, SyntaxError, SyntaxErrorKind};

use crate::compile::{self, Compiled};
use crate::interpreter;
use crate::limits::{MAX_SOURCE_BYTES, MAX_STEPS};
use crate::{Error, ErrorKind, Failure, Value, Variables};

/// A compiled expression or script: made once, run as often as wanted, from any thread.
///
/// ```
/// use pipewright_jexl::{Program, Scope, Value};
/// let program = Program::expression("a.size() + 1").unwrap();
/// let scope: Scope = [("a", Value::from("xy"))].into_iter().collect();
/// assert!(matches!(program.run(&scope), Ok(Value::Integer(3))));
/// ```
#[derive(Clone, Debug)]
pub struct Program {
    code: Arc<Compiled>,
}

impl Program {
    /// Compiles one expression; an empty text gives a program whose value is null.
    ///
    /// # Errors
    /// Kind `syntax`, or `blank-source` for a text of nothing but spaces, or `limit` for one nested too deep.
    pub fn expression(source: &str) -> Result<Self, Error> {
        bounded(source)?;
        match pipewright_syntax::parse_expression(source)? {
            Some(expression) => Ok(Self::of_expression(&expression)),
            None => Ok(Self::of_script(&Script {
                statements: Vec::new(),
            })),
        }
    }

    /// Compiles a script. The errors are those of [`Program::expression`].
    pub fn script(source: &str) -> Result<Self, Error> {
        bounded(source)?;
        Ok(Self::of_script(&pipewright_syntax::parse_script(source)?))
    }

    /// Compiles a parsed expression. Names that hold islands are unknown values.
    pub(crate) fn of_expression(expression: &Expr) -> Self {
        Self {
            code: Arc::new(compile::expression(expression)),
        }
    }

    /// Compiles a parsed script.
    pub(crate) fn of_script(script: &Script) -> Self {
        Self {
            code: Arc::new(compile::script(script)),
        }
    }

    /// Runs the program. The value is [`Value::Unknown`] where it hangs on an unknown variable.
    ///
    /// # Errors
    /// Every kind of the language, and `limit` where a bound of [`crate::limits`] is reached.
    pub fn run(&self, variables: &dyn Variables) -> Result<Value, Error> {
        self.run_within(variables, &mut { MAX_STEPS })
    }

    /// Runs the program within `steps` steps, [`MAX_STEPS`] at most, and leaves what it did not take: for a host that
    /// runs many programs for one answer.
    ///
    /// # Errors
    /// Those of [`Program::run`].
    pub fn run_within(&self, variables: &dyn Variables, steps: &mut u64) -> Result<Value, Error> {
        interpreter::run(&self.code, variables, steps)
    }
}

/// Refuses a source beyond [`MAX_SOURCE_BYTES`].
fn bounded(source: &str) -> Result<(), Error> {
    if source.len() > MAX_SOURCE_BYTES {
        let failure = Failure::limit(format!(
            "the source is longer than {MAX_SOURCE_BYTES} bytes"
        ));
        return Err(failure.at(TextRange::default()));
    }
    Ok(())
}

impl From<SyntaxError> for Error {
    fn from(error: SyntaxError) -> Self {
        let kind = match error.kind {
            SyntaxErrorKind::BlankSource => ErrorKind::BlankSource,
            SyntaxErrorKind::Nesting | SyntaxErrorKind::TooLong => ErrorKind::Limit,
            _ => ErrorKind::Syntax,
        };
        let message = match error.hint {
            Some(hint) => format!("{}; {hint}", error.message),
            None => error.message,
        };
        Self {
            kind,
            range: error.range,
            message,
        }
    }
}
