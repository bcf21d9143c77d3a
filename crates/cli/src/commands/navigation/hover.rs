//! `pipewright hover`: what is known of what stands at a place.

use clap::Args;
use pipewright_ide::{Known, hover};
use serde::Serialize;

use super::{Declared, Format, Place, Question, json, nothing};
use crate::exit::Failure;
use crate::printable::printable;
use crate::{Exit, Streams};

/// Say what is known of the name or the expression at a place of a file
#[derive(Args, Debug)]
#[command(
    after_help = "Of a name: what it names and where that is declared, its type and its value. Of an expression: what it comes to. What differs
from run to run is unknown, with the reason.

Exit codes:
  0  answered; a note says when nothing is known of what is there
  2  could not answer: no such file or place

Examples:
  pipewright hover pipeline.yaml --at 24:31
  pipewright hover - --stdin-filename pipeline.yaml --at 24:31 --with .harness --format json < unsaved.yaml"
)]
pub(crate) struct Hover {
    #[command(flatten)]
    question: Question,
}

/// What is known, in JSON.
#[derive(Serialize)]
struct Entry<'f> {
    #[serde(flatten)]
    place: Place<'f>,
    declarations: Vec<Declared<'f>>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    type_name: Option<&'f str>,
    #[serde(flatten)]
    value: Option<Answer<'f>>,
    remarks: &'f [String],
}

/// What is known of the value, by what it is.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Answer<'f> {
    Value(&'f str),
    Unknown(&'f str),
    Error(&'f str),
}

impl<'f> Answer<'f> {
    fn new(known: &'f Known) -> Option<Self> {
        match known {
            Known::Value(text) => Some(Self::Value(text)),
            Known::Unknown(reason) => Some(Self::Unknown(reason)),
            Known::Error(message) => Some(Self::Error(message)),
            _ => None,
        }
    }

    fn for_people(&self) -> String {
        match self {
            Self::Value(text) => format!("value: {}", printable(text)),
            Self::Unknown(reason) => format!("only a run can tell: {}", printable(reason)),
            Self::Error(message) => format!("error: {}", printable(message)),
        }
    }
}

impl Hover {
    pub(crate) fn run(&self, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        let (files, id, offset) = self.question.load(streams)?;
        let found = hover(&files.snapshot, id, offset);
        let found = found.as_ref().map(|of| Entry {
            place: Place::new(&files, of.span),
            declarations: of
                .declarations
                .iter()
                .map(|declared| Declared::new(&files, declared))
                .collect(),
            type_name: of.type_name.as_deref(),
            value: of.value.as_ref().and_then(Answer::new),
            remarks: &of.remarks,
        });
        match (self.question.asked.format, found) {
            (Format::Json, found) => json("hover", found, streams)?,
            (Format::Human, None) => nothing("nothing is known of what is there", streams)?,
            (Format::Human, Some(found)) => {
                for declared in &found.declarations {
                    writeln!(streams.output, "{}", declared.for_people())?;
                }
                if let Some(name) = found.type_name {
                    writeln!(streams.output, "type: {}", printable(name))?;
                }
                if let Some(value) = &found.value {
                    writeln!(streams.output, "{}", value.for_people())?;
                }
                for remark in found.remarks {
                    writeln!(streams.output, "{}", printable(remark))?;
                }
            }
        }
        Ok(Exit::Success)
    }
}
