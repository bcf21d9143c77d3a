//! Nodes of one list that share an identifier, as a step and a group may (`spec/model.md` §1.7).

use pipewright_model::NodeId;

use super::Walk;

impl Walk<'_> {
    /// The one of several nodes that their identifier finds: the only one that may have started when the path is read;
    /// where none has, the first. `None` where there are more, which a run holds as a list, and where the text may be
    /// read elsewhere.
    pub(super) fn only_started(&self, nodes: &[NodeId]) -> Option<NodeId> {
        if self.scope.is_read_elsewhere() {
            return None;
        }
        let reader = self.scope.reader();
        let (pipeline, moment) = (self.pipeline(), self.scope.site.moment);
        let mut started = nodes.iter().copied().filter(|node| {
            let started = self.order.started(pipeline, *node, reader, moment);
            !started.surely_not()
        });
        match (started.next(), started.next()) {
            (Some(only), None) => Some(only),
            (None, _) => nodes.first().copied(),
            (Some(_), Some(_)) => None,
        }
    }
}
