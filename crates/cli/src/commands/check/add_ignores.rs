//! `--add-ignores`: comments for what is found now.

use pipewright_lint::{edited, ignores};
use pipewright_source::Diagnostic;

use crate::Streams;
use crate::batch::Batch;
use crate::exit::Failure;
use crate::rewritten::write_file;

/// Writes comments into the files that silence the findings; gives the number of files that it changed.
///
/// # Errors
/// When a file cannot be written.
pub(super) fn add_ignores(
    batch: &Batch,
    findings: &[Diagnostic],
    streams: &Streams<'_>,
) -> Result<usize, Failure> {
    let by_file = ignores(&batch.snapshot, findings);
    let mut changed = 0;
    for (id, edits) in by_file {
        let Some(file) = batch.snapshot.source(id) else {
            continue;
        };
        let text = edited(file, &edits);
        if text != file.text() {
            let directory = &streams.surroundings.directory;
            write_file(directory, file.name().as_ref(), text.as_bytes())?;
            changed += 1;
        }
    }
    Ok(changed)
}
