//! What is under way in a walk.

use pipewright_model::FailureType;

use crate::layout::{EntryId, Item};
use crate::strategies::bit;
use crate::{Fault, Status};

/// The place of a task among all of a walk.
pub(super) type TaskId = usize;

/// Something under way.
#[derive(Debug)]
pub(super) struct Task<'p> {
    /// What it is a part of.
    pub(super) parent: Option<TaskId>,
    pub(super) work: Work<'p>,
}

#[derive(Debug)]
pub(super) enum Work<'p> {
    Pipeline(PipelineWork<'p>),
    Stage(EntryId, Phase),
    Group(EntryId),
    Loop(LoopWork),
    Leaf(EntryId),
    List(ListWork<'p>),
    Block(BlockWork),
    /// Undoes a stage in a pipeline rollback.
    Undo(EntryId, Phase),
    /// Undoes all stages, the last one first.
    UndoAll(UndoWork),
}

/// Which part of a stage, or of a group that undoes its steps, is under way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Phase {
    Provisioner,
    Execution,
    ProvisionerRollback,
    Rollback,
}

/// The stages, one after the other or by what they wait for.
#[derive(Debug)]
pub(super) struct PipelineWork<'p> {
    pub(super) items: &'p [Item],
    pub(super) next: usize,
    pub(super) open: usize,
    /// The places of items that have started.
    pub(super) started: Vec<usize>,
    pub(super) all: Total,
}

/// Items one after the other.
#[derive(Debug)]
pub(super) struct ListWork<'p> {
    pub(super) owner: EntryId,
    pub(super) items: &'p [Item],
    pub(super) next: usize,
    /// Whether only nodes that always run still start, behind a rollback node that failed.
    pub(super) is_closed: bool,
    pub(super) undoes: bool,
    pub(super) all: Total,
}

/// Items side by side.
#[derive(Debug)]
pub(super) struct BlockWork {
    pub(super) owner: EntryId,
    pub(super) open: usize,
    pub(super) undoes: bool,
    pub(super) all: Total,
}

/// The turns of a loop.
#[derive(Debug)]
pub(super) struct LoopWork {
    pub(super) entry: EntryId,
    pub(super) next: usize,
    /// The turns that are running.
    pub(super) running: Vec<EntryId>,
    /// The turn after which no further one starts.
    pub(super) broke: Option<EntryId>,
    pub(super) undoes: bool,
    pub(super) is_all_skipped: bool,
    pub(super) all: Total,
}

/// Stages to be undone, item by item.
#[derive(Debug)]
pub(super) struct UndoWork {
    pub(super) left: Vec<Vec<EntryId>>,
    pub(super) open: usize,
}

/// What several come to together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Total {
    pub(super) status: Status,
    /// The types of failures, one bit each.
    pub(super) types: u32,
}

impl Default for Total {
    fn default() -> Self {
        Self {
            status: Status::Succeeded,
            types: 0,
        }
    }
}

impl Total {
    pub(super) fn add(&mut self, end: End) {
        self.status = self.status.and(end.status);
        if end.status.is_broke() {
            self.types |= end.types;
        }
    }
}

/// How a task ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    pub(super) status: Status,
    /// Whether the next one of the list starts.
    pub(super) goes_on: bool,
    pub(super) types: u32,
}

impl End {
    pub(super) const fn of(status: Status) -> Self {
        Self {
            status,
            goes_on: true,
            types: 0,
        }
    }
}

/// An attempt that settles in the next tick.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaf {
    pub(super) task: TaskId,
    pub(super) entry: EntryId,
    /// How it surely fails.
    pub(super) fault: Option<Fault>,
}

/// The bit of a fault's type.
pub(super) const fn types_of(fault: Fault) -> u32 {
    match fault {
        Fault::Type(kind) => bit(kind),
        Fault::FreezeActive => 0,
    }
}

/// What a condition fails with that is no Boolean.
pub(super) const NO_CLASS: Fault = Fault::Type(FailureType::Unknown);
