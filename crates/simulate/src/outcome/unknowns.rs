//! Which unknown conditions change more than what they stand at (`spec/plan.md` §8).
//!
//! Skipped and succeeded are the same to everything that follows. So most unknown conditions only decide about their
//! own node and what is in it; those that bear on others are tried out.

use std::collections::BTreeSet;

use crate::condition::{Asked, Question};
use crate::layout::{EntryId, Item};
use crate::program::Program;
use crate::walk::Walk;
use crate::{Kind, Reading};

/// What was seen in the walks so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) unknown: BTreeSet<Question>,
    failed: BTreeSet<EntryId>,
    read: BTreeSet<EntryId>,
    pipeline_rollback: bool,
}

impl Seen {
    pub(super) fn add(&mut self, walk: &Walk<'_, '_>) {
        self.unknown.extend(walk.unknown.keys().copied());
        self.failed.extend(walk.failed.iter().copied());
        self.read.extend(walk.board.read());
        self.pipeline_rollback |= walk.asks_for_pipeline_rollback();
    }

    /// The unknown conditions that bear on more than what they stand at.
    pub(super) fn bearing(&self, program: &Program<'_>) -> Vec<Question> {
        let unknown = self.unknown.iter().copied();
        unknown
            .filter(|question| self.bears(program, *question))
            .collect()
    }

    fn bears(&self, program: &Program<'_>, question: Question) -> bool {
        let layout = &program.layout;
        let (entry, kind) = (question.entry, layout.entry(question.entry).kind);
        let end = layout.entry(entry).end;
        let is_of_stages =
            layout.entry(entry).parent == Some(crate::layout::Layout::ROOT) || kind == Kind::Stage;
        question.asked == Asked::Retry
            || self.failed.range(entry..end).next().is_some()
            || self.read.range(entry..end).next().is_some()
            || self
                .read
                .iter()
                .any(|read| is_told_of(program, *read, entry))
            || is_of_stages && (program.by_dependencies || self.pipeline_rollback)
            || self.is_beside_failure(program, entry)
    }

    /// Whether something fails in the stage while the entry runs beside something else there.
    fn is_beside_failure(&self, program: &Program<'_>, entry: EntryId) -> bool {
        let layout = &program.layout;
        let Some(stage) = layout.entry(entry).stage.filter(|stage| *stage != entry) else {
            return false;
        };
        let mut failed = self.failed.range(stage..layout.entry(stage).end);
        failed.next().is_some() && is_beside(program, entry)
    }
}

/// Whether what is read of an entry around another one tells whether that one was skipped.
fn is_told_of(program: &Program<'_>, read: EntryId, entry: EntryId) -> bool {
    let layout = &program.layout;
    let sums_up = match layout.entry(read).kind {
        Kind::Loop => true,
        Kind::Group => program.reading == Reading::Documented,
        _ => false,
    };
    sums_up && layout.is_around(read, entry)
}

/// Whether an entry stands in a parallel block or in a turn of a loop.
fn is_beside(program: &Program<'_>, entry: EntryId) -> bool {
    let layout = &program.layout;
    layout.outward(entry).any(|inner| {
        let Some(parent) = layout.entry(inner).parent else {
            return false;
        };
        let parent = layout.entry(parent);
        let mut items = parent.lists.iter().flat_map(|list| &list.items);
        layout.entry(inner).kind != Kind::Stage
            && (parent.kind == Kind::Loop
                || items.any(
                    |item| matches!(item, Item::Parallel(members) if members.contains(&inner)),
                ))
    })
}
