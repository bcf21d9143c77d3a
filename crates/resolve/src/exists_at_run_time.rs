//! Which of the names in a file are parts of the objects that a run has (`spec/model.md` §2.1, §3.2, §4).
//!
//! The name of a list's element goes by its identifier, but a run holds most lists as lists: nothing in them is found
//! by a name. Only lists of names and values become maps.

use pipewright_model::{NodeKind, Pipeline};
use pipewright_yaml::{self as yaml, Tree};

use crate::{Name, NameKind};

/// The keys of a pipeline that are no part of what a run holds of it.
const OUTSIDE_THE_RUN: [&str; 1] = ["notificationRules"];

/// The part of a stage that a run holds as nodes down to the elements of its lists (`spec/model.md` §3.1).
const KEPT_AS_NODES: [&str; 2] = ["spec", "serviceConfig"];

/// Whether a run has something at the name: it goes through no list whose elements have no names there.
pub(crate) fn exists_at_run_time(tree: &Tree, pipeline: &Pipeline, name: &Name) -> bool {
    let node = pipeline.node(name.node);
    let parts: Vec<&str> = name.parts.iter().map(|part| &**part).collect();
    let Some(first) = parts.first() else {
        return true;
    };
    let is_setting = name.kind == NameKind::Setting;
    match node.kind {
        _ if !is_setting => true,
        NodeKind::Pipeline if OUTSIDE_THE_RUN.contains(first) => false,
        NodeKind::Stage if parts.starts_with(&KEPT_AS_NODES) => true,
        _ => is_below(tree, node.yaml, &parts),
    }
}

/// Whether `parts` lead to something below a value without the name of a list's element that has none in a run.
fn is_below(tree: &Tree, value: yaml::NodeId, parts: &[&str]) -> bool {
    let mut value = value;
    for (at, part) in parts.iter().enumerate() {
        if tree.is_sequence(value) {
            return at + 1 == parts.len() && is_map_in_a_run(tree, value);
        }
        match tree.find(value, part) {
            Some(below) => value = below,
            // A wrapper that is no part of the name.
            None => return true,
        }
    }
    true
}

/// Whether every element of a list is a name with plain values.
fn is_map_in_a_run(tree: &Tree, list: yaml::NodeId) -> bool {
    tree.items(list).iter().all(|item| {
        let has = |key| tree.find(*item, key).is_some();
        let is_plain = |entry: &yaml::Entry| tree.scalar(entry.value).is_some();
        let is_named = (has("name") || has("key")) && !has("identifier");
        is_named && tree.entries(*item).iter().all(is_plain)
    })
}
