//! Loops (`spec/plan.md` §2.1, `run_loop`, and §6).

use pipewright_engine::Condition;
use pipewright_yaml as yaml;

use super::decide::Decision;
use super::task::{End, LoopWork, NO_CLASS, TaskId, Total, Work, types_of};
use super::{Queued, Walk};
use crate::board::Change;
use crate::condition::Asked;
use crate::layout::{EntryId, Looping, Turns};
use crate::{Generation, Kind, Status};

impl<'p> Walk<'p, '_> {
    /// Starts a loop; its end, if nothing in it takes time.
    pub(super) fn start_loop(
        &mut self,
        parent: TaskId,
        entry: EntryId,
        undoes: bool,
    ) -> Option<End> {
        self.create(entry);
        match self.decide_loop(entry) {
            Decision::Skip => return Some(self.close_loop(entry, Status::Skipped, 0)),
            Decision::Fail if !self.is_left_out(entry) => {
                return Some(self.fail_loop(entry));
            }
            _ => {}
        }
        self.cells[entry].starts += 1;
        let Some(turns) = self.turns(entry) else {
            self.board.change(Change::Open(entry));
            self.explain(entry, |_| {
                "its turns are not counted out: there are too many, or the file does not tell them"
                    .to_owned()
            });
            return Some(self.close_loop(entry, Status::Succeeded, 0));
        };
        if turns.all.is_empty() {
            self.explain(entry, |_| {
                "the loop has no turns, which Harness refuses".to_owned()
            });
            return Some(self.fail_loop(entry));
        }
        self.explain(entry, |_| match turns.all.len() {
            1 => "1 turn".to_owned(),
            count => format!("{count} turns"),
        });
        let work = LoopWork {
            entry,
            next: 0,
            running: Vec::new(),
            broke: None,
            undoes,
            is_all_skipped: true,
            all: Total::default(),
        };
        let task = self.task(parent, Work::Loop(work));
        self.pump(task)
    }

    /// The turns of a loop; `None` where only a run can count them.
    fn turns(&self, entry: EntryId) -> Option<&'p Turns> {
        match self.program.layout.entry(entry).looping.as_ref() {
            Some(Looping::Turns(turns)) => Some(turns),
            _ => None,
        }
    }

    /// What `strategy.when` decides.
    fn decide_loop(&mut self, entry: EntryId) -> Decision {
        let text = loop_condition(self.program.prepared.tree(), self.node_yaml(entry));
        let Some(condition) = text.and_then(|text| Condition::new(text).ok()) else {
            return Decision::Run;
        };
        self.ask(entry, Asked::Loop, &condition)
    }

    fn node_yaml(&self, entry: EntryId) -> yaml::NodeId {
        let node = self.program.layout.entry(entry).node;
        self.program.pipeline.node(node).yaml
    }

    fn fail_loop(&mut self, entry: EntryId) -> End {
        self.cells[entry].fault = Some(NO_CLASS);
        self.failed.insert(entry);
        self.close_loop(entry, Status::Failed, types_of(NO_CLASS))
    }

    /// Starts turns as long as there is room; the end of the loop, if the last one has ended.
    pub(super) fn pump(&mut self, task: TaskId) -> Option<End> {
        loop {
            let Work::Loop(work) = &self.tasks[task].work else {
                return None;
            };
            let (entry, undoes) = (work.entry, work.undoes);
            let turns = self.turns(entry)?;
            let Some(turn) = turns.all.get(work.next).copied() else {
                if !work.running.is_empty() || self.cells[entry].status.is_some() {
                    return None;
                }
                let status = if work.is_all_skipped {
                    Status::Skipped
                } else {
                    work.all.status
                };
                let types = work.all.types;
                return Some(self.close_loop(entry, status, types));
            };
            if work.running.len() >= turns.at_once {
                return None;
            }
            let has_waited = work.next >= turns.at_once;
            let why = has_waited
                .then(|| self.why_it_is_skipped(work, turns))
                .flatten();
            if let Work::Loop(work) = &mut self.tasks[task].work {
                work.next += 1;
                work.running.push(turn);
            }
            let skips = self
                .scenario
                .queue
                .get(&turn)
                .copied()
                .unwrap_or(why.is_some());
            if has_waited {
                self.queued.push(Queued {
                    turn,
                    skipped: skips,
                });
            }
            let ended = if skips {
                self.create(turn);
                self.end(turn, Status::Skipped);
                let name = why.map_or("", |why| &*self.program.layout.entry(why).name);
                self.explain(turn, |_| {
                    format!("it waited, and does not start after {name}")
                });
                Some(End::of(Status::Skipped))
            } else {
                self.start(task, turn, undoes)
            };
            if let Some(end) = ended {
                self.account(task, turn, end);
            }
        }
    }

    /// The turn, or step, because of which turns that wait do not start.
    fn why_it_is_skipped(&self, work: &LoopWork, turns: &Turns) -> Option<EntryId> {
        let broke = work.broke.filter(|_| !turns.proceeds);
        broke.or_else(|| {
            let layout = &self.program.layout;
            let entry = layout.entry(work.entry);
            let is_of_steps = turns
                .all
                .first()
                .is_some_and(|turn| matches!(layout.entry(*turn).kind, Kind::Step | Kind::Group));
            let current = self.program.generation == Generation::Current;
            let stage = entry
                .stage
                .filter(|_| is_of_steps && current && !work.undoes)?;
            self.cells[stage].stopped
        })
    }

    /// Takes note of a turn's end.
    pub(super) fn turn_ended(&mut self, task: TaskId, inner: TaskId, end: End) {
        let (Work::Leaf(turn) | Work::Group(turn) | Work::Stage(turn, _)) = self.tasks[inner].work
        else {
            return;
        };
        self.account(task, turn, end);
    }

    fn account(&mut self, task: TaskId, turn: EntryId, end: End) {
        let Work::Loop(work) = &mut self.tasks[task].work else {
            return;
        };
        work.running.retain(|running| *running != turn);
        work.all.add(end);
        work.is_all_skipped &= end.status == Status::Skipped;
        if end.status.is_broke() {
            work.broke.get_or_insert(turn);
        }
    }

    fn close_loop(&mut self, entry: EntryId, status: Status, types: u32) -> End {
        self.explain_failure(entry, status);
        self.end(entry, status);
        let layout = &self.program.layout;
        let parent = layout.entry(entry).parent.unwrap_or(entry);
        let undoes = self.undoes(entry);
        if undoes && status.is_broke() {
            self.stop(entry, super::Ending::FailedRollback);
        }
        let is_of_stages = layout.entry(parent).kind == Kind::Pipeline;
        End {
            status,
            goes_on: if is_of_stages {
                status != Status::Aborted
            } else {
                self.goes_on(parent, status, undoes)
            },
            types,
        }
    }
}

/// `strategy.when` of a node.
pub(crate) fn loop_condition(tree: &yaml::Tree, node: yaml::NodeId) -> Option<&str> {
    let strategy = tree.find(node, "strategy")?;
    let text = tree.text(tree.find(strategy, "when")?)?;
    (!text.trim().is_empty()).then_some(text)
}
