//! The stages of a pipeline, one after the other or by what they wait for (`spec/plan.md` §2.1, `run_pipeline`, §7.6).

use pipewright_model::SectionKind;
use pipewright_resolve::identifier;

use super::Walk;
use super::task::{End, PipelineWork, Task, TaskId, Total, Work};
use crate::layout::{EntryId, Item, Layout};
use crate::{Kind, Status};

/// The task of the pipeline itself.
const WHOLE: TaskId = 0;

impl<'p> Walk<'p, '_> {
    pub(super) fn start_pipeline(&mut self) {
        let program = self.program;
        let items = program.layout.entry(Layout::ROOT).list(SectionKind::Stages);
        self.tasks.push(Task {
            parent: None,
            work: Work::Pipeline(PipelineWork {
                items: items.unwrap_or_default(),
                next: 0,
                open: 0,
                started: Vec::new(),
                all: Total::default(),
            }),
        });
        self.create(Layout::ROOT);
        self.cells[Layout::ROOT].starts = 1;
        if program.by_dependencies {
            self.start_ready();
        } else {
            self.next_stage_item();
        }
        self.go_on();
    }

    fn work(&mut self) -> Option<&mut PipelineWork<'p>> {
        match &mut self.tasks[WHOLE].work {
            Work::Pipeline(work) => Some(work),
            _ => None,
        }
    }

    /// Whether a stage takes part.
    fn is_selected(&self, stage: EntryId) -> bool {
        let node = self.program.layout.entry(stage).node;
        !self.program.selected.is_out(node)
    }

    /// Starts stages until one takes time.
    fn next_stage_item(&mut self) {
        loop {
            let Some(work) = self.work() else {
                return;
            };
            let (place, items) = (work.next, work.items);
            work.next += 1;
            let Some(item) = items.get(place) else {
                return self.close_pipeline();
            };
            if !item.entries().iter().any(|stage| self.is_selected(*stage)) {
                continue;
            }
            if let Some(work) = self.work() {
                work.started.push(place);
            }
            match self.start_stage_item(item) {
                None => return,
                Some(end) => {
                    if !self.take_stage_item(end) {
                        return;
                    }
                }
            }
        }
    }

    fn start_stage_item(&mut self, item: &'p Item) -> Option<End> {
        match item {
            Item::One(stage) => self.start(WHOLE, *stage, false),
            Item::Parallel(members) if members.iter().all(|stage| self.is_selected(*stage)) => {
                self.start_block(WHOLE, Layout::ROOT, members, false)
            }
            Item::Parallel(members) => {
                let chosen = members.iter().copied();
                let chosen: Vec<EntryId> =
                    chosen.filter(|stage| self.is_selected(*stage)).collect();
                self.start_chosen(&chosen)
            }
        }
    }

    /// Starts some members of a block side by side.
    fn start_chosen(&mut self, members: &[EntryId]) -> Option<End> {
        let task = self.open_block(WHOLE, Layout::ROOT, members.len(), false);
        self.start_members(task, members, false)
    }

    /// Takes note of the end of an item; whether the next one starts.
    fn take_stage_item(&mut self, end: End) -> bool {
        let rollback = self.pipeline_rollback;
        if let Some(work) = self.work() {
            work.all.add(end);
        }
        if !end.goes_on {
            self.close_pipeline();
            return false;
        }
        if rollback.is_none() {
            return true;
        }
        let items = self.work().map_or(Vec::new(), |work| {
            let started = work.started.iter();
            started
                .map(|place| work.items[*place].entries().to_vec())
                .collect()
        });
        self.close_pipeline();
        self.start_pipeline_rollback(WHOLE, items);
        false
    }

    pub(super) fn stage_item_ended(&mut self, task: TaskId, end: End) {
        debug_assert_eq!(task, WHOLE, "only the pipeline has stages");
        if self.cells[Layout::ROOT].status.is_some() {
            // A pipeline rollback has ended.
            return;
        }
        if self.program.by_dependencies {
            if let Some(work) = self.work() {
                work.all.add(end);
                work.open -= 1;
            }
            self.start_ready();
        } else if self.take_stage_item(end) {
            self.next_stage_item();
        }
    }

    fn close_pipeline(&mut self) {
        let all = self
            .work()
            .map_or(Status::Succeeded, |work| work.all.status);
        if self.cells[Layout::ROOT].status.is_none() {
            self.end(Layout::ROOT, all.and(self.left_over));
        }
    }

    /// Starts every stage whose dependencies have all ended.
    fn start_ready(&mut self) {
        loop {
            let mut progressed = false;
            for stage in self.stages() {
                let is_ready = self.is_selected(stage)
                    && !self.board.is_there(stage)
                    && self
                        .dependencies(stage)
                        .iter()
                        .all(|of| self.board.status(*of).is_some());
                if !is_ready {
                    continue;
                }
                progressed = true;
                match self.start(WHOLE, stage, false) {
                    Some(end) => {
                        if let Some(work) = self.work() {
                            work.all.add(end);
                        }
                    }
                    None => {
                        if let Some(work) = self.work() {
                            work.open += 1;
                        }
                    }
                }
            }
            if !progressed {
                break;
            }
        }
        if self.work().is_some_and(|work| work.open == 0) {
            self.close_pipeline();
        }
    }

    /// The stages and loops of stages directly in the pipeline.
    fn stages(&self) -> Vec<EntryId> {
        self.program.layout.children(Layout::ROOT).collect()
    }

    /// The stages that a stage waits for; those that are left out count as absent.
    pub(super) fn dependencies(&self, stage: EntryId) -> Vec<EntryId> {
        let program = self.program;
        let layout = &program.layout;
        let node = program.pipeline.node(layout.entry(stage).node);
        let names = node.depends_on.as_deref().unwrap_or_default();
        let is_named = |other: &EntryId| {
            let of_other = layout.entry(*other);
            let other = identifier(program.pipeline.node(of_other.node));
            of_other.kind != Kind::Pipeline && names.iter().any(|name| Some(&*name.text) == other)
        };
        let stages = layout.children(Layout::ROOT).filter(is_named);
        stages.filter(|stage| self.is_selected(*stage)).collect()
    }
}
