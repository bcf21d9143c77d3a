//! What an evaluation tells beyond its answer: expressions that failed without a word, and values that were not written
//! into the text around them (`spec/engine.md` §2.3 and §2.7).

mod functions;
mod joining;
mod no_value;
mod slips;
mod text_of_path;

use std::fmt;

use pipewright_jexl::ErrorKind;
use pipewright_syntax::{has_island, parse_template};

pub use functions::{instead_of_foreign_function, method_for_foreign};
use functions::{instead_of_function, instead_of_property};
pub use joining::not_joined;
use no_value::path_without_value;

use crate::template::{Template, written};
use crate::trace::{Answer, Event, Step, Trace, shown};

/// Something worth saying of one expression. Shown as a sentence without a full stop.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Remark {
    /// The expression with its delimiters, cut off where it is very long.
    pub expression: String,
    /// What happened to it.
    pub cause: RemarkCause,
}

/// What can be worth saying of an expression.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum RemarkCause {
    /// It is null because it failed.
    Failed {
        /// The kind of failure.
        kind: ErrorKind,
        /// What happened.
        message: String,
        /// What there is in place of a function that there is not.
        instead: Instead,
    },
    /// Its value is no text, so that it is not joined to the text around it but stays a variable.
    NotJoined {
        /// The name of the value's type.
        type_name: String,
    },
    /// It is never closed, and stays in the text as it is written.
    Unclosed {
        /// Whether others stand behind it and stay with it.
        swallows: bool,
    },
    /// It is null, so that it is not joined to the text around it either.
    NullNotJoined,
    /// It is null because what is found has no value of that name.
    NoValueOf {
        /// The name, or names joined by dots.
        path: String,
    },
    /// It is an expression and the letters beside it, which are read as one name that nothing has.
    ReadAsName {
        /// The name, unless it has the internal name of an expression in it.
        name: Option<String>,
    },
    /// It is a path with expressions in it that nothing has, so that it is the text of that path.
    TextOfPath {
        /// The text.
        text: String,
        /// The name in it that has a hyphen, which is a subtraction, and how that name is written in the expression.
        hyphenated: Option<(String, String)>,
    },
    /// It seems to have a name with a hyphen, which is a subtraction.
    Hyphen {
        /// The name.
        name: String,
    },
    /// It has two minus signs before a name, which change nothing.
    Decrement,
    /// It calls a function of CEL, the language of `${{ }}`.
    Cel {
        /// The function.
        function: &'static str,
        /// What it is here, and what to write.
        advice: &'static str,
    },
}

/// What there is in place of a function that there is not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Instead {
    /// Nothing is known that was meant.
    Nothing,
    /// A method of this name was probably meant.
    Method(&'static str),
    /// What was read as a property is a method without parameters.
    Call(&'static str),
    /// The method is one of CEL, the language of `${{ }}`.
    Cel {
        /// The method.
        method: &'static str,
        /// What to write.
        advice: &'static str,
    },
    /// This, as a whole sentence.
    Write(String),
    /// The functor has these functions.
    FunctionsOf {
        /// The functor.
        root: String,
        /// How its functions are written.
        signatures: Vec<String>,
    },
}

/// How many remarks are made on one evaluation.
const MAX_REMARKS: usize = 200;

impl Trace {
    /// What is worth saying beyond the answer, each once, in order.
    pub fn remarks(&self) -> Vec<Remark> {
        let mut remarks: Vec<Remark> = Vec::new();
        let mut waiting: Vec<&[Step]> = vec![&self.steps];
        while let Some((step, rest)) = waiting.pop().and_then(<[Step]>::split_first) {
            waiting.extend(
                [rest, &step.inside]
                    .into_iter()
                    .filter(|steps| !steps.is_empty()),
            );
            for remark in of_step(step, rest) {
                let is_told = |told: &Remark| {
                    let of_name = matches!(remark.cause, RemarkCause::ReadAsName { .. })
                        && matches!(told.cause, RemarkCause::ReadAsName { .. });
                    *told == remark || of_name && told.expression == remark.expression
                };
                if !remarks.iter().any(is_told) {
                    remarks.push(remark);
                }
            }
            if remarks.len() >= MAX_REMARKS {
                remarks.truncate(MAX_REMARKS);
                break;
            }
        }
        remarks
    }
}

/// What is worth saying of a step, before `rest` at the same level. What explains the text leaves nothing to say of its
/// failure.
fn of_step(step: &Step, rest: &[Step]) -> Vec<Remark> {
    let slips = slips::of_step(step);
    if !slips.is_empty() {
        return slips;
    }
    let remark = match &step.event {
        Event::Island {
            expression,
            answer: Answer::Null { .. },
        } => of_failure(expression, &step.inside).or_else(|| {
            let is_lookup = matches!(
                step.inside.last()?.event,
                Event::Candidate {
                    answer: Answer::Null { .. },
                    ..
                }
            );
            (is_lookup && !has_island(expression))
                .then(|| no_value(expression, written(&shown(expression))))?
        }),
        Event::Island {
            expression,
            answer: Answer::Value { .. },
        } => text_of_path::of_island(expression, &step.inside),
        Event::Program {
            program,
            answer: Answer::Null { .. },
        } => no_value(program, shown(program)),
        // Beside an operator that the engine does not look for, such as `*`, a number is right.
        Event::NotJoined {
            expression,
            r#type: type_name,
            quoted,
        } if *quoted || next_program_has_no_value(rest) => Some(Remark {
            expression: written(&shown(expression)),
            cause: match type_name.as_str() {
                "null" => RemarkCause::NullNotJoined,
                _ => RemarkCause::NotJoined {
                    type_name: type_name.clone(),
                },
            },
        }),
        Event::ReadAsName { written, name } => Some(Remark {
            expression: shown(written),
            cause: RemarkCause::ReadAsName {
                name: name.as_deref().map(shown),
            },
        }),
        _ => None,
    };
    remark.into_iter().collect()
}

/// What is not found behind the value of a text that is null, if that is why.
fn no_value(text: &str, expression: String) -> Option<Remark> {
    let path = path_without_value(text)?;
    Some(Remark {
        expression,
        cause: RemarkCause::NoValueOf { path },
    })
}

/// Why an expression is null, if it failed.
fn of_failure(expression: &str, inside: &[Step]) -> Option<Remark> {
    let mut candidates = inside.iter().filter_map(|inner| match &inner.event {
        Event::Candidate { answer, .. } => Some(answer),
        _ => None,
    });
    // The prefix makes a date of what begins with one; the bare name has no function at all.
    let told = if begins_with_date(expression) {
        candidates.next()
    } else {
        candidates.next_back()
    };
    let Some(Answer::Error { error, message }) = told else {
        return None;
    };
    // A name that nobody knows is told with the names.
    (*error != ErrorKind::UndefinedVariable).then(|| Remark {
        expression: written(&shown(expression)),
        cause: RemarkCause::Failed {
            kind: *error,
            message: message.clone(),
            instead: Instead::of(*error, expression),
        },
    })
}

/// Whether an expression calls a function of `datetime` by its bare name.
fn begins_with_date(expression: &str) -> bool {
    let expression = expression.trim_start();
    let mut functions = crate::FUNCTORS
        .iter()
        .filter(|functor| functor.root == "datetime");
    functions.any(|functor| {
        let rest = expression.strip_prefix(functor.name);
        rest.is_some_and(|rest| rest.trim_start().starts_with('('))
    })
}

/// The longest text in which a function is looked for, in bytes.
const LONGEST: usize = 16_384;

impl Instead {
    /// The names that were probably meant, or the functions there are.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Self::Nothing | Self::Cel { .. } | Self::Write(_) => Vec::new(),
            Self::Method(name) | Self::Call(name) => vec![*name],
            Self::FunctionsOf { signatures, .. } => signatures.iter().map(String::as_str).collect(),
        }
    }

    /// What there is in place of what a text asks for and nothing has, after an error of some kind.
    pub(crate) fn of(error: ErrorKind, text: &str) -> Self {
        match error {
            _ if text.len() > LONGEST => Self::Nothing,
            ErrorKind::UndefinedMethod => instead_of_function(text),
            ErrorKind::UndefinedProperty => instead_of_property(text),
            _ => Self::Nothing,
        }
    }
}

/// The longest text that is looked through for an expression that is never closed, in bytes.
const LONGEST_TEXT: usize = 256 * 1024;

impl Template {
    /// What is worth saying of the text itself, whatever it is rendered with: an expression in it that is never closed.
    /// A very long text is not looked through.
    pub fn remark(&self) -> Option<Remark> {
        if self.text().len() > LONGEST_TEXT {
            return None;
        }
        let template = parse_template(self.text());
        let path = template.unclosed_path(self.text())?;
        Some(Remark {
            expression: shown(path.slice(self.text())),
            cause: RemarkCause::Unclosed {
                swallows: template.unclosed_swallows(self.text()),
            },
        })
    }
}

fn next_program_has_no_value(steps: &[Step]) -> bool {
    let answer = steps.iter().find_map(|step| match &step.event {
        Event::Program { answer, .. } => Some(answer),
        _ => None,
    });
    match answer {
        // An operator that cannot take its values was given them.
        Some(Answer::Error { error, .. }) => *error != ErrorKind::Arithmetic,
        answer => matches!(answer, Some(Answer::Null { .. })),
    }
}

/// Where a function is from that there is not.
const OF_CEL: &str = "a function of CEL, the language of `${{ }}`";

/// How a sentence about the function goes on; nothing where nothing is known.
impl fmt::Display for Instead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => Ok(()),
            Self::Write(advice) => write!(f, "; {advice}"),
            Self::Method(name) => write!(f, "; did you mean `{name}`?"),
            Self::Call(name) => write!(f, "; `{name}` is a method: write `{name}()`"),
            Self::Cel { method, advice } => {
                write!(f, "; `{method}` is {OF_CEL}, and here {advice}")
            }
            Self::FunctionsOf { root, signatures } => {
                let signatures: Vec<String> = signatures
                    .iter()
                    .map(|signature| format!("`{signature}`"))
                    .collect();
                write!(f, "; `{root}` has {}", signatures.join(", "))
            }
        }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let expression = &self.expression;
        match &self.cause {
            RemarkCause::Failed {
                message, instead, ..
            } => {
                write!(f, "`{expression}` is null: {message}{instead}")
            }
            RemarkCause::Unclosed { swallows } => {
                let further = if *swallows {
                    ", and so do the expressions behind it"
                } else {
                    ""
                };
                write!(
                    f,
                    "`{expression}` is never closed, so it stays as written{further}; every `<+` needs its own `>`"
                )
            }
            RemarkCause::NoValueOf { path } => write!(
                f,
                "`{expression}` is null: there is no value `{path}` in the object"
            ),
            RemarkCause::ReadAsName { name } => {
                let name = name.as_ref().map(|name| format!("the name `{name}`"));
                let name = name.as_deref().unwrap_or("one name");
                write!(
                    f,
                    "`{expression}` is read as {name}, which nothing has; `<+{expression}>` joins the texts"
                )
            }
            RemarkCause::TextOfPath {
                text,
                hyphenated: None,
            } => write!(
                f,
                "`{expression}` is the text `{text}`, because nothing has that name"
            ),
            RemarkCause::TextOfPath {
                text,
                hyphenated: Some((name, written)),
            } => write!(
                f,
                "`{expression}` is the text `{text}`, because `-` subtracts there; to read the name `{name}`, write \
                 `.get(\"{written}\")` in place of `.{written}`"
            ),
            RemarkCause::Hyphen { name } => write!(
                f,
                "`-` subtracts in `{expression}`; to read the name `{name}`, write `.get(\"{name}\")` in place of `.{name}`"
            ),
            RemarkCause::Decrement => write!(
                f,
                "`--` in `{expression}` is two minus signs and changes nothing; write `x - 1` for one less"
            ),
            RemarkCause::Cel { function, advice } => write!(
                f,
                "`{function}` in `{expression}` is {OF_CEL}, and here {advice}"
            ),
            RemarkCause::NullNotJoined => write!(
                f,
                "`{expression}` is null, so it is not joined to the text around it"
            ),
            RemarkCause::NotJoined { type_name } => write!(
                f,
                "`{expression}` is not joined to the text around it: it is of type {type_name}, and only texts are; \
                 `.toString()` inside the delimiters makes it one"
            ),
        }
    }
}
