//! Pipeline rollback: the stages that ran are undone, the last one first (`spec/plan.md` §4.5).

use pipewright_model::YamlVersion;

use super::Walk;
use super::task::{End, Phase, TaskId, UndoWork, Work};
use crate::layout::{EntryId, Looping};
use crate::{Kind, Status};

/// The types of stages that a pipeline rollback undoes.
const ARE_UNDONE: [&str; 2] = ["Deployment", "Custom"];

impl Walk<'_, '_> {
    /// Undoes the stages of items, which are in the order in which they started.
    pub(super) fn start_pipeline_rollback(&mut self, parent: TaskId, items: Vec<Vec<EntryId>>) {
        let left = items.into_iter().map(|item| self.stages_to_undo(&item));
        let left = left.collect();
        let task = self.task(parent, Work::UndoAll(UndoWork { left, open: 0 }));
        self.undo_next(task);
    }

    /// The stages and turns of an item that ran and are not undone yet.
    fn stages_to_undo(&self, item: &[EntryId]) -> Vec<EntryId> {
        let layout = &self.program.layout;
        let turns = item
            .iter()
            .flat_map(|entry| match &layout.entry(*entry).looping {
                Some(Looping::Turns(turns)) => turns.all.clone(),
                Some(Looping::Open(_)) => Vec::new(),
                None => vec![*entry],
            });
        let is_undone = |stage: &EntryId| {
            let node = self.program.pipeline.node(layout.entry(*stage).node);
            let status = self.board.status(*stage);
            layout.entry(*stage).kind == Kind::Stage
                && (self.program.pipeline.version == YamlVersion::V1
                    || ARE_UNDONE.contains(&node.type_text()))
                && status.is_some_and(|status| status != Status::Skipped)
                && self.cells[*stage].stopped.is_none()
        };
        turns.filter(is_undone).collect()
    }

    /// Undoes the stages of the last item that is left, side by side; then those of the one before.
    fn undo_next(&mut self, task: TaskId) {
        loop {
            let Work::UndoAll(work) = &mut self.tasks[task].work else {
                return;
            };
            let Some(stages) = work.left.pop() else {
                return;
            };
            // What undoes a stage comes behind what undoes later ones.
            self.now.1 += 1;
            work.open = stages.len() + 1;
            for stage in stages {
                let undo = self.task(task, Work::Undo(stage, Phase::ProvisionerRollback));
                if self.undo(undo, stage, Phase::ProvisionerRollback).is_some() {
                    self.close_undo(task);
                }
            }
            if !self.close_undo(task) {
                return;
            }
        }
    }

    /// Whether the last stage that was being undone side by side has been.
    fn close_undo(&mut self, task: TaskId) -> bool {
        let Work::UndoAll(work) = &mut self.tasks[task].work else {
            return false;
        };
        work.open -= 1;
        work.open == 0
    }

    pub(super) fn undo_ended(&mut self, task: TaskId) {
        if self.close_undo(task) {
            self.undo_next(task);
        }
    }

    /// Starts a rollback section of a stage; its end, if nothing more takes time.
    fn undo(&mut self, task: TaskId, stage: EntryId, phase: Phase) -> Option<End> {
        if let Work::Undo(_, under_way) = &mut self.tasks[task].work {
            *under_way = phase;
        }
        let cell = &self.cells[stage];
        let had_started = match phase {
            Phase::ProvisionerRollback => cell.provisioned,
            _ => cell.executed,
        };
        let section = self.section(stage, phase).filter(|_| had_started);
        let end = match section {
            Some(items) => {
                self.cells[stage].rolled_back = true;
                self.start_list(task, stage, items, true)?
            }
            None => End::of(Status::Succeeded),
        };
        self.undone(task, stage, phase, end)
    }

    /// What comes after a rollback section of a stage.
    pub(super) fn undone(
        &mut self,
        task: TaskId,
        stage: EntryId,
        phase: Phase,
        end: End,
    ) -> Option<End> {
        if phase == Phase::ProvisionerRollback && end.status.is_positive() {
            return self.undo(task, stage, Phase::Rollback);
        }
        Some(end)
    }
}
