//! What stands behind a step.

use pipewright_model::catalogue::{Shape, is_stage_outcome, plugin_outputs};
use pipewright_model::{NodeId, NodeKind, Pipeline};
use pipewright_yaml::Tree;

use super::node::has_stage_setting;
use super::{File, Part, SettingPosition, missing_below, shape_at, stage_type, step_type};
use crate::List;
use crate::declared::{self, APPROVER_INPUTS, DeclaredNames, OUTPUT_VARIABLES};
use crate::scope::runs_as_group;

/// Where the result of policies stands that are enforced on a step.
const POLICY_OUTPUT: &str = "policyOutput";

/// Where the parts behind a step lead to a name that surely does not exist, and in which list. `is_relative` says that
/// the path starts with the first of them.
pub(super) fn missing(
    file: File<'_>,
    declared: &DeclaredNames,
    node: NodeId,
    parts: &[Part<'_>],
    is_relative: bool,
) -> Option<(usize, List)> {
    let first = parts.first()?.key()?;
    if first == "spec" {
        if is_relative && is_of_stage(file, node, parts) {
            return None;
        }
        let depth = SettingPosition::settings(file, node).missing(&parts[1..])?;
        return Some((depth + 1, List::Settings(node)));
    }
    let depth = missing_output(file, declared, node, parts)?;
    Some((depth, List::Outputs(node)))
}

/// Whether `spec`, written without the step, may be that of the stage: the engine goes on to it where the step's own
/// has no such name.
fn is_of_stage(file: File<'_>, node: NodeId, parts: &[Part<'_>]) -> bool {
    let Some(name) = parts.get(1).and_then(|part| part.key()) else {
        return false;
    };
    let stage = file.pipeline.enclosing(node, NodeKind::Stage);
    stage.is_none_or(|stage| has_stage_setting(file, stage, name))
}

fn missing_output(
    file: File<'_>,
    declared: &DeclaredNames,
    node: NodeId,
    parts: &[Part<'_>],
) -> Option<usize> {
    let first = parts.first()?.key()?;
    let step = file.pipeline.node(node);
    let known = step_type(file, node)?;
    if first == POLICY_OUTPUT {
        return (!is_enforced(file, node)).then_some(0);
    }
    if !known.outputs_status().is_complete() {
        return None;
    }
    if let Some(name) = below(parts, OUTPUT_VARIABLES) {
        if declared.may_mean(file.tree, step.yaml, name)? {
            return None;
        }
        if declared::is_exact(known) {
            return Some(OUTPUT_VARIABLES.len());
        }
    }
    if let Some(name) = below(parts, APPROVER_INPUTS)
        && let Some(declared) = declared::approver_inputs(file.tree, known, step.yaml)
    {
        let is_declared = declared.contains(&name);
        return (!is_declared).then_some(APPROVER_INPUTS.len());
    }
    let depth = missing_below(known.offered(), parts)?;
    let is_known = depth == 0
        && (file.tree.find(step.yaml, first).is_some()
            || is_stage_outcome(first)
            || runs_as_group(known.name()));
    (!is_known && !is_published_around(file, node, parts)).then_some(depth)
}

/// The output variables that a step declares, where they are all that it publishes and `name` is surely none of them.
pub fn outputs_without<'t>(
    tree: &'t Tree,
    pipeline: &'t Pipeline,
    node: NodeId,
    name: &str,
) -> Option<Vec<&'t str>> {
    let file = File { tree, pipeline };
    let step = pipeline.node(node);
    let known = step_type(file, node)?;
    let is_open = tree.recovered() || step.template.is_some() || !declared::is_exact(known);
    if is_open || !known.outputs_status().is_complete() {
        return None;
    }
    let may_be_declared = DeclaredNames::default().may_mean(tree, step.yaml, name)?;
    if may_be_declared {
        return None;
    }
    declared::names(tree, step.yaml)
}

/// What the parts name directly below these keys.
fn below<'a>(parts: &[Part<'a>], keys: [&str; 2]) -> Option<&'a str> {
    let (around, rest) = parts.split_at_checked(keys.len())?;
    let is_below = around
        .iter()
        .zip(keys)
        .all(|(part, name)| part.key() == Some(name));
    is_below.then(|| rest.first()?.key())?
}

/// Whether the parts name what a plugin writes when the step runs, and its documentation does not.
pub(super) fn is_of_plugin(file: File<'_>, node: NodeId, parts: &[Part<'_>]) -> bool {
    if is_documented(file, node, parts) {
        return false;
    }
    let keys: Option<Vec<&str>> = parts.iter().map(|part| part.key()).collect();
    let path = keys.map(|keys| keys.join("."));
    let known = step_type(file, node).zip(path);
    known.is_some_and(|(known, path)| declared::is_of_plugin(known, &path))
}

/// Whether the parts name an output that the documentation of the step's plugin has.
fn is_documented(file: File<'_>, node: NodeId, parts: &[Part<'_>]) -> bool {
    let image = || {
        let spec = file.tree.find(file.pipeline.node(node).yaml, "spec")?;
        file.tree.text(file.tree.find(spec, "image")?)
    };
    let named = below(parts, OUTPUT_VARIABLES).zip(image());
    named.is_some_and(|(name, image)| plugin_outputs(image).contains(&name))
}

/// Whether the stage around a step publishes what the parts name: outcomes of a stage are visible through everything
/// inside it.
fn is_published_around(file: File<'_>, node: NodeId, parts: &[Part<'_>]) -> bool {
    let stage = file.pipeline.enclosing(node, NodeKind::Stage);
    let published = stage
        .and_then(|stage| stage_type(file, stage))
        .map(|stage| stage.published());
    let first = parts.first().and_then(|part| part.key());
    let is_known = |name| published.is_some_and(|published| published.member(name).is_some());
    first.is_some_and(is_known)
        && published.is_some_and(|published| missing_below(published, parts).is_none())
}

/// The names behind a step at that place: its declared output variables, else what its type offers there.
pub(super) fn offered<'a>(file: File<'a>, node: NodeId, around: &[Part<'_>]) -> Vec<&'a str> {
    let Some(known) = step_type(file, node) else {
        return Vec::new();
    };
    let keys: Option<Vec<&str>> = around.iter().map(|part| part.key()).collect();
    let step = file.pipeline.node(node);
    if keys.as_deref() == Some(&OUTPUT_VARIABLES) && declared::is_exact(known) {
        return declared::names(file.tree, step.yaml).unwrap_or_default();
    }
    if keys.as_deref() == Some(&APPROVER_INPUTS) {
        return declared::approver_inputs(file.tree, known, step.yaml).unwrap_or_default();
    }
    let shape = shape_at(known.offered(), around);
    let names = shape.into_iter().flat_map(Shape::names);
    names
        .filter(|name| *name != POLICY_OUTPUT || is_enforced(file, node))
        .collect()
}

/// Whether policies are enforced on a step, which then has their result.
fn is_enforced(file: File<'_>, node: NodeId) -> bool {
    let step = file.pipeline.node(node);
    file.tree.find(step.yaml, "enforce").is_some()
}
