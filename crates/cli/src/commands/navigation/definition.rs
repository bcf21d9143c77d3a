//! `pipewright definition`: where a name is declared.

use clap::Args;
use pipewright_ide::definition;

use super::{Declared, Format, Question, json, nothing};
use crate::exit::Failure;
use crate::{Exit, Streams};

/// Say where the name at a place of a file is declared
#[derive(Args, Debug)]
#[command(
    after_help = "The name may be a part of a path, such as a step, a variable or an output, or a declaration itself. A template
is read in every file at hand that uses it.

Exit codes:
  0  answered; a note says when nothing there is declared in these files
  2  could not answer: no such file or place

Examples:
  pipewright definition pipeline.yaml --at 24:31
  pipewright definition - --stdin-filename pipeline.yaml --at 24:31 --with .harness --format json < unsaved.yaml"
)]
pub(crate) struct Definition {
    #[command(flatten)]
    question: Question,
}

impl Definition {
    pub(crate) fn run(&self, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        let (files, id, offset) = self.question.load(streams)?;
        let declared = definition(&files.snapshot, id, offset);
        let declarations: Vec<Declared<'_>> = declared
            .iter()
            .map(|of| Declared::new(&files, of))
            .collect();
        match self.question.asked.format {
            Format::Human => {
                for of in &declarations {
                    writeln!(streams.output, "{}", of.for_people())?;
                }
                if declarations.is_empty() {
                    nothing("nothing there is declared in these files", streams)?;
                }
            }
            Format::Json => json("declarations", declarations, streams)?,
        }
        Ok(Exit::Success)
    }
}
