//! Why a text could not be evaluated or rendered.

use pipewright_jexl::{ErrorKind, Failure};
use pipewright_source::TextRange;

/// An error of the engine, or of JEXL inside it.
///
/// The kinds of the engine itself are `hint` (an expression is wrong or rests on something unresolved), `evaluation`
/// (a loop, a value that contains itself, a functor that gives up) and `unresolved` (rendering in
/// [`Mode::Throw`](crate::Mode::Throw)). Kinds of JEXL come where Java's exception would escape the engine, such as
/// `number-format` (`spec/engine.md` §4.5, and the list of kinds in the conformance cases).
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// Which kind.
    pub kind: ErrorKind,
    /// Where in the text that was given, in bytes: the island that failed, or a place outside the islands.
    /// `None` where the text was part of an object.
    pub range: Option<TextRange>,
    /// What happened, as a sentence without a full stop.
    pub message: String,
}

impl Error {
    /// An error without a place.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            range: None,
            message: message.into(),
        }
    }

    /// A failure of an operation as an error; an unknown value is of no use where this is asked.
    pub(crate) fn of_failure(failure: Failure) -> Self {
        match failure {
            Failure::Error { kind, message } => Self::new(kind, message),
            Failure::Unknown(unknown) => Self::new(ErrorKind::Evaluation, unknown.to_string()),
        }
    }

    /// The same error at `range`, whatever place inside it was known.
    pub(crate) fn at(self, range: TextRange) -> Self {
        Self {
            range: Some(range),
            ..self
        }
    }

    /// Whether a limit ended the evaluation, so that another try would only meet it again.
    pub(crate) fn is_limit(&self) -> bool {
        self.kind == ErrorKind::Limit
    }
}

impl From<pipewright_jexl::Error> for Error {
    fn from(error: pipewright_jexl::Error) -> Self {
        Self {
            kind: error.kind,
            range: Some(error.range),
            message: error.message,
        }
    }
}
