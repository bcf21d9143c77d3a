//! What the texts of a pipeline come to in every run, where and when they are read, as far as the files tell. Runtime
//! inputs are unknown, whatever defaults they have.
//!
//! Nothing is evaluated before it is asked for, and nothing twice. All evaluations of a file share one bound, so that a
//! file costs little however many texts it has and whatever stands in them; what is asked for beyond it is not
//! answered.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use pipewright_context::{Given, PipelineContext, PreparedPipeline, RunPlace, setting_value};
use pipewright_engine::{Condition, Engine, Error, Profile};
use pipewright_jexl::{ErrorKind, Value, question_within};
use pipewright_model::{Moment, NodeId, Site, SiteKind};
use pipewright_syntax::is_runtime_input;

/// How much all evaluations of a file may cost together, in units of [`pipewright_jexl::limits::MAX_WORK`]: a condition
/// takes some hundreds.
pub const MAX_FILE_WORK: u64 = 64 * 1024 * 1024;

/// How much of it one text may take.
pub const MAX_TEXT_WORK: u64 = 1024 * 1024;

/// What a text comes to.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SiteValue {
    /// The value, unknown where only a run can tell; the engine's error where there is none.
    pub value: Result<Value, Error>,
    /// Whether a name was null on the way: the value may rest on something that is missing.
    pub met_null: bool,
}

/// What the texts of one pipeline come to. Cheap to clone: clones share what they know.
#[derive(Clone, Debug)]
pub struct SiteValues(Arc<Known>);

#[derive(Debug)]
struct Known {
    pipeline: PreparedPipeline,
    /// The same for what holds in every run.
    open: OnceLock<PreparedPipeline>,
    /// The values that somebody gives.
    given: Given,
    work: FileWork,
    /// `None` where the bound was reached.
    answers: Mutex<HashMap<Question, Option<SiteValue>>>,
}

/// What is left of [`MAX_FILE_WORK`]: the same for all pipelines of a file.
#[derive(Clone, Debug)]
pub(crate) struct FileWork(Arc<Mutex<u64>>);

impl Default for FileWork {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(MAX_FILE_WORK)))
    }
}

/// A text where and when it is read.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Question {
    node: NodeId,
    moment: Moment,
    reading: Reading,
    profile: Profile,
    text: Box<str>,
}

/// How a text is read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Reading {
    /// As the condition of a `when`: what it decides, whatever ran before.
    Condition,
    /// As one expression.
    Expression,
    /// As a text with islands: the value, where it is a single one.
    Setting,
}

impl SiteValues {
    pub(crate) fn new(pipeline: PreparedPipeline, work: FileWork) -> Self {
        Self(Arc::new(Known {
            pipeline,
            open: OnceLock::new(),
            given: Given::default(),
            work,
            answers: Mutex::default(),
        }))
    }

    /// The same where these values are given, also for runtime inputs. It has a bound of its own.
    #[must_use]
    pub fn with_given(&self, given: Given) -> Self {
        Self(Arc::new(Known {
            pipeline: self.0.pipeline.clone(),
            open: OnceLock::new(),
            given,
            work: FileWork::default(),
            answers: Mutex::default(),
        }))
    }

    /// What the text of a site of the pipeline comes to in every run, where and when it is read, with the engine's
    /// flags of `profile`: of a condition whether it holds, whatever ran before; of what is evaluated as a whole or is
    /// a single expression the value; else the text with its expressions replaced. `None` where the bound of the file
    /// is reached.
    pub fn value_at(&self, site: &Site, profile: Profile) -> Option<SiteValue> {
        let text = self.0.pipeline.tree().text(site.yaml).unwrap_or_default();
        let reading = match site.kind {
            SiteKind::Condition => Reading::Condition,
            SiteKind::Evaluated => Reading::Expression,
            _ => Reading::Setting,
        };
        self.answer(site, reading, profile, text)
    }

    /// What an expression comes to that stands in the text of a site. `None` where the bound of the file is reached.
    pub fn value_of(&self, expression: &str, site: &Site, profile: Profile) -> Option<SiteValue> {
        self.answer(site, Reading::Expression, profile, expression)
    }

    /// The pipeline.
    pub fn pipeline(&self) -> &PreparedPipeline {
        &self.0.pipeline
    }

    fn answer(
        &self,
        site: &Site,
        reading: Reading,
        profile: Profile,
        text: &str,
    ) -> Option<SiteValue> {
        let question = Question {
            node: site.node,
            moment: site.moment,
            reading,
            profile,
            text: text.into(),
        };
        if let Some(known) = lock(&self.0.answers).get(&question) {
            return known.clone();
        }
        if is_runtime_input(text)
            && let Some(value) = self.0.pipeline.own_input(site)
        {
            let value = Ok(value);
            return Some(SiteValue {
                value,
                met_null: false,
            });
        }
        let mut place = RunPlace::node(question.node);
        place.given = self.0.given.clone();
        // Only an iteration can be missing, and none is asked for.
        let open = || {
            let open = self.0.pipeline.with_open_inputs();
            if self.0.given.is_empty() {
                open
            } else {
                open.with_given(&self.0.given)
            }
        };
        let pipeline = self.0.open.get_or_init(open);
        let context = pipeline.at_moment(&place, question.moment).ok()?;
        let engine = pipeline.engine().profile(profile);
        let answer = self.0.work.spend(|| SiteValue {
            value: evaluate(reading, text, &engine, &context),
            met_null: context
                .notes()
                .iter()
                .any(pipewright_context::Note::is_null),
        });
        lock(&self.0.answers).insert(question, answer.clone());
        answer
    }
}

impl FileWork {
    /// Evaluates within what is left. `None` where that is not enough.
    fn spend(&self, evaluate: impl FnOnce() -> SiteValue) -> Option<SiteValue> {
        let mut left = lock(&self.0);
        let granted = (*left).min(MAX_TEXT_WORK);
        let mut rest = granted;
        let answer = question_within(&mut rest, evaluate);
        *left -= granted - rest;
        let is_limit = |error: &Error| error.kind == ErrorKind::Limit;
        let is_stopped = rest == 0 || answer.value.as_ref().is_err_and(is_limit);
        (!is_stopped).then_some(answer)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn evaluate(
    reading: Reading,
    text: &str,
    engine: &Engine,
    context: &PipelineContext,
) -> Result<Value, Error> {
    match reading {
        Reading::Condition => {
            let condition = Condition::new(text).map_err(|error| Error {
                kind: ErrorKind::Evaluation,
                range: None,
                message: error.to_string(),
            })?;
            let truth = engine.condition(condition.predicate(), context);
            truth
                .map(Value::from)
                .map_err(|error| condition.error(error))
        }
        Reading::Expression => engine.evaluate(text, context),
        Reading::Setting => setting_value(engine, text, context),
    }
}
