//! How an attempt ends: its failure, and what the strategies make of it (`spec/plan.md` §3.3).

use pipewright_engine::Condition;
use pipewright_model::{ActionKind, FailureAction, FailureType};

use super::decide::{Decision, UNDECIDED};
use super::task::{End, Leaf, types_of};
use super::{Ending, Walk};
use crate::board::Change;
use crate::condition::Asked;
use crate::layout::EntryId;
use crate::strategies::{Answer, Chosen, word};
use crate::{Fault, Kind, Reading, Status};

/// What is done about a failure in the end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    /// Nothing: what comes next looks at its condition.
    Nothing,
    /// Another attempt.
    Again,
    Ignore,
    MarkAsSuccess,
    MarkAsFailure,
    /// The same by somebody who intervened: what comes next looks at its condition.
    ConcludeAsFailure,
    Abort,
    StageRollback,
    PipelineRollback,
    GroupRollback(EntryId),
    Proceed,
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settled {
    status: Status,
    outcome: Outcome,
    types: u32,
}

impl<'p> Walk<'p, '_> {
    /// Settles an attempt: how it ends, or `None` where another one follows.
    pub(super) fn settle(&mut self, leaf: Leaf) -> Option<Settled> {
        let entry = leaf.entry;
        let fault = self.fault_of(leaf);
        self.cells[entry].fault = fault;
        let Some(fault) = fault else {
            let retried = self.cells[entry].retries > 0;
            self.cells[entry].action = retried.then_some("Retry");
            return Some(self.settled(entry, Status::Succeeded, Outcome::Nothing, 0));
        };
        self.failed.insert(entry);
        let outcome = self.outcome(entry, fault);
        let status = match outcome {
            Outcome::Again => {
                self.board.change(Change::Replaced(entry));
                return None;
            }
            Outcome::Nothing
            | Outcome::StageRollback
            | Outcome::PipelineRollback
            | Outcome::GroupRollback(_) => fault.status(),
            Outcome::Ignore => Status::IgnoreFailed,
            Outcome::MarkAsSuccess | Outcome::Proceed => Status::Succeeded,
            Outcome::MarkAsFailure | Outcome::ConcludeAsFailure => Status::Failed,
            Outcome::Abort => Status::Aborted,
        };
        Some(self.settled(entry, status, outcome, types_of(fault)))
    }

    fn settled(&mut self, entry: EntryId, status: Status, outcome: Outcome, types: u32) -> Settled {
        self.end(entry, status);
        self.tell(entry);
        let layout = &self.program.layout;
        let undoes = self.undoes(entry);
        match outcome {
            Outcome::StageRollback => {
                if let Some(stage) = layout.entry(entry).stage.filter(|_| !undoes) {
                    self.cells[stage].stopped.get_or_insert(entry);
                }
                self.stop(entry, Ending::StageRollback);
            }
            Outcome::PipelineRollback => {
                if !undoes {
                    self.pipeline_rollback.get_or_insert(entry);
                }
                self.stop(entry, Ending::PipelineRollback);
            }
            Outcome::GroupRollback(group) => {
                self.cells[group].group_stopped.get_or_insert(entry);
            }
            _ if status == Status::Aborted => self.stop(entry, Ending::Abort),
            _ if undoes && !status.is_positive() && outcome != Outcome::MarkAsFailure => {
                self.stop(entry, Ending::FailedRollback);
            }
            _ => {}
        }
        Settled {
            status,
            outcome,
            types,
        }
    }

    /// The end of an attempt, once all of its tick have settled: each may stop the lists of the others.
    pub(super) fn end_of(&self, entry: EntryId, settled: Settled) -> End {
        let status = settled.status;
        let goes_on = match settled.outcome {
            Outcome::MarkAsFailure => true,
            Outcome::StageRollback | Outcome::PipelineRollback => false,
            _ if self.program.layout.entry(entry).kind == Kind::Stage => status != Status::Aborted,
            _ => self.goes_on(entry, status, self.undoes(entry)),
        };
        End {
            status,
            goes_on,
            types: settled.types,
        }
    }

    /// What is done about a failure.
    fn outcome(&mut self, entry: EntryId, fault: Fault) -> Outcome {
        self.cells[entry].action = None;
        let Fault::Type(kind) = fault else {
            return Outcome::Nothing;
        };
        let program = self.program;
        let node = program.layout.entry(entry).node;
        let chosen = program.table(node).and_then(|table| table.get(kind));
        let Some(chosen) = chosen else {
            return Outcome::Nothing;
        };
        let outcome = self.act(entry, kind, chosen, chosen.action);
        self.explain_action(entry, chosen);
        outcome
    }

    fn act(
        &mut self,
        entry: EntryId,
        kind: FailureType,
        chosen: Chosen<'p>,
        action: &'p FailureAction,
    ) -> Outcome {
        self.cells[entry].action = Some(word(&action.kind));
        match &action.kind {
            ActionKind::Ignore => Outcome::Ignore,
            ActionKind::MarkAsSuccess => Outcome::MarkAsSuccess,
            ActionKind::MarkAsFailure => Outcome::MarkAsFailure,
            ActionKind::Abort => Outcome::Abort,
            ActionKind::StageRollback => Outcome::StageRollback,
            ActionKind::PipelineRollback => Outcome::PipelineRollback,
            ActionKind::ProceedWithDefaultValues if kind == FailureType::InputTimeoutError => {
                Outcome::Proceed
            }
            ActionKind::Retry(retry) => {
                let count = retry
                    .count
                    .as_ref()
                    .and_then(|count| count.number)
                    .unwrap_or(0);
                let condition = retry.condition.as_ref().map(|condition| &*condition.text);
                if self.cells[entry].retries < count && self.retries(entry, condition) {
                    self.cells[entry].retries += 1;
                    return Outcome::Again;
                }
                match &retry.on_retry_failure {
                    Some(after) => self.act(entry, kind, chosen, after),
                    None => Outcome::Nothing,
                }
            }
            ActionKind::ManualIntervention(of) => {
                let asked = std::mem::replace(&mut self.cells[entry].intervened, true);
                let answer = self.program.answers.get(&entry).filter(|_| !asked);
                match (answer, &of.on_timeout) {
                    (Some(answer), _) => self.answered(entry, kind, *answer),
                    (None, Some(after)) => self.act(entry, kind, chosen, after),
                    (None, None) => Outcome::Nothing,
                }
            }
            ActionKind::StepGroupRollback
                if self.program.reading == Reading::Documented
                    && self.level_around(entry, chosen).is_some() =>
            {
                match self.level_around(entry, chosen) {
                    Some(group) => Outcome::GroupRollback(group),
                    None => Outcome::Nothing,
                }
            }
            _ => {
                self.cells[entry].action = None;
                Outcome::Nothing
            }
        }
    }

    /// Whether the condition of a retry, if it has one, asks for another attempt.
    fn retries(&mut self, entry: EntryId, condition: Option<&str>) -> bool {
        let condition = condition.filter(|text| !text.trim().is_empty());
        let Some(condition) = condition else {
            return true;
        };
        let Ok(condition) = Condition::new(condition) else {
            return false;
        };
        self.ask(entry, Asked::Retry, &condition) == Decision::Run
    }

    fn answered(&mut self, entry: EntryId, kind: FailureType, answer: Answer) -> Outcome {
        self.cells[entry].action = Some(answer.as_str());
        match answer {
            Answer::Retry => {
                self.cells[entry].retries += 1;
                Outcome::Again
            }
            Answer::Ignore => Outcome::Ignore,
            Answer::MarkAsSuccess => Outcome::MarkAsSuccess,
            Answer::MarkAsFailure => Outcome::ConcludeAsFailure,
            Answer::Abort => Outcome::Abort,
            Answer::StageRollback => Outcome::StageRollback,
            Answer::PipelineRollback => Outcome::PipelineRollback,
            Answer::ProceedWithDefaultValues if kind == FailureType::InputTimeoutError => {
                Outcome::Proceed
            }
            Answer::ProceedWithDefaultValues => {
                self.cells[entry].action = None;
                Outcome::Nothing
            }
        }
    }

    /// The group around an entry whose list the action stands in.
    fn level_around(&self, entry: EntryId, chosen: Chosen<'p>) -> Option<EntryId> {
        let layout = &self.program.layout;
        let mut outward = layout.outward(entry).skip(1);
        outward.find(|outer| {
            let outer = layout.entry(*outer);
            outer.node == chosen.level && outer.kind == Kind::Group
        })
    }

    /// Says of a failure that no strategy acts.
    fn tell(&mut self, entry: EntryId) {
        let Some(fault) = self.cells[entry].fault else {
            return;
        };
        if self.cells[entry].action.is_some() {
            return;
        }
        self.explain(entry, |walk| {
            let why = walk.why_it_started(entry);
            let fails = fault.said();
            format!("{why}it {fails}, and no strategy acts")
        });
    }

    /// What made a condition an error, in front of what follows from it.
    fn why_it_started(&self, entry: EntryId) -> String {
        let before = &self.cells[entry].reason;
        if before.starts_with(UNDECIDED) {
            format!("{before}; ")
        } else {
            String::new()
        }
    }

    fn explain_action(&mut self, entry: EntryId, chosen: Chosen<'p>) {
        let (prepared, fault) = (self.program.prepared, self.cells[entry].fault);
        let Some(action) = self.cells[entry].action else {
            return;
        };
        let fails = fault.map_or("fails".to_owned(), Fault::said);
        self.explain(entry, |walk| {
            let level = prepared.names().fqn(chosen.level);
            let own = walk.program.layout.entry(entry).node == chosen.level;
            let level = if own { "itself".to_owned() } else { level };
            let first = word(&chosen.action.kind);
            let why = walk.why_it_started(entry);
            if first == action {
                format!("{why}it {fails}, and {action} of {level} acts")
            } else {
                format!("{why}it {fails}, and after {first} of {level} {action} acts")
            }
        });
    }
}
