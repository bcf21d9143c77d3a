//! `pipewright definition`: where a name is declared.

use clap::Args;
use pipewright_ide::definition;
use serde::Serialize;

use super::{Asked, At, Declared, Format, VERSION, nothing};
use crate::exit::Failure;
use crate::printable::json_lines;
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
    file: Asked,

    #[command(flatten)]
    at: At,
}

#[derive(Serialize)]
struct Document<'f> {
    version: u32,
    declarations: Vec<Declared<'f>>,
}

impl Definition {
    pub(crate) fn run(&self, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        let (files, id) = self.file.load(streams)?;
        let declared = definition(&files.snapshot, id, self.at.offset(&files)?);
        let declarations: Vec<Declared<'_>> = declared
            .iter()
            .map(|of| Declared::new(&files, of))
            .collect();
        match self.file.format {
            Format::Human => {
                for of in &declarations {
                    writeln!(streams.output, "{}", of.for_people())?;
                }
                if declarations.is_empty() {
                    nothing("nothing there is declared in these files", streams)?;
                }
            }
            Format::Json => {
                let document = Document {
                    version: VERSION,
                    declarations,
                };
                writeln!(streams.output, "{}", json_lines(&document)?)?;
            }
        }
        Ok(Exit::Success)
    }
}
