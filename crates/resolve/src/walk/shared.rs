//! Nodes of one list that share an identifier, as a step and a group may (`spec/model.md` §1.7).

use pipewright_model::NodeId;

use super::Walk;
use crate::Relation;

impl Walk<'_> {
    /// The one of several nodes that their identifier finds: the only one that may have started when the path is read; where none has,
    /// the first. `None` where there are more, which a run holds as a list, and where the text may be read elsewhere.
    pub(super) fn only_started(&self, nodes: &[NodeId]) -> Option<NodeId> {
        if self.scope.is_read_elsewhere() {
            return None;
        }
        let reader = self.scope.reader();
        let mut started = nodes.iter().copied().filter(|node| {
            let relation = self.order.relation(*node, reader);
            !matches!(relation, Relation::After | Relation::RollbackOf)
        });
        match (started.next(), started.next()) {
            (Some(only), None) => Some(only),
            (None, _) => nodes.first().copied(),
            (Some(_), Some(_)) => None,
        }
    }
}
