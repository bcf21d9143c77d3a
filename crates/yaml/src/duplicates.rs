//! Keys that a mapping has twice. The server refuses such a file.

use std::collections::HashMap;

use crate::merge::is_merge_key;
use crate::{Entry, Node, NodeKind, Problem, ProblemKind};

/// Reports every key that came before in the same mapping, compared by decoded text.
pub(crate) fn find(nodes: &[Node], entries: &[Entry], problems: &mut Vec<Problem>) {
    if entries.len() < 2 {
        return;
    }
    let mut first = HashMap::with_capacity(entries.len());
    for entry in entries {
        let node = &nodes[entry.key.0 as usize];
        let NodeKind::Scalar(key) = &node.kind else {
            continue;
        };
        if is_merge_key(nodes, entry.key) {
            continue;
        }
        let range = *first.entry(&*key.value).or_insert(node.range);
        if range != node.range {
            problems.push(Problem {
                range: node.range,
                kind: ProblemKind::DuplicateKey(range),
                message: format!("the key `{}` is there twice in this mapping", key.value),
            });
        }
    }
}
