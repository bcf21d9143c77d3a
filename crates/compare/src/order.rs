//! Nodes that run before, after or beside others than they did.

use std::collections::BTreeMap;

use pipewright_model::{Item, NodeId};

use crate::mapping::Mapping;

/// How many nodes of one list are held against each other.
const MAX_NODES: usize = 400;

/// A node that stands elsewhere among those of its list.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct OrderDifference {
    /// The fully qualified name of the node after.
    pub fqn: String,
    /// The fully qualified name after of a node of the same list.
    pub other: String,
    /// How the two stood.
    pub before: Standing,
    /// How the two stand.
    pub after: Standing,
}

/// How a node stands to another one of its list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It comes before the other.
    Before,
    /// It comes after the other.
    After,
    /// Both are members of one parallel block.
    Beside,
}

impl Standing {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
            Self::Beside => "beside",
        }
    }
}

/// The nodes that stand elsewhere: as few as explain all pairs that do.
pub(crate) fn differences(mapping: &Mapping<'_>) -> Vec<OrderDifference> {
    let mut found = Vec::new();
    for (base, head) in mapping.nodes.pairs() {
        let sections = &mapping.base.pipeline.node(base).sections;
        let head_sections = &mapping.head.pipeline.node(head).sections;
        for section in sections {
            let other = head_sections
                .iter()
                .find(|other| other.kind == section.kind);
            let Some(other) = other else { continue };
            let before = rows(&section.items, |node| mapping.nodes.head_of(node));
            let after = rows(&other.items, Some);
            of_list(mapping, &before, &after, &mut found);
        }
    }
    found
}

/// Where a node stands in its list.
#[derive(Clone, Copy, Debug)]
struct Row {
    /// Members of a parallel block share one.
    number: usize,
    /// Whether it is a member of a parallel block.
    is_member: bool,
}

type Rows = BTreeMap<NodeId, Row>;

/// The row of each node of a list, by the node after.
fn rows(items: &[Item], after: impl Fn(NodeId) -> Option<NodeId>) -> Rows {
    let mut rows = Rows::new();
    add_rows(items, &after, &mut 0, &mut rows);
    rows
}

/// Blocks nest at most as deep as the reader follows them.
fn add_rows(
    items: &[Item],
    after: &impl Fn(NodeId) -> Option<NodeId>,
    number: &mut usize,
    rows: &mut Rows,
) {
    for item in items {
        *number += 1;
        match item {
            Item::Node(node) => add_row(*node, after, (*number, false), rows),
            Item::Parallel { items, .. } => {
                for member in items {
                    match member {
                        Item::Node(node) => add_row(*node, after, (*number, true), rows),
                        Item::Parallel { items, .. }
                        | Item::Insert { items, .. }
                        | Item::StageGroup { items, .. } => {
                            add_rows(items, after, &mut number.clone(), rows);
                        }
                    }
                }
            }
            Item::Insert { items, .. } | Item::StageGroup { items, .. } => {
                add_rows(items, after, number, rows);
            }
        }
    }
}

fn add_row(
    node: NodeId,
    after: impl Fn(NodeId) -> Option<NodeId>,
    (number, is_member): (usize, bool),
    rows: &mut Rows,
) {
    let row = Row { number, is_member };
    rows.extend(after(node).map(|node| (node, row)));
}

fn of_list(mapping: &Mapping<'_>, before: &Rows, after: &Rows, found: &mut Vec<OrderDifference>) {
    let common: Vec<NodeId> = before
        .keys()
        .filter(|node| after.contains_key(node))
        .copied()
        .take(MAX_NODES)
        .collect();
    let standing =
        |rows: &Rows, one: NodeId, other: NodeId| match rows[&one].number.cmp(&rows[&other].number)
        {
            std::cmp::Ordering::Less => Standing::Before,
            std::cmp::Ordering::Equal => Standing::Beside,
            std::cmp::Ordering::Greater => Standing::After,
        };
    let mut changed: Vec<(NodeId, NodeId)> = Vec::new();
    for (at, one) in common.iter().enumerate() {
        for other in &common[at + 1..] {
            if standing(before, *one, *other) != standing(after, *one, *other) {
                changed.push((*one, *other));
            }
        }
    }
    while !changed.is_empty() {
        let mut counts: BTreeMap<NodeId, usize> = BTreeMap::new();
        for (one, other) in &changed {
            *counts.entry(*one).or_default() += 1;
            *counts.entry(*other).or_default() += 1;
        }
        // Of two that explain as much, the one that has entered or left a parallel block is the one that has moved.
        let most = counts.iter().max_by_key(|(node, count)| {
            let has_moved = before[*node].is_member != after[*node].is_member;
            (**count, has_moved, std::cmp::Reverse(**node))
        });
        let Some((node, _)) = most else { break };
        let node = *node;
        let pair = changed
            .iter()
            .find(|(one, other)| *one == node || *other == node);
        let Some((one, other)) = pair.copied() else {
            break;
        };
        let other = if one == node { other } else { one };
        found.push(OrderDifference {
            fqn: mapping.head.fqn(node),
            other: mapping.head.fqn(other),
            before: standing(before, node, other),
            after: standing(after, node, other),
        });
        changed.retain(|(one, other)| *one != node && *other != node);
    }
}
