//! Keys that a mapping has twice. The server refuses such a file.

use std::collections::HashMap;

use crate::merge::is_merge_key;
use crate::{Entry, Node, NodeId, NodeKind, Problem, ProblemKind};

/// So many keys are quicker compared with each other than hashed.
const FEW: usize = 16;

/// Reports every key that came before in the same mapping, compared by decoded text.
pub(crate) fn find(nodes: &[Node], entries: &[Entry], problems: &mut Vec<Problem>) {
    let mut first = HashMap::with_hasher(foldhash::fast::RandomState::default());
    for (place, entry) in entries.iter().enumerate() {
        let node = &nodes[entry.key.0 as usize];
        let Some(key) = text(nodes, entry.key) else {
            continue;
        };
        let range = if entries.len() <= FEW {
            let is_same = |other: &&Entry| text(nodes, other.key) == Some(key);
            let before = entries[..place].iter().find(is_same);
            before.map_or(node.range, |before| nodes[before.key.0 as usize].range)
        } else {
            *first.entry(key).or_insert(node.range)
        };
        if range != node.range {
            problems.push(Problem {
                range: node.range,
                kind: ProblemKind::DuplicateKey(range),
                message: format!("the key `{key}` is there twice in this mapping"),
            });
        }
    }
}

/// The decoded text of a key that is no merge key.
fn text(nodes: &[Node], key: NodeId) -> Option<&str> {
    match &nodes[key.0 as usize].kind {
        NodeKind::Scalar(scalar) if !is_merge_key(nodes, key) => Some(&scalar.value),
        _ => None,
    }
}
