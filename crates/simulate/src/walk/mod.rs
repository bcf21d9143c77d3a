//! One walk through a pipeline, as the engine goes (`spec/plan.md` §2).
//!
//! Time goes in ticks: every attempt of a step takes one. All attempts of a tick settle before any branch goes on, and
//! nothing else takes time.

mod barrier;
mod cell;
mod decide;
mod group;
mod list;
mod looping;
mod pipeline;
mod rollback;
mod scenario;
mod settle;
mod stage;
mod step;
mod task;

use std::sync::Arc;

use crate::Status;
use crate::board::{Board, Change};
use crate::layout::EntryId;
use crate::program::Program;

pub(crate) use cell::{Cell, Ending, StoppedBy};
pub(crate) use looping::loop_condition;
pub(crate) use scenario::{Queued, Scenario};
pub use stage::can_roll_back;
use task::{End, Leaf, Task, TaskId, Work};

/// A walk, and how far it has come.
#[derive(Debug)]
pub(crate) struct Walk<'p, 's> {
    pub(crate) program: &'p Program<'p>,
    pub(crate) scenario: &'s Scenario,
    pub(crate) board: Arc<Board>,
    pub(crate) cells: Vec<Cell>,
    /// Whether reasons are told, and how far the run had come at each start.
    explains: bool,
    tasks: Vec<Task<'p>>,
    /// What settles in the next tick.
    due: Vec<Leaf>,
    /// The loops in which a turn has ended.
    to_pump: Vec<TaskId>,
    /// Steps that wait at a barrier.
    at_barriers: Vec<TaskId>,
    /// The tick, and which undoing of a pipeline rollback it belongs to.
    now: (u32, u32),
    /// Whether a step asked for a pipeline rollback, and which.
    pipeline_rollback: Option<EntryId>,
    /// What records come to that a repeated group left over.
    left_over: Status,
    /// The conditions that were unknown, with the names that would decide them.
    pub(crate) unknown: std::collections::BTreeMap<crate::condition::Question, Arc<[String]>>,
    /// What failed or was aborted by itself.
    pub(crate) failed: std::collections::BTreeSet<EntryId>,
    /// The turns that had to wait.
    pub(crate) queued: Vec<Queued>,
}

/// The most ticks of a walk: with retries of groups inside groups there could be many.
const MAX_TICKS: u32 = 1_000_000;

impl<'p, 's> Walk<'p, 's> {
    /// Walks through a pipeline to the end.
    pub(crate) fn new(program: &'p Program<'p>, scenario: &'s Scenario, explains: bool) -> Self {
        let mut walk = Self {
            program,
            scenario,
            board: Arc::new(Board::new(Arc::clone(&program.layout), explains)),
            cells: vec![Cell::default(); program.layout.entries.len()],
            explains,
            tasks: Vec::new(),
            due: Vec::new(),
            to_pump: Vec::new(),
            at_barriers: Vec::new(),
            now: (0, 0),
            pipeline_rollback: None,
            left_over: Status::Succeeded,
            unknown: std::collections::BTreeMap::new(),
            failed: std::collections::BTreeSet::new(),
            queued: Vec::new(),
        };
        walk.start_pipeline();
        while walk.now.0 < MAX_TICKS && walk.tick() {}
        walk
    }

    /// One tick; whether anything is left to do.
    fn tick(&mut self) -> bool {
        if self.due.is_empty() && !self.pass_barriers(true) {
            return false;
        }
        self.now.0 += 1;
        let mut leaves = std::mem::take(&mut self.due);
        leaves.sort_by_key(|leaf| leaf.entry);
        let settled: Vec<_> = leaves.iter().map(|leaf| self.settle(*leaf)).collect();
        for (place, (leaf, ended)) in leaves.iter().zip(settled).enumerate() {
            let ended = match ended {
                Some(settled) => Some(self.end_of(leaf.entry, settled)),
                None => self.again(*leaf),
            };
            if let Some(end) = ended {
                self.deliver(leaf.task, end);
            }
            let next = leaves.get(place + 1).map(|leaf| leaf.entry);
            self.pump_before(next);
        }
        self.go_on();
        true
    }

    /// Starts what waited: turns of loops, and steps at barriers.
    fn go_on(&mut self) {
        loop {
            self.pump_before(None);
            self.pass_barriers(false);
            if self.to_pump.is_empty() {
                return;
            }
        }
    }

    /// Goes on with the loops in which a turn has ended, apart from those around an attempt that has yet to be told of.
    fn pump_before(&mut self, next: Option<EntryId>) {
        let is_around = |walk: &Self, task: &TaskId| match (next, &walk.tasks[*task].work) {
            (Some(next), Work::Loop(work)) => walk.program.layout.is_around(work.entry, next),
            _ => false,
        };
        loop {
            let tasks = self.to_pump.iter().copied();
            let tasks = tasks.filter(|task| !is_around(self, task));
            // Loops inside others were started after them.
            let Some(task) = tasks.max() else {
                return;
            };
            self.to_pump.retain(|other| *other != task);
            if let Some(end) = self.pump(task) {
                self.deliver(task, end);
            }
        }
    }

    /// Tells the task around one that it has ended, and so on outwards.
    fn deliver(&mut self, task: TaskId, end: End) {
        let (mut inner, mut end) = (task, end);
        while let Some(outer) = self.tasks[inner].parent {
            match self.child_ended(outer, inner, end) {
                Some(next) => (inner, end) = (outer, next),
                None => return,
            }
        }
    }

    /// What a task makes of the end of one directly inside; its own end, if that was the last.
    fn child_ended(&mut self, outer: TaskId, inner: TaskId, end: End) -> Option<End> {
        match self.tasks[outer].work {
            Work::List(_) => self.item_ended(outer, end).or_else(|| self.advance(outer)),
            Work::Block(_) => self.member_ended(outer, end),
            Work::Loop(_) => {
                self.turn_ended(outer, inner, end);
                self.to_pump.push(outer);
                None
            }
            Work::Group(entry) => self.group_ended(outer, entry, end),
            Work::Stage(entry, phase) => self.part_ended(outer, entry, phase, end),
            Work::Pipeline(_) => {
                self.stage_item_ended(outer, end);
                None
            }
            Work::Undo(entry, phase) => self.undone(outer, entry, phase, end),
            Work::UndoAll(_) => {
                self.undo_ended(outer);
                None
            }
            Work::Leaf(_) => None,
        }
    }

    /// Whether a step asked for a pipeline rollback.
    pub(crate) fn asks_for_pipeline_rollback(&self) -> bool {
        self.pipeline_rollback.is_some()
    }

    /// What failed first inside an entry, in the order of the document.
    pub(crate) fn culprit_in(&self, around: EntryId) -> Option<EntryId> {
        self.culprit(around)
    }

    fn task(&mut self, parent: TaskId, work: Work<'p>) -> TaskId {
        self.tasks.push(Task {
            parent: Some(parent),
            work,
        });
        self.tasks.len() - 1
    }

    /// The entry has a record.
    fn create(&mut self, entry: EntryId) {
        let now = self.now;
        self.cells[entry].created.get_or_insert(now);
        self.board.change(Change::Created(entry));
        self.cells[entry].moment = self.board.moment();
    }

    /// The entry ended.
    fn end(&mut self, entry: EntryId, status: Status) {
        self.board.change(Change::Ended(entry, status));
        self.cells[entry].status = Some(status);
    }

    fn explain(&mut self, entry: EntryId, reason: impl FnOnce(&Self) -> String) {
        if self.explains {
            self.cells[entry].reason = reason(self);
        }
    }
}
