//! What an evaluation tells beyond its answer: expressions that failed without a word, and values that were not written into the text
//! around them (`spec/engine.md` §2.3 and §2.7).

use std::fmt;

use pipewright_jexl::ErrorKind;
use pipewright_jexl::methods;
use pipewright_source::closest;
use pipewright_syntax::{TokenKind, parse_template, tokens};

use crate::functors::FUNCTORS;
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
}

/// What there is in place of a function that there is not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Instead {
    /// Nothing is known that was meant.
    Nothing,
    /// A method of this name was probably meant.
    Method(&'static str),
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
            let remark = of_step(step, rest).filter(|remark| !remarks.contains(remark));
            remarks.extend(remark);
            if remarks.len() == MAX_REMARKS {
                break;
            }
        }
        remarks
    }
}

/// What is worth saying of a step, before `rest` at the same level.
fn of_step(step: &Step, rest: &[Step]) -> Option<Remark> {
    match &step.event {
        Event::Island {
            expression,
            answer: Answer::Null { .. },
        } => {
            let last = step
                .inside
                .iter()
                .rev()
                .find_map(|inner| match &inner.event {
                    Event::Candidate { answer, .. } => Some(answer),
                    _ => None,
                })?;
            let Answer::Error { error, message } = last else {
                return None;
            };
            // A name that nobody knows is told with the names.
            (*error != ErrorKind::UndefinedVariable).then(|| Remark {
                expression: written(&shown(expression)),
                cause: RemarkCause::Failed {
                    kind: *error,
                    message: message.clone(),
                    instead: match error {
                        ErrorKind::UndefinedMethod => instead_of_function(expression),
                        _ => Instead::Nothing,
                    },
                },
            })
        }
        // Beside an operator that the engine does not look for, such as `*`, a number is right.
        Event::NotJoined {
            expression,
            r#type: type_name,
            quoted,
        } if *quoted || next_program_fails(rest) => Some(Remark {
            expression: written(&shown(expression)),
            cause: match type_name.as_str() {
                "null" => RemarkCause::NullNotJoined,
                _ => RemarkCause::NotJoined {
                    type_name: type_name.clone(),
                },
            },
        }),
        _ => None,
    }
}

impl Template {
    /// What is worth saying of the text itself, whatever it is rendered with: an expression in it that is never closed.
    pub fn remark(&self) -> Option<Remark> {
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

fn next_program_fails(steps: &[Step]) -> bool {
    let answer = steps.iter().find_map(|step| match &step.event {
        Event::Program { answer, .. } => Some(answer),
        _ => None,
    });
    matches!(answer, Some(Answer::Error { .. }))
}

/// What there is in place of the first function that the expression calls and nothing has.
fn instead_of_function(expression: &str) -> Instead {
    let tokens: Vec<_> = tokens(expression)
        .into_iter()
        .filter(|token| token.kind != TokenKind::Blank)
        .map(|token| (token.kind, token.range.slice(expression)))
        .collect();
    for (at, window) in tokens.windows(4).enumerate() {
        let [
            (before, root),
            (TokenKind::Dot, _),
            (TokenKind::Name, name),
            (TokenKind::Open, "("),
        ] = window
        else {
            continue;
        };
        let of_root = || FUNCTORS.iter().filter(|functor| functor.root == *root);
        if at == 0 && *before == TokenKind::Name && of_root().next().is_some() {
            if of_root().any(|functor| functor.name == *name) {
                continue;
            }
            return Instead::FunctionsOf {
                root: (*root).to_owned(),
                signatures: of_root().map(crate::Functor::signature).collect(),
            };
        }
        if methods::table().all(|method| method.name != *name) {
            let meant = closest(name, methods::table().map(|method| method.name));
            return meant.map_or(Instead::Nothing, Instead::Method);
        }
    }
    Instead::Nothing
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let expression = &self.expression;
        match &self.cause {
            RemarkCause::Failed {
                message, instead, ..
            } => {
                write!(f, "`{expression}` is null: {message}")?;
                match instead {
                    Instead::Nothing => Ok(()),
                    Instead::Method(name) => write!(f, "; did you mean `{name}`?"),
                    Instead::FunctionsOf { root, signatures } => {
                        let signatures: Vec<String> = signatures
                            .iter()
                            .map(|signature| format!("`{signature}`"))
                            .collect();
                        write!(f, "; `{root}` has {}", signatures.join(", "))
                    }
                }
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
