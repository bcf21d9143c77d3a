//! How far a run had come when each of its nodes started.

use std::sync::Arc;

use pipewright_context::Records;

use crate::board::{Board, Change};
use crate::layout::{EntryId, Layout};

/// How far the run of a plan had come when each of its nodes started, for those who evaluate what a node reads.
///
/// It is the run in which every unknown condition is true; of nodes whose verdict is unknown it tells nothing.
#[derive(Debug)]
pub struct History {
    layout: Arc<Layout>,
    changes: Vec<Change>,
    /// The entries whose verdict is unknown.
    unknown: Vec<EntryId>,
    /// By the place of a node in the plan: how many changes there were when its last record started. `None` for a node
    /// without one.
    moments: Vec<Option<usize>>,
}

impl History {
    pub(crate) const fn new(
        layout: Arc<Layout>,
        changes: Vec<Change>,
        unknown: Vec<EntryId>,
        moments: Vec<Option<usize>>,
    ) -> Self {
        Self {
            layout,
            changes,
            unknown,
            moments,
        }
    }

    /// The records when a node started, by its place among the nodes of the plan. `None` for one that the run does not
    /// come to. It takes time in the number of changes before.
    pub fn at(&self, place: usize) -> Option<Arc<dyn Records>> {
        let moment = (*self.moments.get(place)?)?;
        let board = Board::new(Arc::clone(&self.layout), false);
        let before = self.changes.get(..moment)?.iter();
        before.for_each(|change| board.change(*change));
        let unknown = self.unknown.iter();
        unknown.for_each(|entry| board.change(Change::Open(*entry)));
        Some(Arc::new(board))
    }
}
