//! The parts of the tree around a reader that go by a word: the lists that hold it, and what these stand in.

use pipewright_model::{NodeId, NodeKind, Pipeline, SectionKind};

use super::{RunPart, RunTree};
use crate::lists::identifier;

/// What is called `name` between `inner` and the node around it: the list that holds it, or the `execution` or `spec`
/// on the way.
pub fn between(pipeline: &Pipeline, inner: NodeId, name: &str) -> Option<RunPart> {
    let inner = pipeline.node(inner);
    let (outer, kind) = (inner.parent?, inner.section?);
    let mut sections = pipeline.node(outer).sections.iter();
    let section = sections.find(|section| section.kind == kind)?;
    let at = section.path.iter().rposition(|key| *key == name)?;
    let in_execution = matches!(kind, SectionKind::Steps | SectionKind::RollbackSteps);
    match name {
        _ if at + 1 == section.path.len() => Some(RunPart::List(outer, kind)),
        "execution" if in_execution => Some(RunPart::Execution(outer)),
        "spec" if at == 0 => Some(RunPart::Spec(outer)),
        _ => None,
    }
}

impl RunTree<'_> {
    /// What follows the identifier of a stage, group or step in `name`.
    pub(super) fn behind_identifier<'n>(&self, node: NodeId, name: &'n str) -> Option<&'n str> {
        let of_node = self.pipeline.node(node);
        match of_node.kind {
            NodeKind::Pipeline => None,
            _ => name.strip_prefix(identifier(of_node)?),
        }
    }
}
