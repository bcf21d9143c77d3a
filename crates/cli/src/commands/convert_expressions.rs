//! `pipewright convert-expressions`: a pipeline with the expressions of the newer YAML.

use clap::Args;
use pipewright_lint::edited;
use pipewright_resolve::conversion::{Delimiters, convert_file};

use crate::exit::Failure;
use crate::one_file::FileArguments;
use crate::printable::printable;
use crate::{Exit, Streams};

/// Rewrite the expressions of a pipeline to the paths of v1 YAML
#[derive(Args, Debug)]
#[command(
    after_help = "Prints the file with its expressions as Harness's own converter writes them; every other byte stays as it was.
Types of steps, on which settings and outputs depend, come from the pipeline in the file. What was chosen where a path
does not lead to a step exactly, and what stays as it is, is a note on the error stream.

Exit codes:
  0  printed
  2  the file cannot be read

Examples:
  pipewright convert-expressions pipeline.yaml > pipeline.v1.yaml
  pipewright convert-expressions pipeline.yaml | diff pipeline.yaml -
  pipewright convert-expressions - --newest < pipeline.yaml"
)]
pub(crate) struct ConvertExpressions {
    #[command(flatten)]
    file: FileArguments,

    /// Write ${{ }} around plain paths, as the newest converter does
    #[arg(long)]
    newest: bool,
}

impl ConvertExpressions {
    pub(crate) fn run(&self, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        let (files, id) = self.file.read(streams)?;
        let delimiters = if self.newest {
            Delimiters::Newest
        } else {
            Delimiters::Unchanged
        };
        let source = files.source(id);
        let tree = files
            .snapshot
            .tree(id)
            .expect("a file that was read has a tree");
        let converted = convert_file((tree, source.text()), files.documents(id), delimiters);
        for (span, note) in &converted.notes {
            let place = files.short_place(*span);
            writeln!(
                streams.errors,
                "note: {place}: {}",
                printable(&note.to_string())
            )?;
        }
        streams
            .output
            .write_all(edited(source, &converted.edits).as_bytes())?;
        Ok(Exit::Success)
    }
}
