//! Given values of what steps publish for their stage: one outcome, however it is reached (`spec/model.md` §3.4).

use std::sync::Arc;

use pipewright_jexl::Value;
use pipewright_model::NodeKind;
use pipewright_model::catalogue::is_outcome;

use super::path::Path;
use crate::state::PositionState;

/// Names that every node may publish for itself, so that one around it says nothing.
const OF_EVERY_NODE: [&str; 2] = ["output", "infrastructure"];

impl PositionState {
    /// What is given for the outcome `name` as seen from the part of the pipeline at `from`: there or at a level around
    /// it. What is given by the bare name is what the reader sees, so it holds in the reader's own stage.
    pub(crate) fn given_outcome(self: &Arc<Self>, from: &Path, name: &str) -> Option<Value> {
        if self.given.is_empty() || !is_outcome(name) || OF_EVERY_NODE.contains(&name) {
            return None;
        }
        let stage = self.contents.pipeline.enclosing(self.node, NodeKind::Stage);
        let own_stage = stage.map(|stage| self.path_of(stage).read);
        let is_own = |level: &str| own_stage.as_deref() == Some(level);
        let mut level = from.read.as_str();
        loop {
            let at_level = Some(format!("{level}.{name}"));
            let below_spec = is_stage(level).then(|| format!("{level}.spec.{name}"));
            let bare = is_own(level).then(|| name.to_owned());
            let mut places = at_level.into_iter().chain(below_spec).chain(bare);
            let found =
                places.find_map(|place| Some(self.given_value(&place, self.given.find(&place)?)));
            if found.is_some() {
                return found;
            }
            level = level.rsplit_once('.')?.0;
        }
    }
}

/// Whether a full name is that of a stage.
fn is_stage(name: &str) -> bool {
    name.strip_prefix("pipeline.stages.")
        .is_some_and(|identifier| !identifier.contains('.'))
}
