//! Verdicts that rest on which of several branches is faster (`spec/plan.md` §2.3).

use std::collections::BTreeSet;

use pipewright_model::SectionKind;

use super::MAX_EVALUATED;
use super::verdict::verdicts;
use crate::layout::{EntryId, Item, Layout, Looping, Turns};
use crate::program::Program;
use crate::walk::{Scenario, Walk};
use crate::{Generation, Kind, Verdict};

/// How many further walks may be taken.
const MAX_WALKS: usize = 200;

/// How many entries they may go through together.
const MAX_WORK: usize = 1_000_000;

/// Of each entry whether its verdict rests on the speed of others.
pub(super) fn races(program: &Program<'_>, walk: &Walk<'_, '_>) -> Vec<bool> {
    let mut races = Races {
        program,
        walk,
        found: vec![false; program.layout.entries.len()],
        before: Vec::new(),
        left: MAX_WALKS
            .min(MAX_WORK / program.layout.entries.len().max(1))
            .max(4),
    };
    if !walk.failed.is_empty() {
        races.before = verdicts(program, walk);
        races.find();
    }
    races.found
}

struct Races<'w, 'p, 's> {
    program: &'w Program<'p>,
    walk: &'w Walk<'p, 's>,
    found: Vec<bool>,
    before: Vec<Verdict>,
    left: usize,
}

impl Races<'_, '_, '_> {
    fn find(&mut self) {
        for branches in self.blocks() {
            self.block(&branches);
        }
        self.queues();
    }

    /// The branches of each parallel block and loop of steps with a failure in it.
    fn blocks(&self) -> Vec<Vec<EntryId>> {
        let mut blocks = Vec::new();
        for entry in &self.program.layout.entries {
            let lists = entry
                .lists
                .iter()
                .filter(|list| list.kind != SectionKind::Stages);
            for item in lists.flat_map(|list| &list.items) {
                if let Item::Parallel(members) = item {
                    blocks.push(members.clone());
                }
            }
            if let Some(turns) = self.turns_of_steps(entry.looping.as_ref())
                && turns.at_once > 1
            {
                blocks.push(turns.all.clone());
            }
        }
        blocks.retain(|branches| branches.iter().any(|branch| self.fails(*branch)));
        blocks
    }

    fn turns_of_steps<'l>(&self, looping: Option<&'l Looping>) -> Option<&'l Turns> {
        let Some(Looping::Turns(turns)) = looping else {
            return None;
        };
        let first = self.program.layout.entry(*turns.all.first()?);
        (first.kind != Kind::Stage).then_some(turns)
    }

    fn fails(&self, branch: EntryId) -> bool {
        let inside = branch..self.program.layout.entry(branch).end;
        self.walk.failed.range(inside).next().is_some()
    }

    /// Leaves the failures of the other branches out, branch by branch.
    fn block(&mut self, branches: &[EntryId]) {
        let failing = branches
            .iter()
            .copied()
            .filter(|branch| self.fails(*branch));
        let failing: BTreeSet<EntryId> = failing.collect();
        let sound: Vec<EntryId> = branches
            .iter()
            .copied()
            .filter(|of| !failing.contains(of))
            .collect();
        self.compare(failing.clone(), &sound);
        if failing.len() > 1 {
            for branch in &failing {
                let others = failing.iter().copied().filter(|other| other != branch);
                self.compare(others.collect(), &[*branch]);
            }
        }
    }

    /// Walks without some failures, and marks what differs in some branches.
    fn compare(&mut self, without_failures: BTreeSet<EntryId>, branches: &[EntryId]) {
        if branches.is_empty() {
            return;
        }
        let scenario = Scenario {
            without_failures,
            ..Scenario::default()
        };
        self.walk(&scenario, branches);
    }

    fn walk(&mut self, scenario: &Scenario, branches: &[EntryId]) {
        let is_spent = self.program.conditions.evaluated() > MAX_EVALUATED;
        let Some(left) = self.left.checked_sub(1).filter(|_| !is_spent) else {
            return;
        };
        self.left = left;
        let other = Walk::new(self.program, scenario, false);
        let other = verdicts(self.program, &other);
        for branch in branches {
            let inside = *branch..self.program.layout.entry(*branch).end;
            let pairs = other[inside.clone()]
                .iter()
                .zip(&self.before[inside.clone()]);
            for (found, (other, before)) in self.found[inside].iter_mut().zip(pairs) {
                *found |= other != before;
            }
        }
    }

    /// Turns that wait, where it depends on which running one ends first whether they start.
    fn queues(&mut self) {
        let mut scenario = Scenario::default();
        let mut turns = Vec::new();
        for queued in &self.walk.queued {
            if self.is_open(queued.turn) {
                scenario.queue.insert(queued.turn, !queued.skipped);
                turns.push(queued.turn);
            }
        }
        if !turns.is_empty() {
            self.walk(&scenario, &turns);
        }
    }

    /// Whether so few turns before this one keep it from starting that they may all still run when it could.
    fn is_open(&self, turn: EntryId) -> bool {
        let layout: &Layout = &self.program.layout;
        let Some(of_loop) = layout.entry(turn).parent.map(|parent| layout.entry(parent)) else {
            return false;
        };
        let Some(Looping::Turns(turns)) = &of_loop.looping else {
            return false;
        };
        let before = turns.all.iter().take_while(|other| **other != turn);
        let blocking = before
            .filter(|other| self.blocks_queue(**other, turns))
            .count();
        (1..turns.at_once).contains(&blocking)
    }

    /// Whether no further turn starts after this one.
    fn blocks_queue(&self, turn: EntryId, turns: &Turns) -> bool {
        let entry = self.program.layout.entry(turn);
        let is_broke = self
            .walk
            .board
            .status(turn)
            .is_some_and(crate::Status::is_broke);
        let current = self.program.generation == Generation::Current;
        let stops = || {
            let stage = entry
                .stage
                .filter(|_| entry.kind != Kind::Stage && !entry.in_rollback)?;
            self.walk.cells[stage].stopped
        };
        let stops = |()| stops().is_some_and(|step| self.program.layout.is_around(turn, step));
        is_broke && !turns.proceeds || current && stops(())
    }
}
