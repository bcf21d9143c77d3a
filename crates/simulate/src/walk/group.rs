//! Step groups (`spec/plan.md` §2.1, `run_group`, and §3.4).

use pipewright_model::SectionKind;

use super::Walk;
use super::decide::Decision;
use super::task::{End, NO_CLASS, TaskId, Work, types_of};
use crate::board::Change;
use crate::layout::EntryId;
use crate::strategies::repetition_of;
use crate::{Generation, Reading, Status};

impl Walk<'_, '_> {
    /// Starts a group; its end, if nothing in it takes time.
    pub(super) fn start_group(
        &mut self,
        parent: TaskId,
        entry: EntryId,
        undoes: bool,
    ) -> Option<End> {
        let task = self.task(parent, Work::Group(entry));
        self.create(entry);
        let decision = self.decide(entry);
        self.open_group(task, entry, decision, undoes)
    }

    fn open_group(
        &mut self,
        task: TaskId,
        entry: EntryId,
        decision: Decision,
        undoes: bool,
    ) -> Option<End> {
        match decision {
            Decision::Skip => Some(self.close_group(entry, Status::Skipped, 0)),
            Decision::Fail => {
                self.cells[entry].starts += 1;
                if self.is_left_out(entry) {
                    return Some(self.close_group(entry, Status::Succeeded, 0));
                }
                self.cells[entry].fault = Some(NO_CLASS);
                self.failed.insert(entry);
                let end = self.repeat_or_close(task, entry, Status::Failed, types_of(NO_CLASS))?;
                Some(end)
            }
            Decision::Run => {
                self.cells[entry].starts += 1;
                let program = self.program;
                let steps = program.layout.entry(entry).list(SectionKind::Steps);
                let end = self.start_list(task, entry, steps.unwrap_or_default(), undoes)?;
                self.group_ended(task, entry, end)
            }
        }
    }

    /// What a group makes of the end of its list, or of its rollback section.
    pub(super) fn group_ended(&mut self, task: TaskId, entry: EntryId, end: End) -> Option<End> {
        let program = self.program;
        if self.cells[entry].group_stopped.is_some() && !self.cells[entry].rolled_back {
            // Only in the documented reading.
            self.cells[entry].rolled_back = true;
            self.cells[entry].fault = None;
            let section = program.layout.entry(entry).list(SectionKind::RollbackSteps);
            if let Some(section) = section {
                let undone = self.start_list(task, entry, section, true)?;
                return self.group_ended(task, entry, undone);
            }
        }
        if self.cells[entry].group_stopped.is_some() {
            let status = self.status_of_steps(entry).and(end.status);
            return Some(self.close_group(entry, status, end.types));
        }
        let documented = program.reading == Reading::Documented;
        if documented && end.status == Status::Succeeded && self.is_all_skipped(entry) {
            self.explain(entry, |_| "everything in it is skipped".to_owned());
            return Some(self.close_group(entry, Status::Skipped, 0));
        }
        self.repeat_or_close(task, entry, end.status, end.types)
    }

    /// What the steps of a group come to, without its rollback section.
    fn status_of_steps(&self, entry: EntryId) -> Status {
        let layout = &self.program.layout;
        let steps = layout
            .children(entry)
            .filter(|child| !layout.entry(*child).in_rollback);
        let ended = steps.filter_map(|child| self.board.status(child));
        ended.fold(Status::Succeeded, Status::and)
    }

    fn is_all_skipped(&self, entry: EntryId) -> bool {
        let layout = &self.program.layout;
        let mut there = layout
            .children(entry)
            .filter(|child| self.board.is_there(*child));
        let is_skipped = |child| self.board.status(child) == Some(Status::Skipped);
        there.next().is_some_and(is_skipped) && there.all(is_skipped)
    }

    /// Ends a group, unless a strategy repeats it.
    fn repeat_or_close(
        &mut self,
        task: TaskId,
        entry: EntryId,
        status: Status,
        types: u32,
    ) -> Option<End> {
        let undoes = self.undoes(entry);
        let (program, node) = (self.program, self.program.layout.entry(entry).node);
        let repetition = if status.is_broke() {
            repetition_of(program.pipeline, node, types)
        } else {
            None
        };
        if let Some((count, _)) = repetition {
            self.cells[entry].action = Some("RetryStepGroup");
            if self.cells[entry].retries < count {
                self.cells[entry].retries += 1;
                self.forget_inside(entry);
                let decision = match program.generation {
                    Generation::Current => self.decide(entry),
                    Generation::Of2023 => Decision::Run,
                };
                return self.open_group(task, entry, decision, undoes);
            }
        }
        Some(self.close_group(entry, status, types))
    }

    /// The records inside a group are replaced, except what counts over the whole run.
    fn forget_inside(&mut self, entry: EntryId) {
        let inside = entry + 1..self.program.layout.entry(entry).end;
        self.board.change(Change::Replaced(entry));
        // The engine of 2023 does not mark what is inside as replaced.
        let counts = self.program.generation == Generation::Of2023;
        for inner in inside {
            if counts && let Some(status) = self.board.status(inner) {
                self.left_over = self.left_over.and(status);
            }
            let entry = inner;
            self.board.change(Change::Forgotten { entry, counts });
            let cell = &mut self.cells[inner];
            cell.status = None;
            cell.retries = 0;
            cell.fault = None;
            cell.action = None;
            cell.stopped_by = None;
            cell.reason.clear();
        }
    }

    fn close_group(&mut self, entry: EntryId, status: Status, types: u32) -> End {
        self.explain_failure(entry, status);
        self.end(entry, status);
        let undoes = self.undoes(entry);
        if undoes && !status.is_positive() && status != Status::Aborted {
            self.stop(entry, super::Ending::FailedRollback);
        }
        let around = self.program.layout.entry(entry).parent.unwrap_or(entry);
        End {
            status,
            goes_on: self.goes_on(around, status, undoes),
            types,
        }
    }
}
