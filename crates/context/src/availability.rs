//! Whether a node exists when it is read (`spec/model.md` §5).

use pipewright_model::{Moment, NodeId, Pipeline, SectionKind};
use pipewright_resolve::Relation;

use crate::nowhere::Nowhere;
use crate::state::PositionState;
use crate::unknown_cause::UnknownCause;

/// Whether a node exists when it is read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Availability {
    /// It has started.
    There,
    /// It surely has not, and why.
    NotYet(Nowhere),
    /// Only a run can tell, and why.
    Perhaps(UnknownCause),
}

impl PositionState {
    /// Whether `node` has started when the reader reads.
    pub(crate) fn availability(&self, node: NodeId) -> Availability {
        let reader = || self.contents.names.fqn(self.node);
        match self.contents.order.relation(node, self.node) {
            Relation::Same | Relation::Encloses | Relation::Before | Relation::BeforeRollback => {
                Availability::There
            }
            Relation::EnclosedBy => self.availability_inside(node),
            Relation::After => Availability::NotYet(Nowhere::After(reader())),
            Relation::RollbackOf => Availability::NotYet(Nowhere::RollbackOf(reader())),
            Relation::Parallel { .. } => {
                Availability::Perhaps(UnknownCause::RunsInParallel(reader()))
            }
            Relation::Unknown => Availability::Perhaps(UnknownCause::OrderIsOpen(reader())),
        }
    }

    /// Whether a node inside the reader has started.
    fn availability_inside(&self, node: NodeId) -> Availability {
        let reader = || self.contents.names.fqn(self.node);
        let pipeline = &self.contents.pipeline;
        let is_provisioner = || {
            let mut around = pipeline.self_and_ancestors(node);
            around.any(|node| pipeline.node(node).section == Some(SectionKind::ProvisionerSteps))
        };
        match self.moment {
            Moment::Running | Moment::Ended => Availability::There,
            Moment::Starting => Availability::NotYet(Nowhere::Inside(reader())),
            // The codebase of a pipeline is read when its first CI stage starts.
            Moment::Configuring if self.node == Pipeline::ROOT || is_provisioner() => {
                Availability::Perhaps(UnknownCause::MayNotHaveRun)
            }
            Moment::Configuring => Availability::NotYet(Nowhere::BeforeSteps(reader())),
        }
    }
}
