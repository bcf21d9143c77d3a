//! The answer to one line.

use pipewright_engine::Error;
use pipewright_jexl::value::AnswerError;
use pipewright_jexl::{ErrorKind, Failure, Value};
use pipewright_source::TextRange;
use serde_json::{Value as Json, json};

/// The answer to one line.
#[derive(Debug)]
pub(super) struct Answer {
    /// The `id` of the request.
    pub(super) id: Option<Json>,
    pub(super) outcome: Result<Value, Fault>,
}

/// Why there is no value.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    kind: ErrorKind,
    message: String,
    range: Option<TextRange>,
}

impl Fault {
    /// The line is not valid.
    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self {
            kind: ErrorKind::BadRequest,
            message: message.into(),
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

impl Answer {
    /// The answer as one line of JSON.
    pub(super) fn to_line(&self) -> String {
        let mut line = json!({ "id": self.id });
        let members = match &self.outcome {
            Ok(value) => value_members(value),
            Err(fault) => fault_members(fault),
        };
        if let (Json::Object(line), Json::Object(members)) = (&mut line, members) {
            line.extend(members);
        }
        line.to_string()
    }
}

fn value_members(value: &Value) -> Json {
    match value.answer() {
        Ok(answer) => json!({
            "ok": true,
            "type": answer.type_name,
            "value": answer.value,
            "str": answer.text,
        }),
        Err(AnswerError::Unknown(reason)) => {
            json!({ "ok": true, "type": "Unknown", "reason": reason })
        }
        Err(AnswerError::Failure(failure)) => fault_members(&Fault {
            kind: failure.kind().unwrap_or(ErrorKind::Evaluation),
            message: match failure {
                Failure::Error { message, .. } => message,
                Failure::Unknown(reason) => reason.to_string(),
            },
            range: None,
        }),
    }
}

fn fault_members(fault: &Fault) -> Json {
    let mut members = json!({ "ok": false, "error": fault.kind.name(), "message": fault.message });
    if let Some(range) = fault.range {
        members["span"] = json!({ "start": range.start(), "end": range.end() });
    }
    members
}
