//! Which of Harness's two formats a document is written in: what its items look like decides, not `version: 1`
//! (`spec/v1.md` §1).

use pipewright_yaml::{self as yaml, Tree};

use super::fields;
use crate::v1::STAGE_KINDS;
use crate::{DocumentKind, InputSet, YamlVersion};

/// The keys that a template of v0 has.
const V0_TEMPLATE_KEYS: [&str; 5] = ["type", "versionLabel", "spec", "identifier", "templateRef"];

/// The keys of what a template of v1 holds; it has one of them.
const V1_CONTENTS: [&str; 5] = ["pipeline", "stage", "step", "group", "agent"];

/// The keys that make an item of `stages` one of v0. A `parallel` that is a list does, too.
const V0_ITEM_KEYS: [&str; 2] = ["stage", "insert"];

/// The keys that a pipeline of v0 has beside its stages.
const V0_PIPELINE_KEYS: [&str; 3] = ["identifier", "projectIdentifier", "orgIdentifier"];

/// The format of a document with a pipeline below `pipeline`; v0 also where nothing decides.
pub(super) fn of_pipeline(tree: &Tree, root: yaml::NodeId, pipeline: yaml::NodeId) -> YamlVersion {
    let has = |key: &&str| tree.find(pipeline, key).is_some();
    let template = fields::mapping(tree, pipeline, "template");
    let template_has = |key| template.is_some_and(|template| tree.find(template, key).is_some());
    if let Some(version) = of_stages(tree, pipeline) {
        version
    } else if V0_PIPELINE_KEYS.iter().any(has) || template_has("templateRef") {
        YamlVersion::V0
    } else if has(&"id")
        || fields::mapping(tree, pipeline, "inputs").is_some()
        || template_has("uses")
        || says_1(tree, root)
    {
        YamlVersion::V1
    } else {
        YamlVersion::V0
    }
}

/// The format of a document with a template below `template`; v0 also where nothing decides.
pub(super) fn of_template(tree: &Tree, root: yaml::NodeId, template: yaml::NodeId) -> YamlVersion {
    let has = |key: &&&str| tree.find(template, key).is_some();
    if V0_TEMPLATE_KEYS.iter().any(|key| has(&key)) {
        YamlVersion::V0
    } else if V1_CONTENTS.iter().filter(has).count() == 1 || says_1(tree, root) {
        YamlVersion::V1
    } else {
        YamlVersion::V0
    }
}

/// What an input set of v1 is: one that names its kind, or `inputs` at the root with an overlay. `None` for every other
/// document.
pub(super) fn input_set(tree: &Tree, root: yaml::NodeId) -> Option<DocumentKind> {
    let kind = tree.find(root, "kind").and_then(|kind| tree.text(kind));
    let has_spec = fields::mapping(tree, root, "spec").is_some();
    let overlay = fields::mapping(tree, root, "inputs")
        .and_then(|inputs| fields::mapping(tree, inputs, "overlay"))
        .and_then(|overlay| fields::mapping(tree, overlay, "pipeline"));
    let set = InputSet {
        identifier: None,
        pipeline: None,
        values: None,
    };
    match kind {
        Some("input-set") if has_spec => Some(DocumentKind::InputSet(set)),
        Some("overlay-input-set") if has_spec => Some(DocumentKind::OverlayInputSet(set)),
        _ => overlay.map(|_| DocumentKind::InputSet(set)),
    }
}

/// What the items of `stages` say; an item of v0 outweighs all of v1.
fn of_stages(tree: &Tree, pipeline: yaml::NodeId) -> Option<YamlVersion> {
    let items = tree
        .find(pipeline, "stages")
        .map_or(&[][..], |stages| tree.items(stages));
    let any = |keys: &[&str], is_block: fn(&Tree, yaml::NodeId) -> bool| {
        items.iter().any(|&item| {
            keys.iter().any(|key| tree.find(item, key).is_some())
                || tree
                    .find(item, "parallel")
                    .is_some_and(|block| is_block(tree, block))
        })
    };
    let v1_keys = STAGE_KINDS.map(|kind| if kind == "parallel" { "steps" } else { kind });
    if any(&V0_ITEM_KEYS, Tree::is_sequence) {
        Some(YamlVersion::V0)
    } else if any(&v1_keys, Tree::is_mapping) {
        Some(YamlVersion::V1)
    } else {
        None
    }
}

/// Whether the document carries `version: 1`, as a number or a text.
fn says_1(tree: &Tree, root: yaml::NodeId) -> bool {
    tree.find(root, "version")
        .and_then(|version| tree.text(version))
        == Some("1")
}
