//! Merge keys: `<<: *base` and `<<: [*one, *two]`.

use std::collections::HashSet;

use crate::{Entry, Node, NodeId, NodeKind, ScalarStyle};

/// Replaces every `<<` whose value is a mapping or a list of mappings by the entries of those mappings, behind the
/// mapping's own. Own keys win, then the mapping named first. Every other `<<` stays an ordinary key.
///
/// This costs no more than the aliases under `<<` have already paid for.
pub(crate) fn apply(nodes: &[Node], own: Vec<Entry>) -> Vec<Entry> {
    if !own.iter().any(|entry| is_merge_key(nodes, entry.key)) {
        return own;
    }
    let mut sources = Vec::new();
    let mut merged = Vec::with_capacity(own.len());
    for entry in own {
        match mappings(nodes, entry) {
            Some(found) => sources.extend(found),
            None => merged.push(entry),
        }
    }
    let mut seen: HashSet<&str> = merged
        .iter()
        .filter_map(|entry| text(nodes, entry.key))
        .collect();
    for entry in sources.into_iter().flatten() {
        if text(nodes, entry.key).is_none_or(|key| seen.insert(key)) {
            merged.push(*entry);
        }
    }
    merged
}

/// Whether a key is an unquoted `<<`.
pub(crate) fn is_merge_key(nodes: &[Node], key: NodeId) -> bool {
    match &nodes[key.0 as usize].kind {
        NodeKind::Scalar(scalar) => scalar.style == ScalarStyle::Plain && &*scalar.value == "<<",
        _ => false,
    }
}

/// The mappings under a merge key; `None` for other keys and where anything under it is no mapping.
fn mappings(nodes: &[Node], entry: Entry) -> Option<Vec<&[Entry]>> {
    if !is_merge_key(nodes, entry.key) {
        return None;
    }
    match &followed(nodes, entry.value).kind {
        NodeKind::Mapping(entries) => Some(vec![entries]),
        NodeKind::Sequence(items) => items
            .iter()
            .map(|item| match &followed(nodes, *item).kind {
                NodeKind::Mapping(entries) => Some(entries.as_slice()),
                _ => None,
            })
            .collect(),
        _ => None,
    }
}

fn followed(nodes: &[Node], id: NodeId) -> &Node {
    let node = &nodes[id.0 as usize];
    match node.kind {
        NodeKind::Alias(target) => &nodes[target.0 as usize],
        _ => node,
    }
}

fn text(nodes: &[Node], id: NodeId) -> Option<&str> {
    match &followed(nodes, id).kind {
        NodeKind::Scalar(scalar) => Some(&scalar.value),
        _ => None,
    }
}
