//! Trees put together from several files: parts of one file stand in the tree of another and keep their own bytes.
//!
//! Nodes are only ever added or given other children, so every [`NodeId`] a tree gave out stays what it was. Whoever
//! grafts keeps the whole within [`crate::limits`], with the help of [`Tree::extent`]: recursion over a tree relies on
//! it.

use pipewright_source::FileId;

use crate::{Entry, Node, NodeId, NodeKind, Tree};

/// How large a node is with everything below it, aliases followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Extent {
    /// Nodes, keys included.
    pub nodes: usize,
    /// Levels of collections: 0 for a scalar.
    pub height: u32,
}

impl Tree {
    /// The file a node was written in: the tree's own but for grafted nodes.
    pub fn file_of(&self, id: NodeId) -> FileId {
        let begun = self.origins.partition_point(|(first, _)| *first <= id);
        match begun.checked_sub(1) {
            Some(at) => self.origins[at].1,
            None => self.file,
        }
    }

    /// How large a node is with everything below it.
    pub fn extent(&self, id: NodeId) -> Extent {
        let mut extent = Extent {
            nodes: 1,
            height: 0,
        };
        let entries = self.entries(id).iter().flat_map(|e| [e.key, e.value]);
        for child in entries.chain(self.items(id).iter().copied()) {
            let inner = self.extent(child);
            extent.nodes += inner.nodes;
            extent.height = extent.height.max(inner.height);
        }
        match self.get(id).kind {
            NodeKind::Sequence(_) | NodeKind::Mapping(_) => extent.height += 1,
            _ => {}
        }
        extent
    }

    /// Copies a node of another tree with everything below it into this one and returns its new id. Aliases become what
    /// they stand for. The copies stand where they stood in their own file.
    pub fn graft(&mut self, from: &Self, id: NodeId) -> NodeId {
        let node = from.get(id);
        let kind = match &node.kind {
            NodeKind::Sequence(items) => {
                NodeKind::Sequence(items.iter().map(|item| self.graft(from, *item)).collect())
            }
            NodeKind::Mapping(entries) => {
                let copied = entries.iter().map(|entry| Entry {
                    key: self.graft(from, entry.key),
                    value: self.graft(from, entry.value),
                });
                NodeKind::Mapping(copied.collect())
            }
            NodeKind::Scalar(scalar) => NodeKind::Scalar(scalar.clone()),
            // A tree has no alias to an alias.
            NodeKind::Alias(_) | NodeKind::BrokenAlias => NodeKind::BrokenAlias,
        };
        let copy = Node {
            range: node.range,
            tag: node.tag.clone(),
            kind,
        };
        self.push(copy, from.file_of(from.target(id)))
    }

    /// A new node that was written where `id` was, but holds `kind`.
    pub fn derive(&mut self, id: NodeId, kind: NodeKind) -> NodeId {
        let file = self.file_of(self.target(id));
        let node = Node {
            range: self.get(id).range,
            tag: None,
            kind,
        };
        self.push(node, file)
    }

    /// Lets a node hold something else; of an alias, the node it stands for.
    pub fn replace(&mut self, id: NodeId, kind: NodeKind) {
        let target = self.target(id);
        self.nodes[target.0 as usize].kind = kind;
    }

    /// Notes that a node stands in the place of another, which was written there.
    pub fn put_in_place_of(&mut self, id: NodeId, written: NodeId) {
        self.replaced.insert(id, written);
    }

    /// The node that was written in the place where another one stands now.
    pub fn written_in_place_of(&self, id: NodeId) -> Option<NodeId> {
        self.replaced.get(&id).copied()
    }

    fn push(&mut self, node: Node, file: FileId) -> NodeId {
        let id = self.end();
        if self.origins.last().map_or(self.file, |(_, last)| *last) != file {
            self.origins.push((id, file));
        }
        self.nodes.push(node);
        id
    }

    /// The id that the next added node will have.
    pub fn end(&self) -> NodeId {
        NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use pipewright_source::{FileId, SourceFile};

    use crate::{Entry, NodeKind, Tree, parse};

    fn trees() -> (Tree, Tree) {
        (
            parse(FileId(0), "a: &x {b: 1}\nc: *x\n"),
            parse(FileId(1), "k: &y [one, two]\nl: *y\n"),
        )
    }

    #[test]
    fn grafted_nodes_keep_their_file_and_bytes() {
        let (mut tree, other) = trees();
        let old = tree.find(tree.roots()[0], "a").unwrap();
        let root = tree.graft(&other, other.roots()[0]);
        let one = tree.items(tree.find(root, "k").unwrap())[0];
        let file = SourceFile::new("other", "k: &y [one, two]\nl: *y\n");
        assert_eq!(tree.span(one).file, FileId(1));
        assert_eq!(tree.span(one).range.slice(file.text()), "one");
        assert_eq!(tree.span(old).file, FileId(0));
    }

    #[test]
    fn aliases_are_written_out() {
        let (mut tree, other) = trees();
        let root = tree.graft(&other, other.roots()[0]);
        let through_alias = tree.find(root, "l").unwrap();
        assert!(matches!(
            tree.raw(through_alias).kind,
            NodeKind::Sequence(_)
        ));
        assert_eq!(tree.extent(root), other.extent(other.roots()[0]));
    }

    #[test]
    fn replacing_an_alias_replaces_what_it_stands_for() {
        let (mut tree, _) = trees();
        let root = tree.roots()[0];
        let (a, c) = (tree.find(root, "a").unwrap(), tree.find(root, "c").unwrap());
        let entry = tree.entries(a)[0];
        let derived = tree.derive(entry.value, NodeKind::Sequence(Vec::new()));
        let entries = vec![Entry {
            key: entry.key,
            value: derived,
        }];
        tree.replace(c, NodeKind::Mapping(entries));
        assert_eq!(tree.find(a, "b"), Some(derived));
        assert_eq!(tree.span(derived), tree.span(entry.value));
    }
}
