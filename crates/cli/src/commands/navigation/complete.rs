//! `pipewright complete`: what can be written at a place.

use clap::Args;
use pipewright_ide::complete;
use serde::Serialize;

use super::{Edit, Format, Question, json, nothing};
use crate::exit::Failure;
use crate::printable::printable;
use crate::{Exit, Streams};

/// List the names that can be written at a place of a file
#[derive(Args, Debug)]
#[command(
    after_help = "In an expression, finished or not, the names that go on from what stands before the place and can be read from there:
steps that run later or at the same time are left out.

Exit codes:
  0  answered; a note says when nothing is known to go on from there
  2  could not answer: no such file or place

Examples:
  pipewright complete pipeline.yaml --at 24:31
  pipewright complete - --stdin-filename pipeline.yaml --at 24:31 --with .harness --format json < unsaved.yaml"
)]
pub(crate) struct Complete {
    #[command(flatten)]
    question: Question,
}

/// A completion in JSON.
#[derive(Serialize)]
struct Entry<'f> {
    label: &'f str,
    kind: &'static str,
    detail: &'f str,
    edit: Edit<'f>,
}

impl Complete {
    pub(crate) fn run(&self, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        let (files, id, offset) = self.question.load(streams)?;
        let found = complete(&files.snapshot, id, offset);
        match self.question.asked.format {
            Format::Human => {
                for of in &found {
                    let (label, detail) = (printable(&of.label), printable(&of.detail));
                    let line = format!("{label} ({}) {detail}", of.kind.as_str());
                    writeln!(streams.output, "{}", line.trim_end())?;
                }
                if found.is_empty() {
                    nothing("nothing is known to go on from there", streams)?;
                }
            }
            Format::Json => {
                let completions = found.iter().map(|of| Entry {
                    label: &of.label,
                    kind: of.kind.as_str(),
                    detail: &of.detail,
                    edit: Edit::new(&files, &of.edit),
                });
                json("completions", completions.collect::<Vec<_>>(), streams)?;
            }
        }
        Ok(Exit::Success)
    }
}
