//! The names that a pipeline of v1 gives (`spec/v1.md` §8): of nodes whose identifiers are all written, for the others'
//! are made up by the engine.

use pipewright_model::v1::TEMPLATE_KINDS;
use pipewright_model::{Node, NodeId, NodeKind, Pipeline, may_hold_expression};
use pipewright_yaml::{self as yaml, NodeKind as YamlKind, Tree};

use super::{Listing, NameKind};
use crate::declared::OUTPUT_VARIABLES;

/// The kinds of step whose settings are those of the file.
const KINDS_WITH_SETTINGS: [&str; 8] = [
    "run",
    "background",
    "run-test",
    "wait",
    "barrier",
    "queue",
    "approval",
    "policy",
];

/// How deep settings are followed.
const MAX_DEPTH: usize = 64;

/// Adds every name that stands in the file.
pub(super) fn collect(tree: &Tree, listing: &mut Listing<'_>) {
    let pipeline = listing.pipeline;
    for id in pipeline.ids().filter(|&id| has_written_ids(pipeline, id)) {
        let node = pipeline.node(id);
        if id != Pipeline::ROOT {
            let named_by = node.identifier.as_ref().map(|identifier| identifier.span);
            listing.add(id, &[], NameKind::Setting, named_by);
        }
        if let Some(name) = &node.name {
            listing.add(id, &["name"], NameKind::Setting, Some(name.span));
        }
        for variable in &node.variables {
            let list = if variable.is_input {
                "inputs"
            } else {
                "variables"
            };
            let value = variable
                .value
                .map_or(variable.name.span, |value| tree.span(value));
            listing.add(
                id,
                &[list, &variable.name.text],
                NameKind::Variable,
                Some(value),
            );
        }
        if node.kind == NodeKind::Step {
            step(tree, listing, id, node);
        }
    }
}

/// Whether the identifiers of a node and of all stages and groups around it are written.
pub(super) fn has_written_ids(pipeline: &Pipeline, node: NodeId) -> bool {
    let mut outward = pipeline.self_and_ancestors(node);
    outward.all(|node| {
        let identifier = pipeline.node(node).identifier.as_ref();
        node == Pipeline::ROOT || identifier.is_some_and(|text| !may_hold_expression(&text.text))
    })
}

fn step(tree: &Tree, listing: &mut Listing<'_>, id: NodeId, node: &Node) {
    let kind = node.type_text();
    if TEMPLATE_KINDS.contains(&kind) || !KINDS_WITH_SETTINGS.contains(&kind) {
        return;
    }
    let Some(settings) = tree.find(node.yaml, kind) else {
        return;
    };
    if tree.scalar(settings).is_some() && kind == "run" {
        listing.add(
            id,
            &["spec", "script"],
            NameKind::Setting,
            Some(tree.span(settings)),
        );
    }
    for entry in tree.entries(settings) {
        if let Some(key) = tree.text(entry.key) {
            leaves(
                tree,
                listing,
                id,
                &mut vec!["spec".to_owned(), key.to_owned()],
                entry.value,
            );
        }
    }
    for (named, _) in published_outputs(tree, node) {
        let name = tree.text(named).unwrap_or_default();
        let parts: Vec<&str> = OUTPUT_VARIABLES.into_iter().chain([name]).collect();
        listing.add(id, &parts, NameKind::Output, Some(tree.span(named)));
    }
}

/// Adds each value without further members: of mappings by their keys, of lists of mappings by number.
fn leaves(
    tree: &Tree,
    listing: &mut Listing<'_>,
    id: NodeId,
    parts: &mut Vec<String>,
    value: yaml::NodeId,
) {
    let add = |listing: &mut Listing<'_>, parts: &[String]| {
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        listing.add(id, &parts, NameKind::Setting, Some(tree.span(value)));
    };
    if parts.len() > MAX_DEPTH || listing.is_full() {
        return;
    }
    match &tree.get(value).kind {
        YamlKind::Mapping(entries) if !entries.is_empty() => {
            for entry in entries {
                parts.push(tree.text(entry.key).unwrap_or_default().to_owned());
                leaves(tree, listing, id, parts, entry.value);
                parts.pop();
            }
        }
        YamlKind::Sequence(items) if items.iter().any(|item| tree.scalar(*item).is_none()) => {
            let Some(list) = parts.pop() else {
                return;
            };
            for (index, item) in items.iter().enumerate() {
                parts.push(format!("{list}[{index}]"));
                leaves(tree, listing, id, parts, *item);
                parts.pop();
            }
            parts.push(list);
        }
        _ => add(listing, parts),
    }
}

/// The outputs that a step of v1 declares: the scalar that names each as it is published, and its element.
pub fn published_outputs(tree: &Tree, step: &Node) -> Vec<(yaml::NodeId, yaml::NodeId)> {
    let kind = step.type_text();
    let settings = KINDS_WITH_SETTINGS
        .contains(&kind)
        .then(|| tree.find(step.yaml, kind))
        .flatten();
    let list = settings.and_then(|settings| tree.find(settings, "output"));
    let items = list.map_or(&[][..], |list| tree.items(list)).iter();
    let named = items.filter_map(|&item| {
        let published = ["alias", "name"]
            .iter()
            .find_map(|key| tree.find(item, key))
            .unwrap_or(item);
        let name = tree.text(published)?;
        let is_name = !name.is_empty() && !may_hold_expression(name);
        is_name.then_some((published, item))
    });
    named.collect()
}
