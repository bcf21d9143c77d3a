//! `pipewright references`: who reads a name.

use clap::Args;
use pipewright_ide::references;

use super::{Format, Place, Question, json, nothing};
use crate::exit::Failure;
use crate::printable::printable;
use crate::{Exit, Streams};

/// List every place that reads the name at a place of a file
#[derive(Args, Debug)]
#[command(
    after_help = "The name may be a part of a path or a declaration. What only a run has, such as `trigger.type`, is found by its path.
All files at hand are searched: those of --with, too.

Exit codes:
  0  answered; a note says when nothing reads it
  2  could not answer: no such file or place

Examples:
  pipewright references pipeline.yaml --at 7:21
  pipewright references templates/deploy.yaml --at 12:9 --with .harness --format json"
)]
pub(crate) struct References {
    #[command(flatten)]
    question: Question,
}

impl References {
    pub(crate) fn run(&self, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        let (files, id, offset) = self.question.load(streams)?;
        let found = references(&files.snapshot, id, offset);
        let places = found.iter().map(|span| Place::new(&files, *span));
        match self.question.asked.format {
            Format::Human => {
                for (place, span) in places.zip(&found) {
                    let source = files.source(span.file);
                    let line = source.line_index().line(span.range.start());
                    let start = source.line_index().line_start(line).unwrap_or(0);
                    let rest = source.text().get(start as usize..).unwrap_or("");
                    let line = rest.lines().next().unwrap_or("").trim();
                    writeln!(
                        streams.output,
                        "{}: {}",
                        place.for_people(),
                        printable(line)
                    )?;
                }
                if found.is_empty() {
                    nothing("nothing reads it in these files", streams)?;
                }
            }
            Format::Json => json("references", places.collect::<Vec<_>>(), streams)?,
        }
        Ok(Exit::Success)
    }
}
