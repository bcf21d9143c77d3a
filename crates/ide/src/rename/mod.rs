//! Another name for what stands at the cursor, everywhere it is read.
//!
//! A name is changed only where every place that means it is known. What may mean it and cannot be followed is a reason
//! to change nothing, and so is a reference that would mean something else afterwards: the files are read again with
//! the new name, and each reference must lead where it led.

mod declared_names;
mod error;
mod in_tests;
mod open;
mod plain_names;
mod restated;
mod same_meaning;
mod subject;
mod triggers;
mod written_names;

use pipewright_analysis::Snapshot;
use pipewright_lint::edited;
use pipewright_source::{Edit, FileId, SourceFile, Span};

pub use self::error::RenameError;
use self::subject::Subject;
use self::written_names::Written;

/// Another name in all files.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Rename {
    /// What is written anew, by file and place: each time a name or its beginning, without quotes.
    pub edits: Vec<Edit>,
    /// Uses of templates that are not at hand, which may read the name.
    pub unseen: Vec<Span>,
}

/// The name at the cursor as it is written there, without quotes and without what a loop puts behind it.
///
/// # Errors
/// Where nothing there can have another name.
pub fn renamed(snapshot: &Snapshot, file: FileId, offset: u32) -> Result<Span, RenameError> {
    let subject = Subject::at(snapshot, file, offset)?;
    let written = Written::of(snapshot, subject)?;
    let here = |span: &&Span| crate::cursor::touches(**span, file, offset);
    written
        .spans()
        .find(here)
        .copied()
        .ok_or(RenameError::NoName)
}

/// Gives what is named at the cursor another name: a stage, group, step, variable, output, axis or barrier. Written
/// anew are its declaration and every place in all files that names it: paths, also of instances of loops, in
/// templates, input sets and pipelines that chain or are chained; `dependsOn`, `useFromStage`, `barrierRef` and
/// notification rules; values that are given to it; files of tests, by full names. A name that it has already changes
/// nothing.
///
/// Takes time about linear in all files, and reads those again that change.
///
/// # Errors
/// Where the name cannot be changed everywhere; see [`RenameError`].
pub fn rename(
    snapshot: &Snapshot,
    file: FileId,
    offset: u32,
    to: &str,
) -> Result<Rename, RenameError> {
    let subject = Subject::at(snapshot, file, offset)?;
    subject.accepts(to)?;
    if subject.name == to {
        return Ok(Rename {
            edits: Vec::new(),
            unseen: Vec::new(),
        });
    }
    let written = Written::of(snapshot, subject)?;
    written.check_new_name(snapshot, to)?;
    written.check_open(snapshot)?;
    let edits: Vec<Edit> = written
        .spans()
        .map(|span| Edit {
            span: *span,
            replacement: to.to_owned(),
        })
        .collect();
    let after = with_edits(snapshot, &edits);
    same_meaning::check(snapshot, &after, &edits)?;
    Ok(Rename {
        unseen: written.unseen(snapshot),
        edits,
    })
}

/// The files with edits made, which are sorted by file.
fn with_edits(snapshot: &Snapshot, edits: &[Edit]) -> Snapshot {
    let mut after = snapshot.clone();
    for of_file in edits.chunk_by(|a, b| a.span.file == b.span.file) {
        let id = of_file[0].span.file;
        let place = snapshot.ids().find(|(_, known)| *known == id);
        if let (Some((place, _)), Some(source)) = (place, snapshot.source(id)) {
            let text = edited(source, of_file);
            after.set(place, SourceFile::new(source.name(), text));
        }
    }
    after
}
