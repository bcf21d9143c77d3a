//! What a walk makes of each entry (`spec/plan.md` §1.6).

use crate::layout::EntryId;
use crate::program::Program;
use crate::walk::Walk;
use crate::{Kind, Status, Verdict};

/// The verdict of every entry in one walk.
pub(super) fn verdicts(program: &Program<'_>, walk: &Walk<'_, '_>) -> Vec<Verdict> {
    let entries = 0..program.layout.entries.len();
    entries.map(|entry| verdict(program, walk, entry)).collect()
}

fn verdict(program: &Program<'_>, walk: &Walk<'_, '_>, entry: EntryId) -> Verdict {
    let kind = program.layout.entry(entry).kind;
    if !walk.board.is_there(entry) {
        return Verdict::NotReached;
    }
    if kind == Kind::Stage && walk.cells[entry].rolled_back {
        return Verdict::RolledBack;
    }
    match walk.board.status(entry) {
        // Of something whose content only a run knows.
        _ if walk.board.is_unknown(entry) => Verdict::Unknown,
        None => Verdict::Unknown,
        Some(Status::Skipped) => Verdict::Skipped,
        Some(Status::IgnoreFailed) if kind == Kind::Step => Verdict::Ignored,
        Some(Status::Succeeded | Status::IgnoreFailed) => Verdict::Runs,
        Some(Status::Aborted) => Verdict::Aborted,
        Some(_) => Verdict::Failed,
    }
}
