//! Conditions as a run asks them, each by the engine itself.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use pipewright_context::{
    Given, Moment, NoteCause, NullCause, PipelineContext, PreparedPipeline, Records, RunPlace,
};
use pipewright_engine::{Condition, Engine, MapContext, Truth};
use pipewright_jexl::Json;

use super::operands::{Operands, SeenOperand};
use super::values_seen::values_seen;
use crate::Kind;
use crate::board::{self, Board, Told};
use crate::layout::{Entry, EntryId};

/// What is asked of an entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Question {
    pub(crate) entry: EntryId,
    pub(crate) asked: Asked,
}

/// Which of its conditions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Asked {
    /// Its `when`.
    When,
    /// `strategy.when`.
    Loop,
    /// The condition of a retry.
    Retry,
}

/// What a condition comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Answer {
    True,
    /// With the values it saw.
    False(Arc<[String]>),
    /// With the names that would decide.
    Unknown(Arc<[String]>),
    /// It is no Boolean.
    Error(Arc<str>),
}

/// What a condition saw when it was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct SeenCondition {
    /// The condition by itself, without what it is composed with.
    pub text: String,
    /// What it came to; `None` where that is not known.
    pub is_true: Option<bool>,
    /// The values it saw: `pipeline.variables.env is "dev"`.
    pub values: Vec<String>,
    /// The operands of `&&` and `||` in it, outer ones before those in them.
    pub operands: Vec<SeenOperand>,
}

/// Answers conditions, and keeps the answers with what they rest on.
#[derive(Debug)]
pub(crate) struct Conditions<'p> {
    prepared: &'p PreparedPipeline,
    given: &'p Given,
    engine: Engine,
    /// What conditions saw, where that is wanted, of the last time each was asked.
    seen: Option<RefCell<HashMap<Question, Arc<SeenCondition>>>>,
    kept: RefCell<HashMap<Question, Vec<Kept>>>,
    /// How many conditions were evaluated.
    evaluated: Cell<usize>,
    statuses: RefCell<HashMap<Status, bool>>,
    /// What is given but was null when a stage's own condition asked for it: the stage, and the name.
    too_early: RefCell<BTreeSet<(EntryId, String)>>,
}

/// An answer, with what it rests on of the run.
#[derive(Debug)]
struct Kept {
    log: Vec<(board::Asked, Told)>,
    answer: Answer,
    seen: Option<Arc<SeenCondition>>,
}

/// How many answers are kept for one question.
const MAX_KEPT: usize = 16;

/// The status part of a predicate, what ran before, and whether the run undoes what it did.
type Status = (String, &'static str, bool);

impl<'p> Conditions<'p> {
    /// `with_seen` says whether what conditions saw is wanted, too.
    pub(crate) fn new(prepared: &'p PreparedPipeline, given: &'p Given, with_seen: bool) -> Self {
        Self {
            prepared,
            given,
            engine: prepared.engine(),
            seen: with_seen.then(RefCell::default),
            kept: RefCell::default(),
            evaluated: Cell::new(0),
            statuses: RefCell::default(),
            too_early: RefCell::default(),
        }
    }

    /// Whether the status part of a predicate holds, where what ran before came to `current`.
    pub(crate) fn status(&self, predicate: &str, current: &'static str, undoing: bool) -> bool {
        let key = (predicate.to_owned(), current, undoing);
        if let Some(known) = self.statuses.borrow().get(&key) {
            return *known;
        }
        let mode = if undoing {
            "PIPELINE_ROLLBACK"
        } else {
            "NORMAL"
        };
        let json = format!(
            r#"{{"stage": {{"currentStatus": "{current}"}}, "pipeline": {{"currentStatus": "{current}"}},
                "ambiance": {{"metadata": {{"executionMode": "{mode}"}}}}}}"#
        );
        let names = Json::read(&json).ok();
        let names = names.as_ref().and_then(MapContext::from_json);
        let engine = Engine::new();
        let holds = names.is_some_and(|names| {
            let truth = engine.condition(predicate, &names);
            truth == Ok(Truth::True)
        });
        self.statuses.borrow_mut().insert(key, holds);
        holds
    }

    /// What a condition comes to at an entry, by itself.
    pub(crate) fn ask(
        &self,
        question: Question,
        entry: &Entry,
        condition: &Condition,
        board: &Arc<Board>,
    ) -> Answer {
        let mut kept = self.kept.borrow_mut();
        let kept = kept.entry(question).or_default();
        let known = kept.iter().find(|known| board.tells_the_same(&known.log));
        if let Some(known) = known {
            self.take_note(question, known.seen.as_ref());
            return known.answer.clone();
        }
        self.evaluated.set(self.evaluated.get() + 1);
        board.take_log();
        let (answer, seen) = self.evaluate(question.entry, entry, condition, board);
        let log = board.take_log();
        self.take_note(question, seen.as_ref());
        if kept.len() < MAX_KEPT {
            let answer = answer.clone();
            kept.push(Kept { log, answer, seen });
        }
        answer
    }

    /// What the condition saw that was asked last, where that is wanted.
    pub(crate) fn seen(&self, question: Question) -> Option<Arc<SeenCondition>> {
        self.seen.as_ref()?.borrow().get(&question).cloned()
    }

    fn take_note(&self, question: Question, seen: Option<&Arc<SeenCondition>>) {
        if let (Some(all), Some(seen)) = (&self.seen, seen) {
            all.borrow_mut().insert(question, Arc::clone(seen));
        }
    }

    /// How many conditions were evaluated so far.
    pub(crate) fn evaluated(&self) -> usize {
        self.evaluated.get()
    }

    /// What is given but comes only after a stage's own condition was asked: the stage, and the name.
    pub(crate) fn given_too_early(&self) -> BTreeSet<(EntryId, String)> {
        self.too_early.borrow().clone()
    }

    fn evaluate(
        &self,
        id: EntryId,
        entry: &Entry,
        condition: &Condition,
        board: &Arc<Board>,
    ) -> (Answer, Option<Arc<SeenCondition>>) {
        let mut place = RunPlace::instance(entry.node, entry.turns.to_vec());
        place.given = self.given.clone();
        let records: Arc<dyn Records> = Arc::<Board>::clone(board);
        place.records = Some(records);
        let Ok(context) = self.prepared.at_moment(&place, Moment::Starting) else {
            return (Answer::Unknown(Arc::from([])), None);
        };
        let truth = self.engine.condition(condition.predicate(), &context);
        if entry.kind == Kind::Stage && !self.given.is_empty() {
            let early = early_names(&context).into_iter();
            let early = early.filter(|name| self.given.has(name));
            self.too_early
                .borrow_mut()
                .extend(early.map(|name| (id, name)));
        }
        let answer = match &truth {
            Ok(Truth::True) => Answer::True,
            Ok(Truth::False) => Answer::False(self.values(condition, &context).into()),
            Ok(Truth::Unknown(unknown)) => {
                Answer::Unknown(unknown.needs().map(str::to_owned).collect())
            }
            Err(error) => Answer::Error(error.message.as_str().into()),
        };
        let seen = self.seen.is_some().then(|| {
            let ask = |condition: &Condition| {
                known(&self.engine.condition(condition.predicate(), &context))
            };
            Arc::new(SeenCondition {
                text: condition.text().to_owned(),
                is_true: known(&truth),
                values: self.values(condition, &context),
                operands: Operands::new(condition.text()).see(&ask),
            })
        });
        (answer, seen)
    }

    fn values(&self, condition: &Condition, context: &PipelineContext) -> Vec<String> {
        let (_, trace) = self.engine.trace_condition(condition.predicate(), context);
        values_seen(&trace, &early_names(context))
    }
}

/// The names that were null because the stage that asks has not started.
fn early_names(context: &PipelineContext) -> Vec<String> {
    let is_early =
        |cause: &NoteCause| matches!(cause, NoteCause::Null(NullCause::StageHasNotStarted(_)));
    let notes = context.notes().into_iter();
    let early = notes.filter(|note| is_early(&note.cause));
    early.map(|note| note.name).collect()
}

fn known(truth: &Result<Truth, pipewright_engine::Error>) -> Option<bool> {
    match truth {
        Ok(Truth::True) => Some(true),
        Ok(Truth::False) => Some(false),
        _ => None,
    }
}
