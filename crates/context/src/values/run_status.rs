//! How far nodes have come when they are read: their statuses and times (`spec/engine.md` §3.4, `spec/model.md` §5).

use pipewright_jexl::Value;
use pipewright_model::{Moment, NodeId, NodeKind, catalogue};
use pipewright_resolve::runs_as_group;

use super::node_object::NodeObject;
use super::path::Path;
use crate::{Nowhere, NullCause, Recorded, UnknownCause};

impl NodeObject {
    /// A field of a node that the run fills in, written at `path`.
    pub(crate) fn run_time_field(&self, node: NodeId, name: &str, path: &Path) -> Value {
        if let Some(value) = self.status_in_run(name, path) {
            return value;
        }
        match name {
            "status" if self.is_running(node) => Value::from("RUNNING"),
            "endTs" if self.is_running(node) => {
                let node = self.path.read.clone();
                self.state.null(&path.read, NullCause::NotEnded(node))
            }
            // It sums up the children, and no children have all succeeded.
            "currentStatus" if self.has_no_children(node) => Value::from("SUCCEEDED"),
            "status" | "currentStatus" if self.surely_exists(node) => self
                .state
                .unknown_string(&path.read, UnknownCause::SetInRun),
            _ => self.state.unknown(&path.read, UnknownCause::SetInRun),
        }
    }

    /// The status of the node in the run that is followed; `None` where none is, or only a real run can tell.
    fn status_in_run(&self, name: &str, path: &Path) -> Option<Value> {
        let records = self.state.records.as_ref()?;
        let node = &self.path.read;
        match (name, records.recorded(node)) {
            ("status" | "currentStatus", Recorded::Nothing) => {
                Some(self.state.null(&path.read, Nowhere::NotReached))
            }
            ("status", Recorded::Status(status)) => Some(Value::from(status)),
            ("currentStatus", Recorded::Status(_)) => records.current_status(node).map(Value::from),
            _ => None,
        }
    }

    /// Whether the node surely runs while it is read.
    fn is_running(&self, node: NodeId) -> bool {
        let state = &self.state;
        let is_running =
            node != state.node || matches!(state.moment, Moment::Configuring | Moment::Running);
        is_running && self.surely_exists(node)
    }

    /// Whether a run surely knows the node when it is read: it is the reader or stands around it.
    fn surely_exists(&self, node: NodeId) -> bool {
        let state = &self.state;
        state.contents.pipeline.is_around(node, state.node)
            && state.is_this_iteration(node, &self.path)
    }

    fn has_no_children(&self, node: NodeId) -> bool {
        let node = self.state.contents.pipeline.node(node);
        let step_type = node.type_text();
        node.kind == NodeKind::Step
            && node.template.is_none()
            && catalogue::step_type(step_type).is_some()
            && !runs_as_group(step_type)
    }
}
