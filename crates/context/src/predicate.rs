//! The predicate that decides whether a node runs, composed from its `when` (`spec/engine.md` §6).

use pipewright_engine::{PredicateOf, When, WhenError, WhenStatus};
use pipewright_model::{NodeId, NodeKind, SectionKind, Status};

use crate::{Place, Scene};

impl Scene {
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

    /// The predicate of the node at `place`: evaluate it at [`Moment::Starting`](crate::Moment::Starting). `None` where the file does
    /// not tell: for the pipeline, a `when` that is an expression, and a node whose template is not at hand.
    ///
    /// # Errors
    /// If Harness refuses the `when`.
    pub fn predicate(&self, place: &Place) -> Result<Option<String>, WhenError> {
        let node = self.pipeline().node(place.node);
        let Some(of) = self.predicate_of(place.node) else {
            return Ok(None);
        };
        if node.when_is_open || (node.when.is_none() && node.template.is_some()) {
            return Ok(None);
        }
        let when = node.when.as_ref().map(|when| When {
            status: when.status.map(|status| match status {
                Status::Success => WhenStatus::Success,
                Status::Failure => WhenStatus::Failure,
                Status::All => WhenStatus::All,
            }),
            condition: when.condition.as_ref().map(|condition| &*condition.text),
        });
        of.compose(when).map(Some)
    }
}
