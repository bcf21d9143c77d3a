//! Files at hand: in them is looked for what others use, and nothing is asked of them.

use std::path::PathBuf;
use std::sync::Arc;

use pipewright_analysis::Snapshot;
use pipewright_model::{Document, DocumentKind};
use pipewright_source::{FileId, SourceFile};
use pipewright_workspace::{Input, Origin, ReadError, Workspace};
use pipewright_yaml::Tree;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use crate::Streams;
use crate::exit::Failure;
use crate::printable::printable;

/// The help of `--with`.
pub(crate) const WITH_HELP: &str = "Where to look for the templates, child pipelines and input sets that the pipeline uses: a file, or a \
     directory, walked as `check` walks it; may be repeated";

/// How many notes the files get; the rest are counted.
const MOST_NOTES: usize = 5;

/// Whether one of the paths is standard input.
pub(crate) fn reads_input(paths: &[PathBuf]) -> bool {
    paths.iter().any(|path| path.as_os_str() == "-")
}

/// Reads the files at and below `paths` into the snapshot, but those that are in it, which are known by their places;
/// `-` is standard input, which goes by `input_name`. Says on the error stream which of them give nothing. Gives the
/// new ones.
///
/// # Errors
/// When there is nothing at one of the paths, or what is neither a file nor a directory.
pub(crate) fn read(
    paths: &[PathBuf],
    input_name: &str,
    snapshot: &mut Snapshot,
    streams: &mut Streams<'_>,
) -> Result<Vec<FileId>, Failure> {
    if paths.is_empty() {
        return Ok(Vec::new());
    }
    let directory = streams.surroundings.directory.clone();
    let mut workspace = Workspace::new(directory, &mut streams.input, input_name);
    let mut remarks = Vec::new();
    let mut new: Vec<(FileId, Input)> = Vec::new();
    for input in workspace.collect(paths) {
        let place = workspace.place(&input.name);
        if snapshot.id(&place).is_some() {
            continue;
        }
        match &input.text {
            Ok(text) => {
                let file = SourceFile::new(input.name.clone(), text.clone());
                new.push((snapshot.set(place, file), input));
            }
            Err(error @ (ReadError::Missing | ReadError::Special(_)))
                if input.origin == Origin::Named =>
            {
                return Err(unreadable(&input.name, error));
            }
            Err(error) => remarks.push(unreadable(&input.name, error).to_string()),
        }
    }
    remarks.extend(workspace.passed_over().iter().map(|file| {
        let (name, reason) = (printable(&file.name), &file.reason);
        format!("`{name}` is passed over: {reason}")
    }));
    new.par_iter().for_each(|(id, _)| {
        snapshot.kind(*id);
    });
    let mut broken = Vec::new();
    for (id, input) in &new {
        let name = printable(&input.name);
        if documents(snapshot, *id).is_empty() && input.origin == Origin::Named {
            remarks.push(format!("`{name}` holds nothing for Harness"));
        }
        if is_lost(snapshot, *id) {
            broken.push(format!("`{name}`"));
        }
    }
    if !broken.is_empty() {
        let more = match broken.len().saturating_sub(MOST_NOTES) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        broken.truncate(MOST_NOTES);
        let names = broken.join(", ");
        remarks.push(format!(
            "broken YAML is not used: {names}{more}; `pipewright check` shows what is wrong"
        ));
    }
    for remark in remarks.iter().take(MOST_NOTES) {
        writeln!(streams.errors, "note: {remark}")?;
    }
    if remarks.len() > MOST_NOTES {
        let more = remarks.len() - MOST_NOTES;
        writeln!(streams.errors, "note: and {more} more notes like these")?;
    }
    Ok(new.into_iter().map(|(id, _)| id).collect())
}

/// The answer to a path that cannot be read.
pub(crate) fn unreadable(name: &str, error: &ReadError) -> Failure {
    Failure::Message(format!("cannot read `{}`: {error}", printable(name)))
}

fn documents(snapshot: &Snapshot, id: FileId) -> &[Document] {
    snapshot.documents(id).map_or(&[], |documents| documents)
}

/// Whether a file holds templates or input sets that cannot be relied on: what is missing may belong to them.
fn is_lost(snapshot: &Snapshot, id: FileId) -> bool {
    let is_wanted = |document: &Document| {
        matches!(
            document.kind,
            DocumentKind::Template(_)
                | DocumentKind::InputSet(_)
                | DocumentKind::OverlayInputSet(_)
        )
    };
    let tree = snapshot.tree(id);
    let is_broken = tree.is_some_and(|tree: &Arc<Tree>| tree.recovered());
    is_broken && documents(snapshot, id).iter().any(is_wanted)
}
