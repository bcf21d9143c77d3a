//! A pipeline ready to be asked: its tree, nodes, names and order, with the tables that answer look-ups at once.

use std::collections::HashMap;
use std::sync::Arc;

use pipewright_model::{Item, NodeId, NodeKind, Pipeline, Section, SectionKind};
use pipewright_resolve::{ChildRun, Looping, Loops, Names, Order, POSTFIX, Suffix};
use pipewright_yaml::Tree;

use crate::children::Child;

/// A pipeline, or the content of a template, whose names can be evaluated at any of its nodes.
///
/// Input sets are merged and templates written out before (`pipewright_resolve::merge_input_sets`, `Project::expand`).
/// Cheap to clone.
#[derive(Clone, Debug)]
pub struct Scene(Arc<Contents>);

#[derive(Debug)]
pub(crate) struct Contents {
    pub(crate) tree: Tree,
    pub(crate) pipeline: Pipeline,
    pub(crate) names: Names,
    pub(crate) order: Order,
    /// The pipelines at hand that chained stages run.
    pub(crate) children: HashMap<NodeId, Child>,
    lists: HashMap<(NodeId, SectionKind), List>,
    pub(crate) loops: Loops,
}

/// One list of nodes.
#[derive(Debug, Default)]
struct List {
    /// The nodes of each identifier, in the order of the file.
    by_identifier: HashMap<Box<str>, Vec<NodeId>>,
    /// Why the list may hold more nodes than are known.
    open: Option<&'static str>,
}

/// What a look-up in a list finds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Found<'l> {
    /// A node by its identifier.
    Exact(NodeId),
    /// An instance of a looping node: a suffix followed its identifier.
    Instance(NodeId),
    /// A looping node whose identifier is followed by the suffix of no turn.
    NoInstance(NodeId),
    /// Nodes that share the identifier.
    Several(&'l [NodeId]),
    /// Nothing; why there may be something all the same.
    Nothing(Option<&'static str>),
}

/// The longest name in which a loop's suffix is looked for, in bytes; identifiers and suffixes have at most 128 characters.
const MAX_NAME: usize = 256;

impl Scene {
    /// Reads the tables off `pipeline`, which was read from `tree`.
    pub fn new(tree: Tree, pipeline: Pipeline) -> Self {
        Self::with_children(tree, pipeline, Vec::new())
    }

    /// The same with the pipelines that its chained stages run, so that their outputs have values.
    pub fn with_children(tree: Tree, pipeline: Pipeline, children: Vec<ChildRun>) -> Self {
        let children = children.into_iter();
        let children = children.map(|run| (run.stage, Child::new(run))).collect();
        let mut lists = HashMap::new();
        for id in pipeline.ids() {
            for section in &pipeline.node(id).sections {
                lists.insert((id, section.kind), List::new(&pipeline, section));
            }
        }
        Self(Arc::new(Contents {
            names: Names::new(&pipeline),
            order: Order::new(&pipeline),
            loops: Loops::new(&tree, &pipeline),
            tree,
            pipeline,
            children,
            lists,
        }))
    }

    /// The pipeline.
    pub fn pipeline(&self) -> &Pipeline {
        &self.0.pipeline
    }

    /// The tree it was read from.
    pub fn tree(&self) -> &Tree {
        &self.0.tree
    }

    /// The fully qualified names of its nodes.
    pub fn names(&self) -> &Names {
        &self.0.names
    }

    pub(crate) fn contents(&self) -> &Arc<Contents> {
        &self.0
    }
}

impl Contents {
    pub(crate) fn looping(&self, node: NodeId) -> Looping {
        self.loops.looping(node)
    }

    pub(crate) fn kind(&self, node: NodeId) -> NodeKind {
        self.pipeline.node(node).kind
    }

    /// Whether the root is a pipeline, so that everything around every node is known.
    pub(crate) fn is_whole(&self) -> bool {
        self.kind(Pipeline::ROOT) == NodeKind::Pipeline
    }

    /// The identifier of a node without the loop's postfix, which may be written behind it.
    pub(crate) fn identifier(&self, node: NodeId) -> Option<&str> {
        identifier(&self.pipeline, node)
    }

    pub(crate) fn has_list(&self, owner: NodeId, kind: SectionKind) -> bool {
        self.lists.contains_key(&(owner, kind))
    }

    /// Looks an identifier up in a list, exactly or with a loop's suffix behind it.
    pub(crate) fn find(&self, owner: NodeId, kind: SectionKind, name: &str) -> Found<'_> {
        let Some(list) = self.lists.get(&(owner, kind)) else {
            return Found::Nothing(Some("the nodes of this list are not known"));
        };
        match list.by_identifier.get(name).map(Vec::as_slice) {
            Some([node]) => Found::Exact(*node),
            Some(nodes) => Found::Several(nodes),
            None => self.find_instance(list, name),
        }
    }

    fn find_instance<'l>(&self, list: &'l List, name: &str) -> Found<'l> {
        if name.len() > MAX_NAME {
            return Found::Nothing(list.open);
        }
        let mut without_turn = None;
        // Longest identifier first: `a_b_0` is `a_b` in its first turn before it is `a` in turn `b_0`.
        for (at, _) in name.rmatch_indices('_') {
            let Some([node]) = list.by_identifier.get(&name[..at]).map(Vec::as_slice) else {
                continue;
            };
            if self.loops.suffix(*node, &name[at..]) != Suffix::NoTurn {
                return Found::Instance(*node);
            }
            if self.looping(*node) != Looping::No {
                without_turn.get_or_insert(*node);
            }
        }
        match without_turn {
            Some(node) if list.open.is_none() => Found::NoInstance(node),
            _ => Found::Nothing(list.open),
        }
    }

    /// Why a looping node is not found by its own identifier.
    pub(crate) fn only_instances(&self, node: NodeId, identifier: &str) -> String {
        let first = self
            .loops
            .turns(node)
            .and_then(|turns| turns.all().first()?.suffix.as_deref())
            .unwrap_or("_0");
        format!(
            "`{identifier}` loops: a run only knows its instances, such as `{identifier}{first}`"
        )
    }

    /// The identifiers of a list, in the order of the file.
    pub(crate) fn identifiers(
        &self,
        owner: NodeId,
        kind: SectionKind,
    ) -> impl Iterator<Item = &str> {
        let sections = &self.pipeline.node(owner).sections;
        sections
            .iter()
            .filter(move |section| section.kind == kind)
            .flat_map(Section::nodes)
            .filter_map(|node| self.identifier(node))
    }
}

impl List {
    fn new(pipeline: &Pipeline, section: &Section) -> Self {
        let mut list = Self::default();
        if holds_insert(&section.items) {
            list.open = Some("the list has an `insert` placeholder");
        }
        for child in section.nodes() {
            if pipeline.node(child).is_dynamic() {
                list.open = Some("a dynamic stage in the list adds what it is given in the run");
            }
            match identifier(pipeline, child) {
                Some(identifier) if identifier.contains("<+") => {
                    list.open = Some("an identifier in the list is an expression");
                }
                Some(identifier) => {
                    let same = list.by_identifier.entry(identifier.into()).or_default();
                    same.push(child);
                }
                None => list.open = Some("a node of the list has no identifier"),
            }
        }
        list
    }
}

fn identifier(pipeline: &Pipeline, node: NodeId) -> Option<&str> {
    let identifier = &pipeline.node(node).identifier.as_ref()?.text;
    Some(identifier.strip_suffix(POSTFIX).unwrap_or(identifier))
}

fn holds_insert(items: &[Item]) -> bool {
    items.iter().any(|item| match item {
        Item::Node(_) => false,
        Item::Insert { .. } => true,
        Item::Parallel { items, .. } => holds_insert(items),
    })
}
