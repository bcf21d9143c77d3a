//! Failure strategies: which errors lead to which action (`spec/plan.md` §3).

use pipewright_source::Span;

use crate::{Listed, Located};

/// The `failureStrategies` of a stage, group or step.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FailureStrategies {
    /// The key `failureStrategies`.
    pub key: Span,
    /// The whole value.
    pub span: Span,
    /// Its entries.
    pub entries: Listed<FailureStrategy>,
}

/// One entry: `onFailure` with its errors and its action.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FailureStrategy {
    /// The whole entry.
    pub span: Span,
    /// The `errors` it is for; `None` where the key is not written.
    pub errors: Option<Listed<FailureError>>,
    /// The `action`; `None` where nothing is written.
    pub action: Option<FailureAction>,
}

/// One item of `errors`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FailureError {
    /// As written.
    pub written: Located,
    /// The type it names; `None` for an expression or a name that no type has.
    pub kind: Option<FailureType>,
}

/// The types of failure that `errors` may name (`spec/plan.md` §3.2).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[non_exhaustive]
pub enum FailureType {
    /// Every type.
    AllErrors,
    /// A failure without a class of its own.
    Unknown,
    /// A step took longer than its timeout.
    Timeout,
    /// The delegate could not prove who it is.
    Authentication,
    /// The delegate was not allowed to.
    Authorization,
    /// The delegate could not reach something.
    Connectivity,
    /// No delegate could be made.
    DelegateProvisioning,
    /// The delegate restarted.
    DelegateRestart,
    /// A Verify step found a regression.
    Verification,
    /// A policy said no.
    PolicyEvaluationFailure,
    /// An approval was rejected.
    ApprovalRejection,
    /// An input asked for during the run did not come in time.
    InputTimeoutError,
    /// A user marked the running step as failed.
    UserMarkedFailure,
    /// The infrastructure of a container failed.
    InfrastructureFailure,
    /// The image of a plugin could not be used.
    PluginImageFailure,
    /// A container ran into its limits.
    ResourceLimitsFailure,
    /// A container was configured wrongly.
    ConfigurationFailure,
    /// A passing failure of a container.
    RetryableTransientFailure,
}

impl FailureType {
    /// All types, in the order of their declaration.
    pub const ALL: [Self; 18] = [
        Self::AllErrors,
        Self::Unknown,
        Self::Timeout,
        Self::Authentication,
        Self::Authorization,
        Self::Connectivity,
        Self::DelegateProvisioning,
        Self::DelegateRestart,
        Self::Verification,
        Self::PolicyEvaluationFailure,
        Self::ApprovalRejection,
        Self::InputTimeoutError,
        Self::UserMarkedFailure,
        Self::InfrastructureFailure,
        Self::PluginImageFailure,
        Self::ResourceLimitsFailure,
        Self::ConfigurationFailure,
        Self::RetryableTransientFailure,
    ];

    /// The word as it stands in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AllErrors => "AllErrors",
            Self::Unknown => "Unknown",
            Self::Timeout => "Timeout",
            Self::Authentication => "Authentication",
            Self::Authorization => "Authorization",
            Self::Connectivity => "Connectivity",
            Self::DelegateProvisioning => "DelegateProvisioning",
            Self::DelegateRestart => "DelegateRestart",
            Self::Verification => "Verification",
            Self::PolicyEvaluationFailure => "PolicyEvaluationFailure",
            Self::ApprovalRejection => "ApprovalRejection",
            Self::InputTimeoutError => "InputTimeoutError",
            Self::UserMarkedFailure => "UserMarkedFailure",
            Self::InfrastructureFailure => "InfrastructureFailure",
            Self::PluginImageFailure => "PluginImageFailure",
            Self::ResourceLimitsFailure => "ResourceLimitsFailure",
            Self::ConfigurationFailure => "ConfigurationFailure",
            Self::RetryableTransientFailure => "RetryableTransientFailure",
        }
    }

    /// The type of that name, letter case aside.
    ///
    /// ```
    /// use pipewright_model::FailureType;
    /// assert_eq!(FailureType::named("allerrors"), Some(FailureType::AllErrors));
    /// assert_eq!(FailureType::named("AnyOther"), None);
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str().eq_ignore_ascii_case(name))
    }
}

/// What is done about a failure.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FailureAction {
    /// The whole value.
    pub span: Span,
    /// Whether a text such as `<+input>` stands in place of the action: its type comes with it.
    pub is_open: bool,
    /// Its `type` as written.
    pub type_name: Option<Located>,
    /// What the type means, with the action's own settings.
    pub kind: ActionKind,
}

/// The kinds of action (`spec/plan.md` §3.3).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ActionKind {
    /// `Ignore`
    Ignore,
    /// `MarkAsSuccess`
    MarkAsSuccess,
    /// `MarkAsFailure`
    MarkAsFailure,
    /// `Abort`
    Abort,
    /// `StageRollback`
    StageRollback,
    /// `StepGroupRollback`
    StepGroupRollback,
    /// `PipelineRollback`
    PipelineRollback,
    /// `ProceedWithDefaultValues`
    ProceedWithDefaultValues,
    /// `Retry`
    Retry(Box<Retry>),
    /// `RetryStepGroup`; it has no condition and no action of its own behind it.
    RetryStepGroup(Box<Retry>),
    /// `ManualIntervention`
    ManualIntervention(Box<ManualIntervention>),
    /// An expression, a name that no action has, no `type`, or a text in place of the whole action.
    Unknown,
}

/// The `spec` of an action that starts again.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Retry {
    /// Whether a text such as `<+input>` stands in place of the `spec`: what is not written may come with it.
    pub is_open: bool,
    /// `retryCount`
    pub count: Option<Count>,
    /// `retryIntervals`; `None` where the key is not written.
    pub intervals: Option<Listed<Located>>,
    /// `condition`
    pub condition: Option<Located>,
    /// The action of `onRetryFailure`: what is done once the count is used up.
    pub on_retry_failure: Option<FailureAction>,
}

/// The `spec` of an action that waits for somebody.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ManualIntervention {
    /// Whether a text such as `<+input>` stands in place of the `spec`: what is not written may come with it.
    pub is_open: bool,
    /// `timeout`: how long it waits.
    pub timeout: Option<Located>,
    /// The action of `onTimeout`: what is done when nobody came.
    pub on_timeout: Option<FailureAction>,
}

/// A number as written.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Count {
    /// The scalar.
    pub written: Located,
    /// Its number; `None` for an expression or anything else that is none.
    pub number: Option<u32>,
}
