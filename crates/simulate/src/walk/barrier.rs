//! Barriers: steps of several branches that wait for each other (`spec/plan.md` §7.5).

use std::collections::HashMap;

use pipewright_model::FailureType;

use super::Walk;
use super::task::{Leaf, TaskId, Work};
use crate::layout::EntryId;
use crate::program::Program;
use crate::{Fault, Kind, Status};

/// How it stands with the others that a step waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Others {
    /// All have come, or never have to.
    There,
    /// One may still come.
    OnTheWay,
    /// One will never come.
    Lost(FailureType),
}

impl Program<'_> {
    /// The barrier that a step waits at.
    fn barrier(&self, entry: EntryId) -> Option<&str> {
        let node = self.pipeline.node(self.layout.entry(entry).node);
        if node.type_text() != "Barrier" {
            return None;
        }
        let tree = self.prepared.tree();
        let spec = tree.find(node.yaml, "spec")?;
        tree.text(tree.find(spec, "barrierRef")?)
    }

    /// The steps at each barrier.
    fn at_barriers(&self) -> HashMap<&str, Vec<EntryId>> {
        let mut found: HashMap<&str, Vec<EntryId>> = HashMap::new();
        let entries = self.layout.entries.iter().enumerate();
        for (id, entry) in entries {
            let takes_part = entry.kind == Kind::Step
                && !entry.is_dropped
                && self.selected.is_in(self.pipeline, entry.node);
            if takes_part && let Some(barrier) = self.barrier(id) {
                found.entry(barrier).or_default().push(id);
            }
        }
        found
    }
}

impl Walk<'_, '_> {
    pub(super) fn is_barrier(&self, entry: EntryId) -> bool {
        self.program.barrier(entry).is_some()
    }

    /// Lets the steps go for which nobody is missed any more; with `expires` all of them, where nothing else can move.
    /// Whether one goes.
    pub(super) fn pass_barriers(&mut self, expires: bool) -> bool {
        if self.at_barriers.is_empty() {
            return false;
        }
        let members = self.program.at_barriers();
        let waiting = std::mem::take(&mut self.at_barriers);
        let mut passed: Vec<(TaskId, EntryId, Option<FailureType>)> = Vec::new();
        for task in waiting {
            let Work::Leaf(entry) = self.tasks[task].work else {
                continue;
            };
            let barrier = self.program.barrier(entry).unwrap_or_default();
            let others = members.get(barrier).map_or(&[][..], Vec::as_slice);
            match self.others(entry, others) {
                Others::There => passed.push((task, entry, None)),
                Others::Lost(kind) => passed.push((task, entry, Some(kind))),
                Others::OnTheWay => self.at_barriers.push(task),
            }
        }
        if passed.is_empty() && expires {
            for task in std::mem::take(&mut self.at_barriers) {
                if let Work::Leaf(entry) = self.tasks[task].work {
                    passed.push((task, entry, Some(FailureType::Timeout)));
                }
            }
        }
        for (task, entry, kind) in &passed {
            self.cells[*entry].race |= kind.is_some();
            self.due.push(Leaf {
                task: *task,
                entry: *entry,
                fault: kind.map(Fault::Type),
            });
        }
        !passed.is_empty()
    }

    fn others(&self, entry: EntryId, members: &[EntryId]) -> Others {
        let mut all = Others::There;
        for member in members.iter().filter(|member| **member != entry) {
            match self.other(*member) {
                Others::There => {}
                Others::OnTheWay => all = Others::OnTheWay,
                lost @ Others::Lost(_) => return lost,
            }
        }
        all
    }

    /// How it stands with one of the others: what it is in tells, where it has no record.
    fn other(&self, member: EntryId) -> Others {
        if self.board.is_there(member) && self.board.status(member).is_none() {
            return Others::There;
        }
        let mut outward = self.program.layout.outward(member);
        let ended = outward.find_map(|outer| self.board.status(outer));
        match ended {
            None => Others::OnTheWay,
            Some(status) if status.is_positive() => Others::There,
            Some(Status::Expired) => Others::Lost(FailureType::Timeout),
            Some(_) => Others::Lost(FailureType::Unknown),
        }
    }
}
