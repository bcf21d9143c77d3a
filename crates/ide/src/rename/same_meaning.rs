//! Whether everything means the same after a name has changed.

use std::mem::discriminant;
use std::sync::Arc;

use pipewright_analysis::Snapshot;
use pipewright_resolve::Reference;
use pipewright_source::{Edit, FileId, Span, TextRange};

use super::RenameError;
use crate::cursor::{Resolved, resolved};

/// Refuses where a reference leads somewhere else after the edits than before, or a value fills something else.
pub(super) fn check(
    before: &Snapshot,
    after: &Snapshot,
    edits: &[Edit],
) -> Result<(), RenameError> {
    for (_, id) in before.ids() {
        let whole = (before.written_out(id), after.written_out(id));
        if let (Some(then), Some(now)) = whole
            && Arc::ptr_eq(then, now)
        {
            continue;
        }
        let edit = edits
            .iter()
            .find(|edit| edit.span.file == id)
            .or(edits.first());
        let whole_file = edit.map_or_else(|| Span::new(id, TextRange::default()), |edit| edit.span);
        if before.kind(id) != after.kind(id) || !fits_alike(before, after, id) {
            return Err(RenameError::Changes(whole_file));
        }
        let (then, now) = (resolved(before, id), resolved(after, id));
        if then.len() != now.len() {
            return Err(RenameError::Changes(whole_file));
        }
        for (then, now) in then.iter().zip(&now) {
            let reads = (then.reads(), now.reads());
            if reads.0.len() != reads.1.len() || !names_alike(then, now) {
                return Err(RenameError::Changes(whole_file));
            }
            let mut pairs = reads.0.iter().zip(&reads.1);
            if let Some((other, _)) = pairs.find(|(a, b)| !is_alike(a.reference, b.reference)) {
                let path = other.tree.cover_of(other.scalar, other.reference.range);
                return Err(RenameError::Changes(path));
            }
        }
    }
    Ok(())
}

/// Whether two references lead to the same. Nodes keep their numbers, as only names differ.
fn is_alike(then: &Reference, now: &Reference) -> bool {
    discriminant(&then.verdict) == discriminant(&now.verdict)
        && then.verdict.target() == now.verdict.target()
        && then.verdict.node() == now.verdict.node()
        && then.loops == now.loops
        && then.segments.len() == now.segments.len()
}

/// Whether values that are given find the same places.
fn fits_alike(then: &Snapshot, now: &Snapshot, id: FileId) -> bool {
    let fits = |snapshot: &Snapshot| {
        let whole = snapshot.written_out(id);
        let given = whole.map_or(&[][..], |whole| whole.given()).iter();
        let values = given.flat_map(|given| &given.values);
        let fits: Vec<_> = values
            .map(|value| (value.at, discriminant(&value.fit)))
            .collect();
        fits
    };
    fits(then) == fits(now)
}

/// Whether names of stages that stand without a path find the same stages.
fn names_alike(then: &Resolved<'_>, now: &Resolved<'_>) -> bool {
    let named = |of: &Resolved<'_>| {
        let names = of.stage_names().into_iter();
        let stages: Vec<_> = names
            .map(|name| {
                let text = of.tree.text(name);
                let is_it = |id: &pipewright_model::NodeId| {
                    let node = of.pipeline.node(*id);
                    let identifier = node.identifier.as_ref().map(|of| &*of.text);
                    node.kind == pipewright_model::NodeKind::Stage && identifier == text
                };
                of.pipeline.ids().find(is_it)
            })
            .collect();
        stages
    };
    named(then) == named(now)
}
