//! Names that stand in no file: what the run fills in at each node and what its type of step or stage publishes.

use pipewright_model::catalogue::{self, Availability, RUN_TIME_FIELDS};
use pipewright_model::{Node, NodeId, NodeKind, Pipeline};

use crate::{NameKind, Names};

/// The names below each node, nodes in the order of the file. Names that stand for many (`*`) are left out, and of what lies inside
/// lists only the list is named.
pub(crate) fn names(
    pipeline: &Pipeline,
    names: &Names,
) -> impl Iterator<Item = (String, NameKind, NodeId)> {
    pipeline.ids().flat_map(move |id| {
        let node = pipeline.node(id);
        let own = names.fqn(id);
        let mut found: Vec<(String, NameKind)> = outputs(pipeline, names, id, node)
            .map(|output| (output, NameKind::Output))
            .collect();
        let fields =
            run_time_fields(node).map(|field| (format!("{own}.{field}"), NameKind::RunTime));
        found.extend(fields);
        found.into_iter().map(move |(fqn, kind)| (fqn, kind, id))
    })
}

/// The fields that the run fills in at a node and the file does not hold.
fn run_time_fields(node: &Node) -> impl Iterator<Item = &'static str> {
    let loops = node.strategy.is_some();
    RUN_TIME_FIELDS
        .iter()
        .filter(move |field| match field.when {
            Availability::Started | Availability::Ended => !field.is_setting,
            Availability::Looped => loops,
            Availability::Enforced | Availability::Skipped => false,
        })
        .filter_map(|field| fixed(field.path))
}

/// The outputs of a node as far as its type tells them.
fn outputs<'a>(
    pipeline: &'a Pipeline,
    names: &'a Names,
    id: NodeId,
    node: &'a Node,
) -> impl Iterator<Item = String> + 'a {
    let type_name = node.type_name.as_ref().map_or("", |located| &*located.text);
    let step = (node.kind == NodeKind::Step)
        .then(|| catalogue::step_type(type_name))
        .flatten();
    let stage = (node.kind == NodeKind::Stage)
        .then(|| catalogue::stage_type(type_name))
        .flatten();
    let identifier = node
        .identifier
        .as_ref()
        .map_or("", |located| &*located.text);
    let of_step = step.into_iter().flat_map(|step| step.outputs());
    let of_step = of_step.filter_map(move |output| {
        let publisher = if output.at_stage {
            pipeline.enclosing(id, NodeKind::Stage)?
        } else {
            id
        };
        let path = fixed(output.path)?.replace("${stepId}", identifier);
        Some(format!("{}.{path}", names.fqn(publisher)))
    });
    let of_stage = stage.into_iter().flat_map(|stage| stage.outputs());
    let of_stage = of_stage
        .filter(|path| !path.contains("${"))
        .filter_map(fixed)
        .map(move |path| format!("{}.{path}", names.fqn(id)));
    of_step.chain(of_stage)
}

/// A path of the catalogue up to its first list; `None` if any key may stand in it.
fn fixed(path: &'static str) -> Option<&'static str> {
    let path = path.split('[').next().unwrap_or_default();
    (!path.contains('*')).then_some(path)
}
