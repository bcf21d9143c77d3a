//! Every scalar that may hold an expression, with the node that reads it.

use std::sync::Arc;

use foldhash::{HashMap, HashSet};
use pipewright_yaml::{self as yaml, NodeKind as YamlKind, Tree};

use super::fields;
use crate::{DocumentKind, LooseScalar, Moment, Node, NodeId, PathSegment, Site, SiteKind};

/// The sites of all nodes in the order of the file; what `classifies` gives for a node says what a scalar below its
/// mapping is for and when it is read. Keys are no sites.
pub(super) fn of_nodes<'n, C>(
    tree: &Tree,
    nodes: &'n [Node],
    classifies: impl Fn(&'n Node) -> C,
) -> Vec<Site>
where
    C: Fn(yaml::NodeId, &[PathSegment]) -> (SiteKind, Moment),
{
    let bodies: HashSet<yaml::NodeId> = nodes.iter().map(|node| node.yaml).collect();
    let mut sites = Vec::new();
    let mut walk = Walk::new(tree, &bodies);
    for (node, id) in nodes.iter().zip((0..).map(NodeId)) {
        let classify = classifies(node);
        walk.children(node.yaml, &mut |scalar, path| {
            let (kind, moment) = classify(scalar, path);
            sites.push(Site {
                node: id,
                yaml: scalar,
                path: path.to_vec(),
                kind,
                moment,
            });
        });
    }
    sites.sort_by_key(|site| {
        let span = tree.span(site.yaml);
        (span.file, span.range.start())
    });
    sites
}

/// The scalars of a document that are no site of a node.
pub(super) fn loose(tree: &Tree, root: yaml::NodeId, kind: &DocumentKind) -> Vec<LooseScalar> {
    let read = match kind {
        DocumentKind::Pipeline(_) => fields::mapping(tree, root, "pipeline"),
        DocumentKind::Template(template) => template
            .content
            .as_ref()
            .map(|content| content.nodes[0].yaml),
        DocumentKind::InputSet(set) | DocumentKind::OverlayInputSet(set) => set.pipeline,
    };
    let bodies = read.into_iter().collect();
    let mut scalars = Vec::new();
    Walk::new(tree, &bodies).children(root, &mut |scalar, path| {
        scalars.push(LooseScalar {
            yaml: scalar,
            path: path.to_vec(),
        });
    });
    scalars
}

/// A walk over the scalars below a mapping that stops at the mappings of other nodes. Recursion is bounded by the
/// tree's own depth.
struct Walk<'a> {
    tree: &'a Tree,
    bodies: &'a HashSet<yaml::NodeId>,
    path: Vec<PathSegment>,
    /// The keys so far: a file has few that are different.
    keys: HashMap<&'a str, Arc<str>>,
}

impl<'a> Walk<'a> {
    fn new(tree: &'a Tree, bodies: &'a HashSet<yaml::NodeId>) -> Self {
        Self {
            tree,
            bodies,
            path: Vec::new(),
            keys: HashMap::default(),
        }
    }

    fn node(&mut self, id: yaml::NodeId, visit: &mut impl FnMut(yaml::NodeId, &[PathSegment])) {
        match self.tree.get(id).kind {
            YamlKind::Scalar(_) => visit(id, &self.path),
            _ if !self.bodies.contains(&id) => self.children(id, visit),
            _ => {}
        }
    }

    fn children(&mut self, id: yaml::NodeId, visit: &mut impl FnMut(yaml::NodeId, &[PathSegment])) {
        let tree = self.tree;
        for entry in tree.entries(id) {
            let key = tree.text(entry.key).unwrap_or_default();
            let key = self.keys.entry(key).or_insert_with(|| key.into());
            self.path.push(PathSegment::Key(Arc::clone(key)));
            self.node(entry.value, visit);
            self.path.pop();
        }
        for (index, &item) in (0..).zip(tree.items(id)) {
            self.path.push(PathSegment::Index(index));
            self.node(item, visit);
            self.path.pop();
        }
    }
}
