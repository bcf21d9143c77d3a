//! The story of an evaluation: what was looked up, what came of it, and why.

use std::fmt;

use pipewright_jexl::{ErrorKind, Value};
use pipewright_syntax::Language;
use serde::{Serialize, Serializer};

use crate::error::Error;
use crate::template::written_in;

/// How many characters of a value the trace keeps.
const MAX_SHOWN: usize = 200;

/// What an evaluation did, step by step.
///
/// Its [`Display`](fmt::Display) form is an indented story for people; as JSON it is for tools.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Trace {
    /// The steps in order.
    pub steps: Vec<Step>,
    /// How many steps were left out because there were too many.
    #[serde(skip_serializing_if = "is_zero")]
    pub omitted: usize,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes fields by reference"
)]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// One step, and the steps it took for it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Step {
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
    /// What happened inside, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inside: Vec<Self>,
}

/// What can happen.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Event {
    /// An island was evaluated.
    Island {
        /// The text between its delimiters.
        expression: String,
        /// What it gave.
        answer: Answer,
    },
    /// An island of CEL was evaluated.
    Cel {
        /// The text between its delimiters.
        expression: String,
        /// What it gave.
        answer: Answer,
    },
    /// A name was replaced by what it stands for.
    Alias {
        /// The name with what follows it.
        name: String,
        /// What replaced it.
        target: String,
    },
    /// A name was looked up, with a prefix or without.
    Candidate {
        /// The program that was run.
        program: String,
        /// What it gave; the first that is not null wins.
        answer: Answer,
    },
    /// A text with islands was evaluated: a composite island, or a value that holds expressions.
    Text {
        /// The text.
        text: String,
        /// What it gave.
        answer: Answer,
    },
    /// A string value was written into the program, or not (`spec/engine.md` §2.7).
    Concatenation {
        /// The island the value came from.
        expression: String,
        /// Whether the text of the value was written into the program.
        spliced: bool,
        /// Why, as the end of a sentence.
        because: String,
    },
    /// A value that is no text stands where a text would be written into the program, and stays a variable.
    NotJoined {
        /// The island the value came from.
        expression: String,
        /// The name of its type.
        r#type: String,
        /// Whether it stands in quotes, where its internal name is seen instead.
        quoted: bool,
    },
    /// An island and the letters beside it are one name in the program, which nothing has.
    ReadAsName {
        /// The island and the letters.
        written: String,
        /// The name, unless it has the internal name of an island in it.
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// The text was run as a program, in which islands are variables or were replaced by text.
    Program {
        /// The program; an island in it is the variable that stands for it.
        program: String,
        /// What it gave.
        answer: Answer,
    },
    /// The program gave nothing, and so its text is the value.
    TextIsValue {
        /// The text.
        text: String,
    },
    /// A list or map had texts with islands in it, which were evaluated.
    Collection {
        /// Why not all of them were, if so.
        stopped: Option<String>,
    },
    /// Concatenation was switched off and everything done again.
    WithoutConcatenation {
        /// What went wrong before.
        because: String,
    },
}

/// What a step gave.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Answer {
    /// A value that is not null.
    Value {
        /// The name of its type.
        r#type: String,
        /// Its text, cut off where it is long.
        value: String,
    },
    /// Null.
    Null {
        /// Always `null`.
        r#type: &'static str,
    },
    /// A value that only a run can tell.
    Unknown {
        /// Always `Unknown`.
        r#type: &'static str,
        /// Why.
        reason: String,
    },
    /// An error.
    Error {
        /// Its kind.
        #[serde(serialize_with = "kind_name")]
        error: ErrorKind,
        /// What it says.
        message: String,
    },
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes fields by reference"
)]
fn kind_name<S: Serializer>(kind: &ErrorKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.name())
}

impl Answer {
    /// The answer a result is.
    pub(crate) fn of(result: &Result<Value, Error>) -> Self {
        match result {
            Ok(value) => Self::value(value),
            Err(error) => Self::error(error.kind, &error.message),
        }
    }

    /// The answer a value is.
    pub(crate) fn value(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null { r#type: "null" },
            Value::Unknown(unknown) => Self::Unknown {
                r#type: "Unknown",
                reason: unknown.to_string(),
            },
            value => Self::Value {
                r#type: value.type_name().to_owned(),
                value: value
                    .text()
                    .map_or_else(|_| "…".to_owned(), |text| shown(&text.to_str())),
            },
        }
    }

    /// The answer an error is.
    pub(crate) fn error(kind: ErrorKind, message: &str) -> Self {
        Self::Error {
            error: kind,
            message: shown(message),
        }
    }
}

/// `text`, cut off where it is long.
pub(crate) fn shown(text: &str) -> String {
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { r#type, value } => write!(f, "{type} {value}"),
            Self::Null { .. } => f.write_str("null"),
            Self::Unknown { reason, .. } => write!(f, "not known before the run: {reason}"),
            Self::Error { error, message } => write!(f, "{error}: {message}"),
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Island { expression, answer } => write!(f, "<+{expression}> → {answer}"),
            Self::Cel { expression, answer } => {
                let written = written_in(Language::Cel, expression);
                write!(f, "{written} → {answer}")
            }
            Self::Alias { name, target } => write!(f, "`{name}` stands for `{target}`"),
            Self::Candidate { program, answer } => write!(f, "tried `{program}`: {answer}"),
            Self::Text { text, answer } => write!(f, "evaluated {text:?} → {answer}"),
            Self::Concatenation {
                expression,
                spliced,
                because,
            } => {
                let what = if *spliced {
                    "is written into the text"
                } else {
                    "stays a variable"
                };
                write!(f, "<+{expression}> {what}: {because}")
            }
            Self::NotJoined {
                expression,
                r#type: type_name,
                ..
            } => {
                write!(
                    f,
                    "<+{expression}> stays a variable: it is of type {type_name}"
                )
            }
            Self::ReadAsName {
                written,
                name: Some(name),
            } => write!(
                f,
                "{written} is read as the name `{name}`, which nothing has"
            ),
            Self::ReadAsName { written, .. } => {
                write!(f, "{written} is read as one name, which nothing has")
            }
            Self::Program { program, answer } => write!(f, "ran `{program}`: {answer}"),
            Self::TextIsValue { text } => {
                write!(f, "no program, so the text is the value: {text:?}")
            }
            Self::Collection { stopped: None } => f.write_str("evaluated the texts inside it"),
            Self::Collection { stopped: Some(why) } => {
                write!(
                    f,
                    "evaluated the texts inside it up to the first that fails: {why}"
                )
            }
            Self::WithoutConcatenation { because } => {
                write!(
                    f,
                    "tried again without string concatenation, after {because}"
                )
            }
        }
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut waiting: Vec<(usize, &Step)> =
            self.steps.iter().rev().map(|step| (0, step)).collect();
        while let Some((depth, step)) = waiting.pop() {
            writeln!(f, "{:indent$}{}", "", step.event, indent = depth * 2)?;
            waiting.extend(step.inside.iter().rev().map(|inner| (depth + 1, inner)));
        }
        if self.omitted > 0 {
            writeln!(f, "({} more steps)", self.omitted)?;
        }
        Ok(())
    }
}
