//! What a stage cannot read before it starts: its `when` and `strategy` come before its service, environment and
//! artifacts (`spec/documentation.md` R8).

use pipewright_jexl::Value;
use pipewright_model::catalogue::is_of_own_stage;
use pipewright_model::{Moment, NodeKind};

use crate::NullCause;
use crate::state::PositionState;

impl PositionState {
    /// Whether the reader is a stage that has not started.
    pub(crate) fn is_stage_before_start(&self) -> bool {
        self.moment == Moment::Starting && self.contents.kind(self.node) == NodeKind::Stage
    }

    /// Null where `name` is an outcome that the stage that reads would publish itself, later. A value given for it is
    /// that of the time after. `read` is the whole name.
    pub(crate) fn null_before_stage(&self, name: &str, read: &str) -> Option<Value> {
        let is_too_early = self.is_stage_before_start() && is_of_own_stage(name);
        is_too_early.then(|| self.not_yet_published(read))
    }

    /// Null, because the stage that reads has not started.
    pub(crate) fn not_yet_published(&self, read: &str) -> Value {
        let stage = self.contents.names.fqn(self.node);
        self.null(read, NullCause::StageHasNotStarted(stage))
    }
}
