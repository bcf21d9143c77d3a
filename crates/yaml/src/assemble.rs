//! Puts nodes together to collections as they are read, without recursion.

use pipewright_source::{OffsetMap, TextRange};

use crate::expansion::Cost;
use crate::{Entry, Node, NodeId, NodeKind, Problem, Scalar, ScalarStyle};
use crate::{duplicates, merge};

/// The nodes so far, and the collections whose end has not come yet.
#[derive(Debug, Default)]
pub(crate) struct Assembly {
    pub(crate) nodes: Vec<Node>,
    pub(crate) roots: Vec<NodeId>,
    pub(crate) problems: Vec<Problem>,
    open: Vec<Open>,
    /// The children of all open collections, the innermost's last; of a mapping keys and values in turn.
    children: Vec<NodeId>,
}

/// A collection whose end has not come yet.
#[derive(Debug)]
struct Open {
    id: NodeId,
    is_mapping: bool,
    /// Where its children begin.
    first: usize,
    cost: Cost,
}

impl Assembly {
    /// How many collections are open.
    pub(crate) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether the innermost collection is a mapping; `None` where none is open.
    pub(crate) fn is_mapping(&self) -> Option<bool> {
        self.open.last().map(|open| open.is_mapping)
    }

    /// Whether a value comes next: a mapping is open, and its last key has none.
    pub(crate) fn is_value_next(&self) -> bool {
        self.open
            .last()
            .is_some_and(|open| open.is_mapping && (self.children.len() - open.first) % 2 == 1)
    }

    /// Adds a node that is no collection, with what a walk over it costs.
    pub(crate) fn leaf(&mut self, node: Node, cost: Cost) -> NodeId {
        let id = self.push(node);
        self.place(id, cost);
        id
    }

    /// Begins a collection. Its range grows with its children.
    pub(crate) fn start(
        &mut self,
        is_mapping: bool,
        range: TextRange,
        tag: Option<Box<str>>,
    ) -> NodeId {
        let kind = if is_mapping {
            NodeKind::Mapping(Vec::new())
        } else {
            NodeKind::Sequence(Vec::new())
        };
        let id = self.push(Node { range, tag, kind });
        self.open.push(Open {
            id,
            is_mapping,
            first: self.children.len(),
            cost: Cost::COLLECTION,
        });
        id
    }

    /// Ends the innermost collection at a bracket, if there is one; gives what a walk over it costs. A key whose value
    /// was not reached has an absent value.
    pub(crate) fn end(&mut self, bracket: Option<TextRange>) -> Option<(NodeId, Cost)> {
        if self.is_value_next() {
            let key = *self.children.last()?;
            let at = self.nodes[key.0 as usize].range.end();
            let absent = self.push(absent(at));
            self.children.push(absent);
        }
        let open = self.open.pop()?;
        let children = self.children.drain(open.first..);
        let kind = if open.is_mapping {
            let children: Vec<NodeId> = children.collect();
            let entries = children.chunks_exact(2);
            let entries = entries.map(|pair| Entry {
                key: pair[0],
                value: pair[1],
            });
            let entries: Vec<Entry> = entries.collect();
            duplicates::find(&self.nodes, &entries, &mut self.problems);
            NodeKind::Mapping(merge::apply(&self.nodes, entries))
        } else {
            NodeKind::Sequence(children.collect())
        };
        let node = &mut self.nodes[open.id.0 as usize];
        node.kind = kind;
        if let Some(bracket) = bracket {
            node.range = node.range.cover(bracket);
        }
        self.place(open.id, open.cost);
        Some((open.id, open.cost))
    }

    /// Gives a finished node to the collection it stands in.
    fn place(&mut self, id: NodeId, cost: Cost) {
        let Some(parent) = self.open.last_mut() else {
            self.roots.push(id);
            return;
        };
        parent.cost.add(cost);
        self.children.push(id);
        let range = self.nodes[id.0 as usize].range;
        let parent = &mut self.nodes[parent.id.0 as usize];
        parent.range = parent.range.cover(range);
    }

    fn push(&mut self, node: Node) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).expect("MAX_NODES fits"));
        self.nodes.push(node);
        id
    }
}

/// A value that is not there, as the plain text of no bytes at `at`.
pub(crate) fn absent(at: u32) -> Node {
    Node {
        range: TextRange::empty(at),
        tag: None,
        kind: NodeKind::Scalar(Scalar {
            value: "".into(),
            style: ScalarStyle::Plain,
            map: OffsetMap::Identity(at),
        }),
    }
}
