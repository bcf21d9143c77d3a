//! Why there is no plan.

use pipewright_source::Span;

/// Why there is no plan.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// What is given is not valid.
    #[error("{sentence}")]
    Usage {
        /// What is wrong.
        sentence: String,
        /// What it is said of, where that is one of the things given.
        about: Option<About>,
    },
    /// Something is asked for that the pipeline does not have.
    #[error("{sentence}")]
    NotFound {
        /// What is wrong.
        sentence: String,
        /// What it is said of, where that is one of the things given.
        about: Option<About>,
    },
    /// Harness refuses the pipeline before anything runs (`spec/plan.md` §3.5).
    #[error("{}", .0.error)]
    Refused(Box<Refusal>),
}

/// One of the things that are [given](crate::Given), by its place among those of its kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum About {
    /// A failure.
    Failure(usize),
    /// The node of an intervention.
    Intervention(usize),
    /// What is answered to an intervention.
    Answer(usize),
    /// A stage that is left out.
    SkippedStage(usize),
    /// A stage that is selected.
    SelectedStage(usize),
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
    pub(crate) fn usage(sentence: impl Into<String>) -> Self {
        Self::Usage {
            sentence: sentence.into(),
            about: None,
        }
    }

    pub(crate) fn not_found(sentence: impl Into<String>) -> Self {
        Self::NotFound {
            sentence: sentence.into(),
            about: None,
        }
    }

    /// The same, said of one of the things given.
    pub(crate) fn of(mut self, given: About) -> Self {
        if let Self::Usage { about, .. } | Self::NotFound { about, .. } = &mut self {
            *about = Some(given);
        }
        self
    }

    pub(crate) fn refused(error: impl Into<String>, fqn: String, span: Span) -> Self {
        Self::Refused(Box::new(Refusal {
            error: error.into(),
            fqn,
            span,
        }))
    }
}
