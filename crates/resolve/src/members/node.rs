//! What stands behind a pipeline, stage or group, and behind the `spec` of a stage.

use pipewright_model::catalogue::{
    self, GROUP_KEYS, PIPELINE_KEYS, Shape, is_outcome, is_stage_outcome,
};
use pipewright_model::{NodeId, NodeKind};

use super::{File, Part, missing_below, stage_type};
use crate::fields::is_field;
use crate::run_tree::root_name;

/// Types of stages of which it is not known what they publish.
const OPEN_STAGES: [&str; 2] = ["Dynamic", "IACM"];

/// How deep the parts lead behind a pipeline, stage or group before a name is surely missing.
pub(super) fn missing(file: File<'_>, node: NodeId, parts: &[Part<'_>]) -> Option<usize> {
    let of_node = file.pipeline.node(node);
    let first = parts.first()?.key()?;
    let known = catalogue::root(root_name(of_node.kind))?;
    let depth = missing_below(known.shape(), parts)?;
    let is_known = depth == 0
        && (has_key(file, node, first) || is_field(first) || is_published(file, node, first));
    let is_written = || {
        let mut keys = parts[..=depth].iter().map(|part| part.key());
        keys.try_fold(of_node.yaml, |inner, key| file.tree.find(inner, key?))
            .is_some()
    };
    (!is_known && !is_written()).then_some(depth)
}

/// Whether the schema knows a key of that name for the node.
fn has_key(file: File<'_>, node: NodeId, name: &str) -> bool {
    match file.pipeline.node(node).kind {
        NodeKind::Pipeline => PIPELINE_KEYS.contains(&name),
        NodeKind::StepGroup => GROUP_KEYS.contains(&name),
        NodeKind::Stage => {
            let known = stage_type(file, node);
            known.is_none_or(|known| known.keys().any(|key| key.name == name))
        }
        NodeKind::Step => false,
    }
}

/// Whether an outcome of that name may be visible at the node.
fn is_published(file: File<'_>, node: NodeId, name: &str) -> bool {
    let by_type = stage_type(file, node);
    is_outcome(name)
        || is_stage_outcome(name)
        || by_type.is_some_and(|known| known.published().member(name).is_some())
}

/// Whether a stage surely publishes no `output` of its own: a chained one has the outputs it declares, and what an
/// infrastructure tells is an `output`, too (`spec/model.md` §3.1, §6). Its steps publish theirs under their own names.
pub(super) fn has_no_output(file: File<'_>, stage: NodeId) -> bool {
    let Some(known) = stage_type(file, stage) else {
        return false;
    };
    let of_node = file.pipeline.node(stage);
    let spec = file.tree.find(of_node.yaml, "spec");
    let may_have_infrastructure = || {
        spec.is_none_or(|spec| {
            let is_written = |key: &str| file.tree.find(spec, key).is_some();
            !file.tree.is_mapping(spec) || is_written("environment") || is_written("output")
        })
    };
    !OPEN_STAGES.contains(&of_node.type_text())
        && known.published().member("output").is_none()
        && !may_have_infrastructure()
}

/// Whether the `spec` of a stage may have something of that name: a setting, an outcome or a part of the run. Settings
/// are null at run time as a rule (`spec/model.md` §8.3), but they are offered as names.
pub(super) fn has_stage_setting(file: File<'_>, stage: NodeId, name: &str) -> bool {
    let Some(known) = stage_type(file, stage) else {
        return true;
    };
    let of_node = file.pipeline.node(stage);
    let spec = file.tree.find(of_node.yaml, "spec");
    let is_written =
        spec.is_none_or(|spec| !file.tree.is_mapping(spec) || file.tree.find(spec, name).is_some());
    let of_every_stage = catalogue::root("spec").map(|root| root.shape());
    is_written
        || is_field(name)
        || is_published(file, stage, name)
        || known.spec_keys().any(|key| key.name == name)
        || of_every_stage.is_some_and(|shape| shape.member(name).is_some())
}

/// The names below the `spec` of a stage: what is written there, and what a run puts there.
pub(super) fn stage_settings<'a>(file: File<'a>, stage: NodeId) -> Vec<&'a str> {
    let of_node = file.pipeline.node(stage);
    let tree = file.tree;
    let spec = tree.find(of_node.yaml, "spec");
    let written = spec.into_iter().flat_map(|spec| tree.entries(spec));
    let mut names: Vec<&'a str> = written.filter_map(|entry| tree.text(entry.key)).collect();
    let of_run: Option<&'a Shape> = catalogue::root("spec").map(|root| root.shape());
    let published: Option<&'a Shape> = stage_type(file, stage).map(|known| known.published());
    for shape in of_run.into_iter().chain(published) {
        names.extend(shape.names());
    }
    names
}
