//! What came of an expression, in the words that `eval --jsonl` and `eval --format json` share.

use pipewright_context::AskedText;
use pipewright_engine::Error;
use pipewright_jexl::value::{Answer as Shown, AnswerError, Unknown};
use pipewright_jexl::{ErrorKind, Failure, Json, Value};
use pipewright_source::TextRange;

use crate::catch_panic::InternalError;

/// What came of an expression.
#[derive(Debug)]
pub(crate) enum Answer {
    /// Its value.
    Value(Shown),
    /// Only a run can tell.
    Unknown(Unknown),
    /// There is none.
    Fault(Fault),
}

/// Why there is no value.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    kind: ErrorKind,
    pub(crate) message: String,
    /// Where in the expression.
    pub(crate) range: Option<TextRange>,
}

impl Fault {
    /// A fault without a place.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            range: None,
        }
    }

    /// Whether the text cannot be read, or rests on something unresolved or on the wrong type.
    pub(crate) const fn is_of_text(&self) -> bool {
        matches!(self.kind, ErrorKind::Hint | ErrorKind::Syntax)
    }

    /// Whether a text stands where a number is wanted.
    pub(crate) const fn is_no_number(&self) -> bool {
        matches!(self.kind, ErrorKind::NumberFormat)
    }

    /// The question itself is not valid.
    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::BadRequest, message)
    }

    /// Pipewright itself failed.
    pub(crate) fn internal(error: &InternalError) -> Self {
        Self::new(ErrorKind::Evaluation, error.to_string())
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self {
            kind: error.kind,
            message: error.message,
            range: error.range,
        }
    }
}

impl From<pipewright_jexl::Error> for Fault {
    fn from(error: pipewright_jexl::Error) -> Self {
        Self {
            kind: error.kind,
            message: error.message,
            range: Some(error.range),
        }
    }
}

impl From<Result<Value, Fault>> for Answer {
    fn from(outcome: Result<Value, Fault>) -> Self {
        let value = match outcome {
            Ok(value) => value,
            Err(fault) => return Self::Fault(fault),
        };
        match value.answer() {
            Ok(shown) => Self::Value(shown),
            Err(AnswerError::Unknown(unknown)) => Self::Unknown(unknown),
            Err(AnswerError::Failure(failure)) => Self::Fault(Fault {
                kind: failure.kind().unwrap_or(ErrorKind::Evaluation),
                message: match failure {
                    Failure::Error { message, .. } => message,
                    Failure::Unknown(unknown) => unknown.to_string(),
                },
                range: None,
            }),
        }
    }
}

impl Answer {
    /// The expression that it answers, for what there is to say of its names.
    pub(crate) const fn asked<'t>(&self, expression: &'t str) -> AskedText<'t> {
        match self {
            Self::Fault(_) => AskedText::Failed(expression),
            Self::Value(_) | Self::Unknown(_) => AskedText::Expression(expression),
        }
    }

    /// The members of the object that tells it to a program.
    pub(crate) fn members(&self) -> Json {
        match self {
            Self::Value(shown) => Json::object([
                ("ok", true.into()),
                ("type", shown.type_name.as_str().into()),
                ("value", shown.value.clone()),
                ("str", shown.text.as_str().into()),
            ]),
            Self::Unknown(unknown) => Json::object([
                ("ok", true.into()),
                ("type", "Unknown".into()),
                ("reason", unknown.to_string().into()),
                ("needs", unknown.needs().map(Json::from).collect()),
            ]),
            Self::Fault(fault) => {
                let span = fault.range.map(|range| {
                    let bounds = [("start", range.start().into()), ("end", range.end().into())];
                    ("span", Json::object(bounds))
                });
                let members = [
                    ("ok", false.into()),
                    ("error", fault.kind.name().into()),
                    ("message", fault.message.as_str().into()),
                ];
                Json::object(members.into_iter().chain(span))
            }
        }
    }
}
