//! Where what stands at the cursor is declared.

use pipewright_analysis::Snapshot;
use pipewright_source::FileId;

use crate::Declaration;
use crate::cursor::{path_name, resolved, touches};

/// The declarations of the name of a path on which the cursor stands; of the name of a declaration that itself, and of
/// what names a barrier that. A
/// template is read in every file at hand that uses it, and may find another declaration in each. Empty where there is
/// none in the files.
pub fn definition(snapshot: &Snapshot, file: FileId, offset: u32) -> Vec<Declaration> {
    let is_here = |span| touches(span, file, offset);
    if path_name(snapshot, file, (file, offset)).is_none() {
        let mut all = resolved(snapshot, file).into_iter();
        let declared = all.find_map(|of| {
            of.declared_at(is_here)
                .or_else(|| of.barrier_named_at(is_here))
        });
        return declared.into_iter().collect();
    }
    let others = snapshot.ids().map(|(_, id)| id).filter(|id| *id != file);
    let mut found: Vec<Declaration> = Vec::new();
    for id in std::iter::once(file).chain(others) {
        let declared = path_name(snapshot, id, (file, offset))
            .and_then(|name| name.of.declaration(name.read.reference, name.segment));
        let is_known = |of: &Declaration| found.iter().any(|known| known.name == of.name);
        found.extend(declared.filter(|declared| !is_known(declared)));
        if id == file && !found.is_empty() {
            break;
        }
    }
    found
}
