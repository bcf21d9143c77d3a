//! When a stage, step group or step runs: the predicate Harness composes from its `when` (`spec/engine.md` §6).

use pipewright_jexl::value::Unknown;
use pipewright_jexl::{ErrorKind, Value};
use pipewright_source::TextRange;
use pipewright_syntax::{ModifierKind, TokenKind, parse_runtime_input, tokens};

use crate::context::Context;
use crate::engine::Engine;
use crate::error::Error;
use crate::template::Template;
use crate::trace::{Trace, shown};
use crate::tracer::{Tracer, traced};

/// What kind of node a predicate decides about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum PredicateOf {
    /// A stage.
    Stage,
    /// A deployment stage in an execution that rolls back: it always runs.
    RollbackModeStage,
    /// A step group or step among `steps`.
    Step,
    /// A step group or step among `rollbackSteps`.
    RollbackStep,
}

/// The part of a `when` that looks at what ran before: `pipelineStatus` of stages, `stageStatus` of groups and steps.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum WhenStatus {
    /// `Success`
    Success,
    /// `Failure`
    Failure,
    /// `All`
    All,
}

impl WhenStatus {
    /// How it is written in YAML, in exactly this case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Success => "Success",
            Self::Failure => "Failure",
            Self::All => "All",
        }
    }
}

/// A `when` block.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct When<'t> {
    /// Its status.
    pub status: Option<WhenStatus>,
    /// Its `condition`.
    pub condition: Option<&'t str>,
}

/// Why a `when` block gives no predicate; Harness refuses to start the pipeline.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WhenError {
    /// A stage's `when` has no `pipelineStatus`.
    #[error("Pipeline Status in stage when condition cannot be empty.")]
    NoPipelineStatus,
    /// A step's or group's `when` has no `stageStatus`.
    #[error("Stage Status in step when condition cannot be empty.")]
    NoStageStatus,
    /// The condition is asked for during the run.
    #[error(
        "a condition cannot be an execution-time input: it is read before the inputs are asked for"
    )]
    ExecutionInput,
}

impl PredicateOf {
    /// The predicate a node with this `when` is decided by.
    ///
    /// ```
    /// use pipewright_engine::{PredicateOf, When, WhenStatus};
    ///
    /// let when = When { status: Some(WhenStatus::Success), condition: Some("<+stage.name> == \"dev\"") };
    /// assert_eq!(
    ///     PredicateOf::Stage.compose(Some(when)).as_deref(),
    ///     Ok("<+OnPipelineSuccess> && (<+stage.name> == \"dev\")"),
    /// );
    /// assert_eq!(PredicateOf::Step.compose(None).as_deref(), Ok("<+OnStageSuccess>"));
    /// ```
    ///
    /// # Errors
    /// See [`WhenError`].
    pub fn compose(self, when: Option<When<'_>>) -> Result<String, WhenError> {
        let Some(when) = when else {
            return Ok(self.default_predicate().to_owned());
        };
        let status = when.status.ok_or(match self {
            Self::Stage | Self::RollbackModeStage => WhenError::NoPipelineStatus,
            Self::Step | Self::RollbackStep => WhenError::NoStageStatus,
        })?;
        let status = self.status_predicate(status);
        match when.condition.map(effective).transpose()? {
            Some(condition) if !condition.is_empty() => Ok(format!("{status} && ({condition})")),
            _ => Ok(status.to_owned()),
        }
    }

    /// The key of the status in the `when` of such a node.
    pub const fn status_key(self) -> &'static str {
        match self {
            Self::Stage | Self::RollbackModeStage => "pipelineStatus",
            Self::Step | Self::RollbackStep => "stageStatus",
        }
    }

    /// The predicate of a node without `when`.
    pub const fn default_predicate(self) -> &'static str {
        match self {
            Self::Stage => "<+OnPipelineSuccess>",
            Self::RollbackModeStage => "<+Always>",
            Self::Step => "<+OnStageSuccess>",
            Self::RollbackStep => "<+OnRollbackModeExecution> || <+OnStageFailure>",
        }
    }

    const fn status_predicate(self, status: WhenStatus) -> &'static str {
        match (self, status) {
            (Self::RollbackModeStage, _) | (_, WhenStatus::All) => "<+Always>",
            (Self::Stage, WhenStatus::Success) => "<+OnPipelineSuccess>",
            (Self::Stage, WhenStatus::Failure) => "<+OnPipelineFailure>",
            (Self::Step | Self::RollbackStep, WhenStatus::Success) => "<+OnStageSuccess>",
            (Self::Step | Self::RollbackStep, WhenStatus::Failure) => "<+OnStageFailure>",
        }
    }
}

/// A condition as it stands in the predicate: a runtime input that nobody filled is its default, or false.
fn effective(condition: &str) -> Result<&str, WhenError> {
    let Some(input) = parse_runtime_input(condition).filter(|input| input.marker.is_some()) else {
        return Ok(condition);
    };
    let find = |kind| {
        input
            .modifiers
            .iter()
            .find(|modifier| modifier.kind == kind)
    };
    if find(ModifierKind::ExecutionInput).is_some() {
        return Err(WhenError::ExecutionInput);
    }
    let default = find(ModifierKind::Default).and_then(|modifier| modifier.arguments);
    Ok(default.map_or("false", |range| range.slice(condition)))
}

/// What a predicate says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Truth {
    /// The node runs.
    True,
    /// The node is skipped.
    False,
    /// Only a run can tell.
    Unknown(Unknown),
}

impl From<Truth> for Value {
    fn from(truth: Truth) -> Self {
        match truth {
            Truth::True => Self::Boolean(true),
            Truth::False => Self::Boolean(false),
            Truth::Unknown(unknown) => Self::Unknown(unknown),
        }
    }
}

/// A condition that is read once and decided many times: what a `when` makes of it, whatever ran before.
///
/// Inside a predicate a condition need not be a Boolean: the text `true` is true, as is any other that is not empty;
/// `false` and the empty text are false; a name without value is an error (`spec/engine.md` §6).
///
/// ```
/// use pipewright_engine::{Condition, Engine, MapContext, Truth};
///
/// let json = serde_json::json!({"flag": "true"});
/// let context = MapContext::from_json(&json).expect("an object");
/// let condition = Condition::new("<+flag>")?;
/// assert_eq!(Engine::new().condition(condition.predicate(), &context), Ok(Truth::True));
/// # Ok::<(), pipewright_engine::WhenError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Condition {
    predicate: Template,
    /// Where the condition stands in its predicate.
    place: TextRange,
    /// The same for what counts of it, which differs for a runtime input.
    counted: TextRange,
}

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    /// For an execution-time input.
    pub fn new(text: &str) -> Result<Self, WhenError> {
        let when = When {
            status: Some(WhenStatus::All),
            condition: Some(text),
        };
        let predicate = PredicateOf::Step.compose(Some(when))?;
        // An unfilled input does not stand in the predicate, and what came of it fails nowhere.
        let start = predicate.find(text).unwrap_or(0);
        let counted = effective(text)?.len();
        let end = predicate.len() - usize::from(counted > 0);
        Ok(Self {
            place: TextRange::of(start, start + text.len()),
            counted: TextRange::of(end - counted, end),
            predicate: Template::new(&predicate),
        })
    }

    /// The predicate it stands in, for [`Engine::condition`].
    pub const fn predicate(&self) -> &Template {
        &self.predicate
    }

    /// The condition as it counts: a runtime input that nobody filled is its default, or false.
    ///
    /// ```
    /// use pipewright_engine::Condition;
    ///
    /// assert_eq!(Condition::new("<+a> == 1")?.text(), "<+a> == 1");
    /// assert_eq!(Condition::new("<+input>")?.text(), "false");
    /// # Ok::<(), pipewright_engine::WhenError>(())
    /// ```
    pub fn text(&self) -> &str {
        self.counted.slice(self.predicate.text())
    }

    /// Whether it ends in a comment, which also hides what Harness writes behind it: no such predicate can be read.
    pub fn ends_in_comment(&self) -> bool {
        let tokens = tokens(self.text());
        tokens
            .last()
            .is_some_and(|token| token.kind == TokenKind::Comment)
    }

    /// An error about the predicate, told of the condition: its range is that in the text the condition was read from.
    #[must_use]
    pub fn error(&self, error: Error) -> Error {
        Error {
            range: error.range.and_then(|range| self.range(range)),
            ..error
        }
    }

    /// A range of the predicate as one of the condition; `None` where it begins outside.
    pub fn range(&self, range: TextRange) -> Option<TextRange> {
        let length = self.place.len();
        let start = range.start().checked_sub(self.place.start())?;
        let end = range.end().saturating_sub(self.place.start()).min(length);
        (start <= length).then(|| TextRange::new(start, end.max(start)))
    }
}

impl Engine {
    /// What a predicate says. An empty one is true; any other must be `true` or `false` itself, not a text.
    ///
    /// Unresolved expressions are null in it and scripts are off, whatever the engine's mode and profile.
    ///
    /// ```
    /// use pipewright_engine::{Engine, MapContext, Truth};
    ///
    /// let json = serde_json::json!({"OnStageSuccess": true, "env": {"type": "Production"}});
    /// let context = MapContext::from_json(&json).expect("an object");
    /// let engine = Engine::new();
    /// let predicate = "<+OnStageSuccess> && (<+env.type> == \"Production\")";
    /// assert_eq!(engine.condition(predicate, &context), Ok(Truth::True));
    /// assert!(engine.condition("<+env.type>", &context).is_err());
    /// ```
    ///
    /// # Errors
    /// See [`Error`]; of kind `class-cast` for a value that is no Boolean, and `evaluation` for null.
    pub fn condition(
        &self,
        predicate: impl Into<Template>,
        context: &dyn Context,
    ) -> Result<Truth, Error> {
        self.decide(&predicate.into(), context, None)
    }

    /// [`Engine::condition`] and how it came to its answer.
    pub fn trace_condition(
        &self,
        predicate: impl Into<Template>,
        context: &dyn Context,
    ) -> (Result<Truth, Error>, Trace) {
        traced(|tracer| self.decide(&predicate.into(), context, Some(tracer)))
    }

    fn decide(
        &self,
        predicate: &Template,
        context: &dyn Context,
        tracer: Option<&Tracer>,
    ) -> Result<Truth, Error> {
        context.begin();
        if predicate.text().is_empty() {
            return Ok(Truth::True);
        }
        match self.evaluate_predicate(predicate, context, tracer)? {
            Value::Boolean(true) => Ok(Truth::True),
            Value::Boolean(false) => Ok(Truth::False),
            Value::Unknown(unknown) => Ok(Truth::Unknown(unknown)),
            Value::Null => Err(Error::new(
                ErrorKind::Evaluation,
                format!(
                    "the condition `{}` is null, and must be true or false",
                    shown(predicate.text())
                ),
            )),
            other => Err(Error::new(
                ErrorKind::ClassCast,
                format!(
                    "the condition is {}, and must be true or false",
                    other.described()
                ),
            )),
        }
    }
}
