//! The nodes that a step sees from a node, in the order of its axis: backwards for those that look back.

use std::iter::{empty, successors};

use crate::xml::document::{Document, NodeId, NodeKind};
use crate::xml::path::{Axis, Test};

type Nodes<'d> = Box<dyn Iterator<Item = NodeId> + 'd>;

impl Document {
    /// The nodes of `axis` from `from`.
    pub(super) fn axis(&self, axis: Axis, from: NodeId) -> Nodes<'_> {
        let up = move |start| successors(start, |node| self.parent(*node));
        match axis {
            Axis::Itself => Box::new(std::iter::once(from)),
            Axis::Parent => Box::new(self.parent(from).into_iter()),
            Axis::Ancestor => Box::new(up(self.parent(from))),
            Axis::AncestorOrSelf => Box::new(up(Some(from))),
            Axis::Child => Box::new(successors(self.first_child(from), |node| {
                self.next_sibling(*node)
            })),
            Axis::FollowingSibling => Box::new(successors(self.next_sibling(from), |node| {
                self.next_sibling(*node)
            })),
            Axis::PrecedingSibling => Box::new(successors(self.previous_sibling(from), |node| {
                self.previous_sibling(*node)
            })),
            Axis::Attribute => {
                let count = self.attribute_count(from);
                Box::new((1..=count).map(move |attribute| NodeId {
                    node: from.node,
                    attribute,
                }))
            }
            Axis::DescendantOrSelf if from.is_attribute() => Box::new(std::iter::once(from)),
            Axis::Descendant if from.is_attribute() => Box::new(empty()),
            Axis::DescendantOrSelf => Box::new((from.node..self.end(from)).map(NodeId::of)),
            Axis::Descendant => Box::new((from.node + 1..self.end(from)).map(NodeId::of)),
            Axis::Following => Box::new((self.end(from)..self.count()).map(NodeId::of)),
            Axis::Preceding => {
                // What ends behind the node stands around it.
                let before = (0..from.node).rev().map(NodeId::of);
                Box::new(before.filter(move |node| self.end(*node) <= from.node))
            }
        }
    }

    /// The test of a step, with its name looked up once.
    pub(super) fn prepared<'t>(&self, axis: Axis, test: &'t Test) -> NodeTest<'t> {
        let principal = if axis == Axis::Attribute {
            NodeKind::Attribute
        } else {
            NodeKind::Element
        };
        let name = match test {
            Test::Name(name) => self.local_index_of(name),
            Test::PlainName(name) => self.index_of(name),
            _ => None,
        };
        NodeTest {
            test,
            principal,
            name,
        }
    }
}

/// The test of a step, for one document.
pub(super) struct NodeTest<'t> {
    test: &'t Test,
    /// What `*` and names mean: attributes on their axis, else elements.
    principal: NodeKind,
    /// The place of the name among those of the document; behind its prefix, if any prefix will do.
    name: Option<u32>,
}

impl NodeTest<'_> {
    /// Whether the node is meant.
    pub(super) fn takes(&self, document: &Document, node: NodeId) -> bool {
        let kind = document.kind(node);
        match self.test {
            Test::Node => true,
            Test::Text => matches!(kind, NodeKind::Text | NodeKind::Sections),
            Test::PlainText => kind == NodeKind::Text,
            Test::Comment => kind == NodeKind::Comment,
            Test::Any => kind == self.principal,
            Test::Name(_) => {
                let local = || document.name_of(node).map(|name| name.local);
                kind == self.principal && self.name.is_some() && local() == self.name
            }
            Test::PlainName(_) => {
                kind == self.principal
                    && self.name.is_some()
                    && document.name_index(node) == self.name
            }
            Test::Nothing => false,
            Test::Instruction(target) => {
                let named = |name: &str| target.as_ref().is_none_or(|target| target == name);
                kind == NodeKind::Instruction
                    && document
                        .name_of(node)
                        .is_some_and(|name| named(&name.written))
            }
        }
    }
}
