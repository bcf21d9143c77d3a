//! Whether something starts: its condition at this moment (`spec/plan.md` §5).

use std::sync::Arc;

use pipewright_engine::Condition;
use pipewright_model::NodeKind;

use super::Walk;
use crate::condition::{Answer, Asked, Question};
use crate::layout::{EntryId, Layout};
use crate::{Kind, Reading, Status};

/// What is said of a condition that is no Boolean, before why.
pub(super) const UNDECIDED: &str = "the condition cannot be decided";

/// What a condition decides.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Decision {
    Run,
    Skip,
    /// It is no Boolean.
    Fail,
}

impl Walk<'_, '_> {
    /// Whether an entry starts, by its `when`.
    pub(super) fn decide(&mut self, entry: EntryId) -> Decision {
        let program = self.program;
        let of_entry = program.layout.entry(entry);
        if of_entry.kind == Kind::Group && program.reading == Reading::Documented {
            return Decision::Run;
        }
        let predicate = program.predicates.of(of_entry.node);
        let (around, current) = self.current(entry);
        let undoing = self.now.1 > 0;
        if !program
            .conditions
            .status(&predicate.status, current, undoing)
        {
            self.explain(entry, |walk| walk.why_status(around, current));
            return Decision::Skip;
        }
        if let Some(condition) = &predicate.condition {
            return self.ask(entry, Asked::When, condition);
        }
        self.explain(entry, |walk| walk.why_it_runs(around, current, None));
        Decision::Run
    }

    /// What a condition written at an entry decides.
    pub(super) fn ask(&mut self, entry: EntryId, asked: Asked, condition: &Condition) -> Decision {
        let program = self.program;
        let question = Question { entry, asked };
        let of_entry = program.layout.entry(entry);
        let answer = program
            .conditions
            .ask(question, of_entry, condition, &self.board);
        if asked != Asked::Retry {
            self.cells[entry].seen = program.conditions.seen(question);
        }
        match answer {
            Answer::True => {
                self.explain(entry, |walk| {
                    let (around, current) = walk.current(entry);
                    walk.why_it_runs(around, current, Some("the condition is true"))
                });
                Decision::Run
            }
            Answer::False(seen) => {
                let seen = match &*seen {
                    [] => String::new(),
                    seen => format!(": {}", seen.join(", ")),
                };
                self.explain(entry, |_| format!("the condition is false{seen}"));
                Decision::Skip
            }
            Answer::Unknown(needs) => {
                self.unknown.insert(question, Arc::clone(&needs));
                let is_true = self
                    .scenario
                    .turned_out
                    .get(&question)
                    .copied()
                    .unwrap_or(true);
                self.explain(entry, |_| "the condition is not known".to_owned());
                if is_true {
                    Decision::Run
                } else {
                    Decision::Skip
                }
            }
            Answer::Error(message) => {
                self.explain(entry, |_| format!("{UNDECIDED}: {message}"));
                Decision::Fail
            }
        }
    }

    /// What ran before, as an entry's status part sees it: in which entry, and what that comes to.
    fn current(&self, entry: EntryId) -> (EntryId, &'static str) {
        let of_entry = self.program.layout.entry(entry);
        match of_entry.kind {
            Kind::Step | Kind::Group => {
                let stage = of_entry.stage.unwrap_or(Layout::ROOT);
                (stage, self.board.current(stage).as_str())
            }
            _ if self.program.by_dependencies => {
                (Layout::ROOT, self.of_dependencies(entry).as_str())
            }
            _ => (Layout::ROOT, self.board.current(Layout::ROOT).as_str()),
        }
    }

    /// What the stages that a stage waits for come to: one that was skipped or aborted is neither success nor failure.
    fn of_dependencies(&self, stage: EntryId) -> Status {
        let mut all = Status::Succeeded;
        for dependency in self.dependencies(stage) {
            match self.board.status(dependency) {
                Some(status) if status.is_broke() => return Status::Failed,
                Some(Status::Succeeded | Status::IgnoreFailed) => {}
                _ => all = Status::Aborted,
            }
        }
        all
    }

    /// Why the status part does not hold.
    fn why_status(&self, around: EntryId, current: &str) -> String {
        let what = self.what(around);
        match self.culprit(around) {
            Some(culprit) => {
                let culprit_entry = self.program.layout.entry(culprit);
                let status = self.board.status(culprit).map_or("", Status::as_str);
                format!("{what} is {current}: {} is {status}", culprit_entry.name)
            }
            None => format!("{what} is {current}"),
        }
    }

    fn why_it_runs(&self, around: EntryId, current: &str, condition: Option<&str>) -> String {
        let what = self.what(around);
        match condition {
            Some(condition) => format!("{condition}, and {what} is {current}"),
            None => format!("{what} is {current}"),
        }
    }

    fn what(&self, around: EntryId) -> &'static str {
        let node = self.program.layout.entry(around).node;
        match self.program.pipeline.node(node).kind {
            NodeKind::Pipeline if self.program.by_dependencies => "what the stage waits for",
            NodeKind::Pipeline => "the pipeline so far",
            _ => "the stage so far",
        }
    }

    /// Says of what did not end well what inside it made it so.
    pub(super) fn explain_failure(&mut self, entry: EntryId, status: Status) {
        let culprit = self.culprit(entry).filter(|culprit| *culprit != entry);
        if let Some(culprit) = culprit.filter(|_| !status.is_positive()) {
            self.explain(entry, |walk| {
                let culprit = walk.program.layout.entry(culprit);
                format!("{} makes it {}", culprit.name, status.as_str())
            });
        }
    }

    /// What failed first inside an entry.
    pub(super) fn culprit(&self, around: EntryId) -> Option<EntryId> {
        let end = self.program.layout.entry(around).end;
        let mut inside = self.failed.range(around..end).copied();
        inside.find(|failed| {
            let status = self.board.status(*failed);
            status.is_some_and(|status| !status.is_positive())
        })
    }
}
