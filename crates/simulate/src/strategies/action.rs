//! Actions: their words, whether two are the same, and those that somebody may choose.

use pipewright_model::{ActionKind, FailureAction, Listed, Located, ManualIntervention, Retry};

/// What somebody may answer to an intervention (`spec/plan.md` §3.3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Answer {
    Retry,
    Ignore,
    MarkAsSuccess,
    MarkAsFailure,
    Abort,
    StageRollback,
    PipelineRollback,
    ProceedWithDefaultValues,
}

impl Answer {
    pub(crate) const ALL: [Self; 8] = [
        Self::Retry,
        Self::Ignore,
        Self::MarkAsSuccess,
        Self::MarkAsFailure,
        Self::Abort,
        Self::StageRollback,
        Self::PipelineRollback,
        Self::ProceedWithDefaultValues,
    ];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Retry => "Retry",
            Self::Ignore => "Ignore",
            Self::MarkAsSuccess => "MarkAsSuccess",
            Self::MarkAsFailure => "MarkAsFailure",
            Self::Abort => "Abort",
            Self::StageRollback => "StageRollback",
            Self::PipelineRollback => "PipelineRollback",
            Self::ProceedWithDefaultValues => "ProceedWithDefaultValues",
        }
    }

    /// The answer of that name, letter case aside.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|answer| answer.as_str().eq_ignore_ascii_case(name))
    }
}

/// The word of an action.
pub(crate) const fn word(kind: &ActionKind) -> &'static str {
    match kind {
        ActionKind::Ignore => "Ignore",
        ActionKind::MarkAsSuccess => "MarkAsSuccess",
        ActionKind::MarkAsFailure => "MarkAsFailure",
        ActionKind::Abort => "Abort",
        ActionKind::StageRollback => "StageRollback",
        ActionKind::StepGroupRollback => "StepGroupRollback",
        ActionKind::PipelineRollback => "PipelineRollback",
        ActionKind::ProceedWithDefaultValues => "ProceedWithDefaultValues",
        ActionKind::Retry(_) => "Retry",
        ActionKind::RetryStepGroup(_) => "RetryStepGroup",
        ActionKind::ManualIntervention(_) => "ManualIntervention",
        _ => "Unknown",
    }
}

/// Whether two actions are the same as a whole, as Harness compares those for one type in one list (`spec/plan.md`
/// §3.5).
pub(crate) fn is_same_action(one: &FailureAction, other: &FailureAction) -> bool {
    match (&one.kind, &other.kind) {
        (ActionKind::Retry(one), ActionKind::Retry(other))
        | (ActionKind::RetryStepGroup(one), ActionKind::RetryStepGroup(other)) => {
            is_same_retry(one, other)
        }
        (ActionKind::ManualIntervention(one), ActionKind::ManualIntervention(other)) => {
            is_same_intervention(one, other)
        }
        (one, other) => word(one) == word(other),
    }
}

fn is_same_retry(one: &Retry, other: &Retry) -> bool {
    let count = |retry: &Retry| retry.count.as_ref().map(|count| count.written.text.clone());
    let intervals = |retry: &Retry| -> Vec<Box<str>> {
        let listed = retry.intervals.iter().flat_map(Listed::items);
        listed.map(|interval| interval.text.clone()).collect()
    };
    count(one) == count(other)
        && intervals(one) == intervals(other)
        && text(one.condition.as_ref()) == text(other.condition.as_ref())
        && are_same(
            one.on_retry_failure.as_ref(),
            other.on_retry_failure.as_ref(),
        )
}

fn is_same_intervention(one: &ManualIntervention, other: &ManualIntervention) -> bool {
    text(one.timeout.as_ref()) == text(other.timeout.as_ref())
        && are_same(one.on_timeout.as_ref(), other.on_timeout.as_ref())
}

fn are_same(one: Option<&FailureAction>, other: Option<&FailureAction>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => is_same_action(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

fn text(located: Option<&Located>) -> Option<&str> {
    located.map(|located| &*located.text)
}
