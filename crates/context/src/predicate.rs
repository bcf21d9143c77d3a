//! The predicate that decides whether a node runs, composed from its `when` (`spec/engine.md` §6).

use pipewright_engine::{PredicateOf, When, WhenError, WhenStatus};
use pipewright_model::{Located, NodeId, NodeKind, SectionKind, Status, YamlVersion};

use crate::{PreparedPipeline, RunPlace};

/// Why a node has no predicate that can be evaluated.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PredicateError {
    /// The pipeline itself always runs.
    #[error("a pipeline has no condition; name a stage, step group or step, or give an expression")]
    Pipeline,
    /// The node's `when` or its status is a runtime input or an expression.
    #[error("the `when` of `{0}` is not known yet; an input set can fill it in")]
    Open(String),
    /// The node's `when` may stand in its template.
    #[error("the condition of `{0}` may stand in its template, which is not at hand")]
    Template(String),
    /// The status stands under the key of another kind of node.
    #[error(
        "the `when` has `{key}`, but Harness reads `{wanted}` here and refuses the pipeline without it"
    )]
    WrongKey {
        /// The key that is read.
        wanted: &'static str,
        /// The key that is written.
        key: String,
    },
    /// The status is none of the three.
    #[error("`{key}: {written}` is no status: write `Success`, `Failure` or `All`")]
    WrongStatus {
        /// The key.
        key: &'static str,
        /// What is written there.
        written: String,
    },
    /// Harness refuses the `when`.
    #[error(transparent)]
    Refused(#[from] WhenError),
}

impl PreparedPipeline {
    /// What kind of predicate a node has; `None` for the pipeline, which always runs.
    pub fn predicate_of(&self, node: NodeId) -> Option<PredicateOf> {
        let pipeline = self.pipeline();
        match pipeline.node(node).kind {
            NodeKind::Pipeline => None,
            NodeKind::Stage => Some(PredicateOf::Stage),
            NodeKind::StepGroup | NodeKind::Step => {
                let in_rollback = pipeline
                    .self_and_ancestors(node)
                    .filter_map(|outer| pipeline.node(outer).section)
                    .any(SectionKind::is_rollback);
                Some(if in_rollback {
                    PredicateOf::RollbackStep
                } else {
                    PredicateOf::Step
                })
            }
        }
    }

    /// The predicate of the node at `place`: evaluate it at [`Moment::Starting`](crate::Moment::Starting).
    ///
    /// # Errors
    /// If the file does not tell it, or Harness refuses the `when`.
    pub fn predicate(&self, place: &RunPlace) -> Result<String, PredicateError> {
        let node = self.pipeline().node(place.node);
        let name = || self.names().fqn(place.node);
        let Some(of) = self.predicate_of(place.node) else {
            return Err(PredicateError::Pipeline);
        };
        if node.when_is_open {
            return Err(PredicateError::Open(name()));
        }
        let Some(when) = &node.when else {
            // In v1 the condition stands beside the template.
            let template = node
                .template
                .as_ref()
                .filter(|_| self.pipeline().version == YamlVersion::V0);
            return match template {
                Some(_) => Err(PredicateError::Template(name())),
                None => Ok(of.compose(None)?),
            };
        };
        let written = |text: &Option<Located>| text.as_ref().map(|text| text.text.to_string());
        if when.is_whole {
            let condition = when.condition.as_ref();
            return Ok(condition.map_or_else(String::new, |condition| condition.text.to_string()));
        }
        let (wanted, key) = (of.status_key(), written(&when.status_key));
        if let Some(key) = key.filter(|key| key != wanted) {
            return Err(PredicateError::WrongKey { wanted, key });
        }
        let status = when.status.map(|status| match status {
            Status::Success => WhenStatus::Success,
            Status::Failure => WhenStatus::Failure,
            Status::All => WhenStatus::All,
        });
        match (status, written(&when.status_text)) {
            (None, Some(written)) if written.contains("<+") => Err(PredicateError::Open(name())),
            (None, Some(written)) if !written.is_empty() => Err(PredicateError::WrongStatus {
                key: wanted,
                written,
            }),
            _ => Ok(of.compose(Some(When {
                status,
                condition: when.condition.as_ref().map(|condition| &*condition.text),
            }))?),
        }
    }
}
