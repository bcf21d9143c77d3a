//! Steps with a container of their own. The engine plans such a step as a group around steps of its own making, so that
//! inside it `stepGroup` is the step, and `step` and `steps` are what the engine made (`spec/model.md` §8.15).

use pipewright_model::{Moment, NodeId, NodeKind, Pipeline, SectionKind};

use super::{RunPart, StartWord, between};

/// Whether a step is surely planned as a group.
pub fn is_hidden_group(pipeline: &Pipeline, node: NodeId) -> bool {
    let node = pipeline.node(node);
    node.kind == NodeKind::Step && node.template.is_none() && node.type_text() == "Container"
}

/// Whether what a node reads at some moment is read inside the group that it is planned as. Its conditions and its loop
/// are read by the group itself.
pub fn reads_inside(pipeline: &Pipeline, reader: NodeId, moment: Moment) -> bool {
    moment == Moment::Running && is_hidden_group(pipeline, reader)
}

/// Whether `word` names at some moment a step that the engine makes inside `reader`.
pub fn is_generated(pipeline: &Pipeline, reader: NodeId, word: &str, moment: Moment) -> bool {
    word == StartWord::Nearest(NodeKind::Step).as_str() && reads_inside(pipeline, reader, moment)
}

/// The nearest node of a kind around what `reader` reads at some moment, or itself. `None` also for the steps that the
/// engine makes.
pub fn nearest(
    pipeline: &Pipeline,
    reader: NodeId,
    kind: NodeKind,
    moment: Moment,
) -> Option<NodeId> {
    let is_inside = reads_inside(pipeline, reader, moment);
    match kind {
        NodeKind::Step if is_inside => None,
        NodeKind::StepGroup if is_inside => Some(reader),
        _ => pipeline.enclosing(reader, kind),
    }
}

/// The nearest list that is called `name` around what `reader` reads at some moment, or the nearest `execution` or
/// `spec` that it stands in.
pub fn part_around(
    pipeline: &Pipeline,
    reader: NodeId,
    name: &str,
    moment: Moment,
) -> Option<RunPart> {
    if name == SectionKind::Steps.as_str() && reads_inside(pipeline, reader, moment) {
        return Some(RunPart::List(reader, SectionKind::Steps));
    }
    let mut inward = pipeline.self_and_ancestors(reader);
    inward.find_map(|inner| between(pipeline, inner, name))
}
