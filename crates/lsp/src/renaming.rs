//! Another name for what stands at a place.

use gen_lsp_types::{PrepareRenamePlaceholder, PrepareRenameResult, WorkspaceEdit};
use lsp_server::{ErrorCode, ResponseError};
use pipewright_ide::{RenameError, rename, renamed};
use pipewright_source::FileId;

use crate::convert::Seen;
use crate::edits::workspace_edit;
use crate::server::error;

/// What would have another name, as it is written. `None` where nothing there has one.
///
/// # Errors
/// Where it cannot have another one; why.
pub(crate) fn prepare(
    seen: Seen<'_>,
    id: FileId,
    offset: u32,
) -> Result<Option<PrepareRenameResult>, ResponseError> {
    let snapshot = &seen.project.snapshot;
    match renamed(snapshot, id, offset) {
        Ok(span) => Ok(seen.range(span).map(|range| {
            let placeholder = snapshot.sources().slice(span).to_owned();
            PrepareRenamePlaceholder { range, placeholder }.into()
        })),
        Err(RenameError::NoName) => Ok(None),
        Err(why) => Err(refused(seen, &why)),
    }
}

/// The edits that give it another name, and the number of templates that are not at hand and may read it.
///
/// # Errors
/// Where it cannot have that name everywhere; why.
pub(crate) fn edits(
    seen: Seen<'_>,
    (id, offset): (FileId, u32),
    to: &str,
    takes_versions: bool,
) -> Result<(WorkspaceEdit, usize), ResponseError> {
    let renamed = rename(&seen.project.snapshot, id, offset, to);
    let renamed = renamed.map_err(|why| refused(seen, &why))?;
    let edit = workspace_edit(seen, &renamed.edits, takes_versions);
    Ok((edit, renamed.unseen.len()))
}

/// Why a name stays, with the line that is in the way.
fn refused(seen: Seen<'_>, why: &RenameError) -> ResponseError {
    let place = why.span().and_then(|span| {
        let file = seen.source(span.file)?;
        let line = file.line_index().line(span.range.start());
        Some(format!(" ({}:{line})", file.name()))
    });
    let message = format!("{why}{}", place.unwrap_or_default());
    error(ErrorCode::RequestFailed, message)
}
