//! Stages (`spec/plan.md` §2.1, `run_stage`).

use pipewright_model::{SectionKind, YamlVersion};

use super::decide::Decision;
use super::task::{End, Leaf, NO_CLASS, Phase, TaskId, Work, types_of};
use super::{Ending, StoppedBy, Walk};
use crate::Status;
use crate::layout::EntryId;

/// The types of stages that can undo what they did.
const CAN_ROLL_BACK: [&str; 3] = ["Deployment", "Custom", "DRTest"];

/// Whether a stage of that type runs its rollback steps (`spec/plan.md` §4.1).
pub fn can_roll_back(stage_type: &str) -> bool {
    CAN_ROLL_BACK.contains(&stage_type)
}

impl<'p> Walk<'p, '_> {
    /// Starts a stage; its end, if nothing in it takes time.
    pub(super) fn start_stage(&mut self, parent: TaskId, entry: EntryId) -> Option<End> {
        let node = self.program.layout.entry(entry).node;
        let is_chained = self.program.pipeline.node(node).is_chained();
        let work = if is_chained {
            Work::Leaf(entry)
        } else {
            Work::Stage(entry, Phase::Provisioner)
        };
        let task = self.task(parent, work);
        self.create(entry);
        match self.decide(entry) {
            Decision::Skip => return Some(self.close_stage(entry, Status::Skipped, 0)),
            Decision::Fail if !self.is_left_out(entry) => {
                self.cells[entry].starts += 1;
                if is_chained {
                    let fault = Some(NO_CLASS);
                    self.due.push(Leaf { task, entry, fault });
                    return None;
                }
                self.cells[entry].fault = Some(NO_CLASS);
                self.failed.insert(entry);
                return Some(self.close_stage(entry, Status::Failed, types_of(NO_CLASS)));
            }
            _ => {}
        }
        self.cells[entry].starts += 1;
        if is_chained {
            let fault = None;
            self.due.push(Leaf { task, entry, fault });
            return None;
        }
        if let Some(end) = self.before_steps(entry) {
            return Some(end);
        }
        self.start_part(task, entry, Phase::Provisioner)
    }

    /// What the stage needs before its steps; the end of the stage, if that fails.
    fn before_steps(&mut self, entry: EntryId) -> Option<End> {
        let (part, failing) = self.program.failures.before_steps.get(&entry)?;
        if self.cells[entry].starts > failing.attempts || self.is_left_out(entry) {
            return None;
        }
        self.cells[entry].fault = Some(failing.fault);
        self.failed.insert(entry);
        let ending = Ending::BeforeSteps;
        self.cells[entry].stopped_by = Some(StoppedBy { entry, ending });
        let fails = failing.fault.said();
        self.explain(entry, |_| {
            format!("its {part} {fails}: no strategy acts, and no step starts")
        });
        Some(self.close_stage(entry, failing.fault.status(), types_of(failing.fault)))
    }

    /// Starts the part of a stage, and those behind it that take no time; the end of the stage, if it was the last.
    fn start_part(&mut self, task: TaskId, entry: EntryId, phase: Phase) -> Option<End> {
        if let Work::Stage(_, under_way) = &mut self.tasks[task].work {
            *under_way = phase;
        }
        let cell = &mut self.cells[entry];
        match phase {
            Phase::Provisioner => cell.provisioned = true,
            Phase::Execution => cell.executed = true,
            _ => {}
        }
        let end = match self.section(entry, phase) {
            Some(items) => {
                let undoes = matches!(phase, Phase::ProvisionerRollback | Phase::Rollback);
                self.cells[entry].rolled_back |= undoes;
                self.start_list(task, entry, items, undoes)?
            }
            None => End::of(Status::Succeeded),
        };
        self.part_ended(task, entry, phase, end)
    }

    /// The list of a part of a stage, with something in it.
    pub(super) fn section(
        &self,
        entry: EntryId,
        phase: Phase,
    ) -> Option<&'p [crate::layout::Item]> {
        let kind = match phase {
            Phase::Provisioner => SectionKind::ProvisionerSteps,
            Phase::Execution => SectionKind::Steps,
            Phase::ProvisionerRollback => SectionKind::ProvisionerRollbackSteps,
            Phase::Rollback => SectionKind::RollbackSteps,
        };
        self.program.layout.entry(entry).list(kind)
    }

    /// What a stage makes of the end of one of its parts.
    pub(super) fn part_ended(
        &mut self,
        task: TaskId,
        entry: EntryId,
        phase: Phase,
        end: End,
    ) -> Option<End> {
        let cell = &mut self.cells[entry];
        let all = cell
            .total
            .map_or(end.status, |before| before.and(end.status));
        cell.total = Some(all);
        cell.types |= end.types;
        match phase {
            Phase::Provisioner if end.status.is_positive() => {
                self.start_part(task, entry, Phase::Execution)
            }
            Phase::Provisioner | Phase::Execution => {
                if self.rolls_back(entry, end.status) {
                    return self.start_part(task, entry, Phase::ProvisionerRollback);
                }
                Some(self.finish_stage(entry))
            }
            Phase::ProvisionerRollback if end.status.is_positive() && self.has_executed(entry) => {
                self.start_part(task, entry, Phase::Rollback)
            }
            Phase::ProvisionerRollback | Phase::Rollback => Some(self.finish_stage(entry)),
        }
    }

    /// Whether a stage undoes what it did, after its parts came to `status`.
    fn rolls_back(&self, entry: EntryId, status: Status) -> bool {
        let node = self.program.layout.entry(entry).node;
        let pipeline = &self.program.pipeline;
        // In v1 any stage may have a `rollback`.
        let can =
            pipeline.version == YamlVersion::V1 || can_roll_back(pipeline.node(node).type_text());
        can && status.is_broke() && self.cells[entry].stopped.is_some()
    }

    pub(super) fn has_executed(&self, entry: EntryId) -> bool {
        self.cells[entry].executed
    }

    fn finish_stage(&mut self, entry: EntryId) -> End {
        let cell = &self.cells[entry];
        let (status, types) = (cell.total.unwrap_or(Status::Succeeded), cell.types);
        self.close_stage(entry, status.and(Status::Succeeded), types)
    }

    fn close_stage(&mut self, entry: EntryId, status: Status, types: u32) -> End {
        self.explain_failure(entry, status);
        self.end(entry, status);
        End {
            status,
            goes_on: status != Status::Aborted,
            types,
        }
    }
}
