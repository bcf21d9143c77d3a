//! `pipewright rename`: another name for what stands at a place.

use std::collections::BTreeMap;

use clap::Args;
use pipewright_ide::{RenameError, rename};
use pipewright_lint::edited;
use pipewright_source::{FileId, SourceFile};
use serde::Serialize;
use similar::TextDiff;

use super::{Edit, Format, Place, Question, json};
use crate::counted::counted;
use crate::exit::Failure;
use crate::files::Files;
use crate::printable::{printable, printable_lines};
use crate::{Exit, Streams, rewritten};

/// Give a stage, group, step, variable, output, axis or barrier another name
#[derive(Args, Debug)]
#[command(
    after_help = "The name is changed where it is declared and wherever a path, a condition, an input set, a trigger or a template reads it: in
all files at hand, those of --with, too. Where something may read it that cannot be followed, nothing is changed.

Exit codes:
  0  answered: what changes, or with --write what was changed
  1  refused; the reason and its place are told
  2  could not answer: no such file or place, or a file cannot be written

Examples:
  pipewright rename pipeline.yaml --at 24:31 --to image_tag
  pipewright rename .harness/release.yaml --at 9:21 --to Publish --with .harness --write"
)]
pub(crate) struct Rename {
    #[command(flatten)]
    question: Question,

    /// The new name
    #[arg(long, value_name = "NAME")]
    to: String,

    /// Change the files
    #[arg(long)]
    write: bool,
}

/// What changes, in JSON.
#[derive(Serialize)]
struct Changes<'f> {
    edits: Vec<Edit<'f>>,
    /// Uses of templates that are not at hand, which may read the name.
    unseen: Vec<Place<'f>>,
}

/// Why nothing changes, in JSON.
#[derive(Serialize)]
struct Refusal<'f> {
    refused: Reason<'f>,
}

#[derive(Serialize)]
struct Reason<'f> {
    reason: String,
    #[serde(flatten)]
    place: Option<Place<'f>>,
}

impl Rename {
    pub(crate) fn run(&self, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
        if self.write && self.question.asked.file.is_input() {
            return Err(Failure::Message(
                "--write changes files, and the text comes from standard input".to_owned(),
            ));
        }
        let (files, id, offset) = self.question.load(streams)?;
        let renamed = match rename(&files.snapshot, id, offset, &self.to) {
            Ok(renamed) => renamed,
            Err(error) => return self.refuse(&files, &error, streams),
        };
        let changed: BTreeMap<FileId, String> = renamed
            .edits
            .chunk_by(|a, b| a.span.file == b.span.file)
            .map(|edits| {
                let file = edits[0].span.file;
                (file, edited(files.source(file), edits))
            })
            .collect();
        if self.write {
            for (file, text) in &changed {
                rewritten::write(files.source(*file), text, "rename in", streams)?;
            }
        }
        match self.question.asked.format {
            Format::Json => {
                let edits = renamed.edits.iter().map(|edit| Edit::new(&files, edit));
                let unseen = renamed.unseen.iter();
                let answer = Changes {
                    edits: edits.collect(),
                    unseen: unseen.map(|span| Place::new(&files, *span)).collect(),
                };
                json("rename", answer, streams)?;
            }
            Format::Human => {
                if self.write {
                    let places = counted(renamed.edits.len(), "place");
                    let of_files = counted(changed.len(), "file");
                    writeln!(streams.output, "changed {places} in {of_files}")?;
                } else {
                    for (file, text) in &changed {
                        print_difference(files.source(*file), text, streams)?;
                    }
                }
                streams.flush_output()?;
                for span in &renamed.unseen {
                    let place = Place::new(&files, *span).for_people();
                    writeln!(
                        streams.errors,
                        "note: {place}: this template is not at hand and may read the name"
                    )?;
                }
            }
        }
        Ok(Exit::Success)
    }

    fn refuse(
        &self,
        files: &Files,
        error: &RenameError,
        streams: &mut Streams<'_>,
    ) -> Result<Exit, Failure> {
        let place = error.span().map(|span| Place::new(files, span));
        let reason = error.to_string();
        match self.question.asked.format {
            Format::Json => {
                let refused = Reason { reason, place };
                json("rename", Refusal { refused }, streams)?;
            }
            Format::Human => {
                streams.flush_output()?;
                let place = place.map(|place| format!("{}: ", place.for_people()));
                let place = place.unwrap_or_default();
                writeln!(streams.errors, "refused: {place}{}", printable(&reason))?;
            }
        }
        Ok(Exit::Negative)
    }
}

/// Prints what differs in a file.
fn print_difference(
    before: &SourceFile,
    now: &str,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let name = printable(before.name());
    let difference = TextDiff::from_lines(before.text(), now);
    let difference = difference.unified_diff().header(&name, &name).to_string();
    write!(streams.output, "{}", printable_lines(&difference))?;
    Ok(())
}
