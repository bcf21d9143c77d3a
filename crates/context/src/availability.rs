//! Whether a node exists when it is read (`spec/model.md` §5).

use pipewright_model::NodeId;
use pipewright_resolve::Started;

use crate::Recorded;
use crate::nowhere::Nowhere;
use crate::state::PositionState;
use crate::unknown_cause::UnknownCause;
use crate::values::Path;

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
    /// Whether `node`, which is read by the name `path`, has started when the reader reads: as the run that is followed
    /// has it, if one is.
    pub(crate) fn availability_at(&self, node: NodeId, path: &Path) -> Availability {
        match self.recorded(&path.read) {
            None => self.availability(node),
            Some(Recorded::Nothing) => Availability::NotYet(Nowhere::NotReached),
            Some(Recorded::Status(_)) => Availability::There,
            Some(Recorded::Unknown) => Availability::Perhaps(UnknownCause::MayNotHaveRun),
        }
    }

    /// Whether `node` has started when the reader reads.
    pub(crate) fn availability(&self, node: NodeId) -> Availability {
        let contents = &self.contents;
        let (order, pipeline) = (&contents.order, &contents.pipeline);
        let reader = || contents.names.fqn(self.node);
        match order.started(pipeline, node, self.node, self.moment) {
            Started::Yes | Started::Inside => Availability::There,
            Started::After => Availability::NotYet(Nowhere::After(reader())),
            Started::RollbackOf => Availability::NotYet(Nowhere::RollbackOf(reader())),
            Started::InsideLater => Availability::NotYet(Nowhere::Inside(reader())),
            Started::StepsLater => Availability::NotYet(Nowhere::BeforeSteps(reader())),
            Started::MayHaveRun => Availability::Perhaps(UnknownCause::MayNotHaveRun),
            Started::Parallel { .. } => {
                Availability::Perhaps(UnknownCause::RunsInParallel(reader()))
            }
            Started::Unknown => Availability::Perhaps(UnknownCause::OrderIsOpen(reader())),
        }
    }
}
