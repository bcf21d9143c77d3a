//! The lists of stages, groups and steps in a pipeline, and which node an identifier in one of them names.

use foldhash::HashMap;
use pipewright_model::{Item, Node, NodeId, Pipeline, Section, SectionKind, YamlVersion};
use pipewright_yaml::{self as yaml, Tree};

use crate::UnknownReason;
use crate::looping::{Looping, Loops, Suffix, plain};

/// The lists of one pipeline by their owner and kind.
#[derive(Clone, Debug)]
pub struct Lists(HashMap<(NodeId, SectionKind), List>);

/// One list of nodes.
#[derive(Clone, Debug, Default)]
struct List {
    /// The nodes of each identifier, in the order of the file.
    by_identifier: HashMap<Box<str>, Vec<NodeId>>,
    /// Why the list may hold more nodes than are known.
    open: Option<UnknownReason>,
    /// The identifiers of groups of stages, below which it is not known what paths find.
    stage_groups: Vec<Box<str>>,
}

/// What a look-up in a list finds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found<'l> {
    /// A node.
    Node {
        /// The node.
        node: NodeId,
        /// Whether a loop's suffix followed its identifier.
        suffixed: bool,
    },
    /// Nodes that share the identifier, in the order of the file.
    Several(&'l [NodeId]),
    /// A looping node whose identifier is followed by the suffix of no iteration.
    NoInstance(NodeId),
    /// Nothing, and why there may be something all the same.
    Nothing(Option<UnknownReason>),
}

/// The longest name in which a loop's suffix is looked for, in bytes. Identifiers are at most 128 characters long, and
/// so are suffixes.
const MAX_NAME: usize = 256;

impl Lists {
    /// Reads the lists off `pipeline`, which was read from `tree`.
    pub fn new(tree: &Tree, pipeline: &Pipeline) -> Self {
        let mut lists = HashMap::default();
        for (id, node) in pipeline.ids().zip(&pipeline.nodes) {
            for section in &node.sections {
                let mut list = List::new(pipeline, section);
                let mut keys = section.path.iter();
                let written = keys.try_fold(node.yaml, |inner, key| tree.find(inner, key));
                let is_v0 = pipeline.version == YamlVersion::V0;
                let holds_unread = match written {
                    Some(written) if is_v0 => holds_unread(tree, written, true),
                    _ => section.holds_unread,
                };
                if holds_unread {
                    list.open = Some(UnknownReason::Incomplete);
                }
                lists.insert((id, section.kind), list);
            }
        }
        Self(lists)
    }

    /// Whether a node has that list, with something in it.
    pub fn has(&self, owner: NodeId, kind: SectionKind) -> bool {
        self.0.contains_key(&(owner, kind))
    }

    /// Whether every list holds the nodes that are known, and no others.
    pub(crate) fn are_complete(&self) -> bool {
        self.0.values().all(|list| list.open.is_none())
    }

    /// Looks an identifier up in a list of `pipeline`, exactly or with the suffix of one of its `loops` behind it.
    pub fn find(
        &self,
        pipeline: &Pipeline,
        loops: &Loops,
        (owner, kind): (NodeId, SectionKind),
        name: &str,
    ) -> Found<'_> {
        let Some(list) = self.0.get(&(owner, kind)) else {
            let owner = pipeline.node(owner);
            return Found::Nothing(if owner.template.is_some() {
                Some(UnknownReason::Template)
            } else if owner.is_chained() {
                None
            } else {
                Some(UnknownReason::Open)
            });
        };
        match list.by_identifier.get(name).map(Vec::as_slice) {
            Some([node]) => Found::Node {
                node: *node,
                suffixed: false,
            },
            Some(nodes) => Found::Several(nodes),
            None if list.stage_groups.iter().any(|group| **group == *name) => {
                Found::Nothing(Some(UnknownReason::Open))
            }
            None => list.find_suffixed(loops, name),
        }
    }

    /// The identifier in a list that `name` would be if it looped: what stands before something that looks like a
    /// suffix.
    pub(crate) fn without_suffix<'n>(
        &self,
        owner: NodeId,
        kind: SectionKind,
        name: &'n str,
    ) -> Option<&'n str> {
        let list = self.0.get(&(owner, kind))?;
        if name.len() > MAX_NAME {
            return None;
        }
        name.rmatch_indices('_')
            .map(|(at, _)| &name[..at])
            .find(|identifier| list.by_identifier.contains_key(*identifier))
    }
}

impl List {
    fn new(pipeline: &Pipeline, section: &Section) -> Self {
        let mut list = Self::default();
        let is_v1 = pipeline.version == YamlVersion::V1;
        list.note_stage_groups(&section.items);
        if holds_insert(&section.items) {
            list.open = Some(UnknownReason::Insert);
        }
        for child in section.nodes() {
            let node = pipeline.node(child);
            if node.is_dynamic() {
                list.open = Some(UnknownReason::Open);
            }
            if is_v1 && (node.template.is_some() || node.type_text() == "dynamic") {
                // What it holds may come with names of its own.
                list.open = Some(UnknownReason::Template);
            }
            match identifier(node) {
                Some(identifier) if pipeline.version.may_hold_expression(identifier) => {
                    list.open = Some(UnknownReason::Dynamic);
                }
                Some(identifier) => {
                    let same = list.by_identifier.entry(identifier.into()).or_default();
                    same.push(child);
                }
                None => list.open = Some(UnknownReason::Unnamed),
            }
        }
        list
    }

    /// Notes the groups of stages; one without an identifier may have any.
    fn note_stage_groups(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Node(_) => {}
                Item::Parallel { items, .. } | Item::Insert { items, .. } => {
                    self.note_stage_groups(items);
                }
                Item::StageGroup {
                    identifier, items, ..
                } => {
                    match identifier {
                        Some(identifier) => self.stage_groups.push(identifier.text.clone()),
                        None => self.open = Some(UnknownReason::Unnamed),
                    }
                    self.note_stage_groups(items);
                }
            }
        }
    }

    fn find_suffixed(&self, loops: &Loops, name: &str) -> Found<'_> {
        if name.len() > MAX_NAME {
            return Found::Nothing(self.open);
        }
        let mut without_iteration = None;
        // Longest identifier first: `a_b_0` is `a_b` in its first iteration before it is `a` in iteration `b_0`.
        for (at, _) in name.rmatch_indices('_') {
            let Some([node]) = self.by_identifier.get(&name[..at]).map(Vec::as_slice) else {
                continue;
            };
            if loops.suffix(*node, &name[at..]) != Suffix::NoIteration {
                return Found::Node {
                    node: *node,
                    suffixed: true,
                };
            }
            if loops.looping(*node) != Looping::No {
                without_iteration.get_or_insert(*node);
            }
        }
        match without_iteration {
            Some(node) if self.open.is_none() => Found::NoInstance(node),
            _ => Found::Nothing(self.open),
        }
    }
}

/// The identifier of a node without the loop's postfix, which may be written behind it.
pub fn identifier(node: &Node) -> Option<&str> {
    Some(plain(&node.identifier.as_ref()?.text))
}

/// The identifiers of a list, in the order of the file; see [`identifier`].
pub fn identifiers(
    pipeline: &Pipeline,
    owner: NodeId,
    kind: SectionKind,
) -> impl Iterator<Item = &str> {
    let sections = pipeline.node(owner).sections.iter();
    sections
        .filter(move |section| section.kind == kind)
        .flat_map(Section::nodes)
        .filter_map(|node| identifier(pipeline.node(node)))
}

/// Whether a list of nodes has an element without known form, so that it may stand for nodes that are not known.
/// Parallel blocks nest once.
fn holds_unread(tree: &Tree, list: yaml::NodeId, open_blocks: bool) -> bool {
    tree.items(list).iter().any(|element| {
        let wraps = ["stage", "step", "stepGroup", "insert"].iter().any(|key| {
            tree.find(*element, key)
                .is_some_and(|body| tree.is_mapping(body))
        });
        let block = tree
            .find(*element, "parallel")
            .filter(|block| tree.is_sequence(*block));
        match block {
            Some(block) => open_blocks && holds_unread(tree, block, false),
            None => !wraps,
        }
    })
}

fn holds_insert(items: &[Item]) -> bool {
    items.iter().any(|item| match item {
        Item::Node(_) => false,
        Item::Insert { .. } => true,
        Item::Parallel { items, .. } | Item::StageGroup { items, .. } => holds_insert(items),
    })
}
