//! Why there is no plan.

use pipewright_source::Span;

/// Why there is no plan.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// What is given is not valid: a sentence.
    #[error("{0}")]
    Usage(String),
    /// Something is asked for that the pipeline does not have: a sentence.
    #[error("{0}")]
    NotFound(String),
    /// Harness refuses the pipeline before anything runs (`spec/plan.md` §3.5).
    #[error("{}", .0.error)]
    Refused(Box<Refusal>),
}

/// What Harness refuses before anything runs.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Refusal {
    /// A sentence.
    pub error: String,
    /// The node that is refused.
    pub fqn: String,
    /// What is refused.
    pub span: Span,
}

impl PlanError {
    pub(crate) fn refused(error: impl Into<String>, fqn: String, span: Span) -> Self {
        Self::Refused(Box::new(Refusal {
            error: error.into(),
            fqn,
            span,
        }))
    }
}
