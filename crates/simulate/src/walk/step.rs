//! The attempts of a step (`spec/plan.md` §2.1, `run_step`).

use super::Walk;
use super::decide::Decision;
use super::task::{End, Leaf, NO_CLASS, TaskId, Work};
use crate::board::Change;
use crate::layout::EntryId;
use crate::{Fault, Generation, Status};

impl Walk<'_, '_> {
    /// Starts a step, which takes time unless it is skipped.
    pub(super) fn start_step(&mut self, parent: TaskId, entry: EntryId) -> Option<End> {
        let task = self.task(parent, Work::Leaf(entry));
        self.create(entry);
        let decision = self.decide(entry);
        self.attempt(task, entry, decision)
    }

    /// Another attempt of a step, in place of the one before.
    pub(super) fn again(&mut self, leaf: Leaf) -> Option<End> {
        let reads_again = self.program.generation == Generation::Current;
        let decision = if reads_again {
            self.decide(leaf.entry)
        } else {
            Decision::Run
        };
        self.attempt(leaf.task, leaf.entry, decision)
    }

    fn attempt(&mut self, task: TaskId, entry: EntryId, decision: Decision) -> Option<End> {
        let mut leaf = Leaf {
            task,
            entry,
            fault: None,
        };
        match decision {
            Decision::Skip => {
                let cell = &mut self.cells[entry];
                (cell.action, cell.fault) = (None, None);
                self.end(entry, Status::Skipped);
                let undoes = self.undoes(entry);
                return Some(End {
                    goes_on: self.goes_on(entry, Status::Skipped, undoes),
                    ..End::of(Status::Skipped)
                });
            }
            Decision::Fail => leaf.fault = Some(NO_CLASS),
            Decision::Run => {}
        }
        self.cells[entry].starts += 1;
        self.cells[entry].moment = self.board.moment();
        if leaf.fault.is_none() && self.is_barrier(entry) {
            self.at_barriers.push(task);
        } else {
            self.due.push(leaf);
        }
        None
    }

    /// Whether an entry stands in a rollback section that is under way.
    pub(super) fn undoes(&self, entry: EntryId) -> bool {
        self.program.layout.entry(entry).in_rollback
    }

    /// How the attempt that is settled fails, if it does.
    pub(super) fn fault_of(&self, leaf: Leaf) -> Option<Fault> {
        if self.is_left_out(leaf.entry) {
            return None;
        }
        if leaf.fault.is_some() {
            return leaf.fault;
        }
        let failing = self.program.failures.failing.get(&leaf.entry)?;
        (self.cells[leaf.entry].starts <= failing.attempts).then_some(failing.fault)
    }

    /// Whether the failures of the branch that an entry stands in are left out.
    pub(super) fn is_left_out(&self, entry: EntryId) -> bool {
        let layout = &self.program.layout;
        let mut branches = self.scenario.without_failures.iter();
        branches.any(|branch| layout.is_around(*branch, entry))
    }

    /// A node of a template that is not at hand: nothing is known of it but that it takes its turn.
    pub(super) fn start_opaque(&mut self, entry: EntryId, undoes: bool) -> End {
        self.create(entry);
        if self.decide(entry) == Decision::Skip {
            self.end(entry, Status::Skipped);
        } else {
            self.board.change(Change::Open(entry));
            self.end(entry, Status::Succeeded);
            self.cells[entry].starts += 1;
            self.explain(entry, |_| "its template is not at hand".to_owned());
        }
        let status = self.board.status(entry).unwrap_or(Status::Succeeded);
        End {
            goes_on: self.goes_on(entry, status, undoes),
            ..End::of(status)
        }
    }
}
