//! What came of an expression, in the words that `eval --jsonl` and `eval --format json` share.

use pipewright_engine::Error;
use pipewright_jexl::value::{Answer as Shown, AnswerError};
use pipewright_jexl::{ErrorKind, Failure, Value};
use pipewright_source::TextRange;
use serde_json::{Value as Json, json};

use crate::catch_panic::InternalError;

/// What came of an expression.
#[derive(Debug)]
pub(crate) enum Answer {
    /// Its value.
    Value(Shown),
    /// Only a run can tell; with the reason.
    Unknown(String),
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
    /// The question itself is not valid.
    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self {
            kind: ErrorKind::BadRequest,
            message: message.into(),
            range: None,
        }
    }

    /// Pipewright itself failed.
    pub(crate) fn internal(error: &InternalError) -> Self {
        Self {
            kind: ErrorKind::Evaluation,
            message: error.to_string(),
            range: None,
        }
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
            Err(AnswerError::Unknown(reason)) => Self::Unknown(reason),
            Err(AnswerError::Failure(failure)) => Self::Fault(Fault {
                kind: failure.kind().unwrap_or(ErrorKind::Evaluation),
                message: match failure {
                    Failure::Error { message, .. } => message,
                    Failure::Unknown(reason) => reason.to_string(),
                },
                range: None,
            }),
        }
    }
}

impl Answer {
    /// The members of the object that tells it to a program.
    pub(crate) fn members(&self) -> Json {
        match self {
            Self::Value(shown) => json!({
                "ok": true,
                "type": shown.type_name,
                "value": shown.value,
                "str": shown.text,
            }),
            Self::Unknown(reason) => json!({ "ok": true, "type": "Unknown", "reason": reason }),
            Self::Fault(fault) => {
                let (kind, message) = (fault.kind.name(), &fault.message);
                let mut members = json!({ "ok": false, "error": kind, "message": message });
                if let Some(range) = fault.range {
                    members["span"] = json!({ "start": range.start(), "end": range.end() });
                }
                members
            }
        }
    }
}
