//! Tables that answer every look-up of a path's part at once.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::collections::hash_map::Entry;

use foldhash::{HashMap, HashSet};
use pipewright_model::{Node, NodeId, NodeKind, Pipeline, SectionKind, catalogue};
use pipewright_yaml::{self as yaml, Resolved, Tree};

use crate::chained::declared_outputs;
use crate::declared::DeclaredNames;
use crate::lists::{self, Found, Lists};
use crate::looping::{Looping, Loops, has_given_values};
use crate::run_tree::RunTree;

/// The look-up tables of one pipeline.
#[derive(Debug)]
pub(crate) struct Index<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) pipeline: &'a Pipeline,
    /// Whether lines of the file could not be read, so that nodes may be missing.
    pub(crate) incomplete: bool,
    lists: Lists,
    /// The groups and steps of each stage (or of the template's root) at any depth, by identifier.
    inside: HashMap<(NodeId, &'a str), Bearer>,
    /// Every stage, group and step by identifier.
    anywhere: HashMap<&'a str, Bearer>,
    variables: HashMap<(NodeId, &'a str), u32>,
    /// The nodes that may declare more variables than are known.
    open_variables: HashSet<NodeId>,
    /// The declared outputs of each chained stage whose list is known.
    outputs: HashMap<NodeId, BTreeSet<Box<str>>>,
    /// The output variables of steps.
    pub(crate) declared: DeclaredNames,
    pub(crate) loops: Loops,
    /// The stage around each node or itself; where none is known, the root.
    stages: Vec<NodeId>,
    /// Whether every node of the run is known by its identifier.
    knows_all_nodes: OnceCell<bool>,
    /// Whether every stage deploys services and environments of its own.
    knows_all_targets: OnceCell<bool>,
    /// The inputs that the file declares; `None` where there may be more.
    inputs: OnceCell<Option<HashSet<Box<str>>>>,
    /// Every key of the file.
    keys: OnceCell<HashSet<Box<str>>>,
}

/// Which of some nodes bear an identifier.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Bearer {
    One(NodeId),
    Several,
}

impl<'a> Index<'a> {
    pub(crate) fn new(tree: &'a Tree, pipeline: &'a Pipeline, loops: Loops) -> Self {
        let mut index = Self {
            tree,
            pipeline,
            incomplete: tree.may_lack_names(),
            lists: Lists::new(tree, pipeline),
            inside: HashMap::default(),
            anywhere: HashMap::default(),
            variables: HashMap::default(),
            open_variables: HashSet::default(),
            outputs: HashMap::default(),
            declared: DeclaredNames::default(),
            loops,
            stages: Vec::with_capacity(pipeline.nodes.len()),
            knows_all_nodes: OnceCell::new(),
            knows_all_targets: OnceCell::new(),
            inputs: OnceCell::new(),
            keys: OnceCell::new(),
        };
        for id in pipeline.ids() {
            index.add_node(tree, id);
        }
        if has_template_variables(tree, pipeline) {
            index.open_variables.insert(Pipeline::ROOT);
        }
        index
    }

    fn add_node(&mut self, tree: &Tree, id: NodeId) {
        let node = self.pipeline.node(id);
        let stage = match node.parent {
            Some(parent) if node.kind != NodeKind::Stage => self.stage(parent),
            _ => id,
        };
        self.stages.push(stage);
        for (variable, place) in node.variables.iter().zip(0..) {
            self.variables
                .entry((id, &*variable.name.text))
                .or_insert(place);
        }
        let written = tree.find(node.yaml, "variables");
        // The content of a template without a list may be used where there is one.
        let is_template = node.parent.is_none() && node.kind != NodeKind::Pipeline;
        if written.map_or(is_template, |list| !tree.is_sequence(list)) {
            self.open_variables.insert(id);
        }
        if let Some(names) = declared_outputs(tree, node) {
            let names = names.into_iter().map(Box::from);
            self.outputs.insert(id, names.collect());
        }
        if let Some(identifier) = self.identifier(id) {
            note(self.anywhere.entry(identifier), id);
            if node.kind != NodeKind::Stage {
                note(self.inside.entry((stage, identifier)), id);
            }
        }
    }

    /// The identifier of a node without the loop's postfix, which may be written behind it.
    pub(crate) fn identifier(&self, node: NodeId) -> Option<&'a str> {
        lists::identifier(self.pipeline.node(node))
    }

    /// The stage around a node or itself; in the content of a group or step template its root, in a pipeline itself the
    /// pipeline.
    pub(crate) fn stage(&self, node: NodeId) -> NodeId {
        self.stages[node.0 as usize]
    }

    /// Whether a node loops.
    pub(crate) fn looping(&self, node: NodeId) -> Looping {
        self.loops.looping(node)
    }

    /// Whether a group may hold steps that stand in no file: those of a template that is not at hand, and those that
    /// the engine generates for a group with containers of its own.
    pub(crate) fn has_generated_steps(&self, group: NodeId) -> bool {
        let node = self.pipeline.node(group);
        node.template.is_some() || self.tree.find(node.yaml, "stepGroupInfra").is_some()
    }

    /// The place of a declared variable in the node's list.
    pub(crate) fn variable(&self, node: NodeId, name: &str) -> Option<u32> {
        self.variables.get(&(node, name)).copied()
    }

    /// Whether the file declares an input or a variable of that name somewhere, or may declare more than is known:
    /// where a list of inputs is an expression, a node has values of its own, and where a template gives the whole
    /// pipeline (v1).
    pub(crate) fn may_be_input(&self, name: &str) -> bool {
        let known = self.inputs.get_or_init(|| {
            let nodes = &self.pipeline.nodes;
            let is_open = |node: &Node| {
                let written = self.tree.find(node.yaml, "inputs");
                let is_open = written.is_some_and(|inputs| {
                    !self.tree.is_mapping(inputs)
                        && self.tree.resolve(inputs) != Some(Resolved::Null)
                });
                is_open
                    || has_given_values(self.tree, node)
                    || (node.kind == NodeKind::Pipeline && node.template.is_some())
            };
            let declared = nodes.iter().flat_map(|node| &node.variables);
            let names = declared
                .filter(|variable| variable.is_input)
                .map(|variable| variable.name.text.clone());
            (!nodes.iter().any(is_open)).then(|| names.collect())
        });
        known.as_ref().is_none_or(|known| known.contains(name))
    }

    /// Whether a node may declare more variables than are known: its list is an expression, or the template around it
    /// has variables of its own.
    pub(crate) fn has_open_variables(&self, node: NodeId) -> bool {
        self.open_variables.contains(&node)
    }

    /// The outputs that a chained stage declares. `None` for every other node, and where there may be more.
    pub(crate) fn outputs(&self, stage: NodeId) -> Option<&BTreeSet<Box<str>>> {
        self.outputs.get(&stage)
    }

    /// The only node of that identifier in the pipeline.
    pub(crate) fn anywhere(&self, identifier: &str) -> Option<NodeId> {
        match self.anywhere.get(identifier) {
            Some(Bearer::One(node)) => Some(*node),
            _ => None,
        }
    }

    /// Whether a stage, group or step of the pipeline has that identifier.
    pub(crate) fn is_identifier(&self, name: &str) -> bool {
        self.anywhere
            .get(name)
            .is_some_and(|bearer| *bearer != Bearer::One(Pipeline::ROOT))
    }

    /// Whether no place of the run, whichever it is, finds something by a first name that is no root.
    pub(crate) fn is_nowhere(&self, name: &str) -> bool {
        let is_instance = || {
            let mut ends = name.match_indices('_').map(|(at, _)| &name[..at]);
            ends.any(|identifier| self.is_identifier(identifier))
        };
        let keys = || keys_below(self.tree, self.pipeline.node(Pipeline::ROOT).yaml);
        !self.is_identifier(name)
            && !is_instance()
            && !catalogue::is_local_root(name)
            && *self
                .knows_all_nodes
                .get_or_init(|| self.has_known_nodes_only())
            && !self.keys.get_or_init(keys).contains(name)
    }

    /// Whether what a stage gives its services and environments is read in that stage alone: none takes over another's.
    pub(crate) fn has_own_targets_only(&self) -> bool {
        let takes_over = |id: NodeId| {
            let node = self.pipeline.node(id);
            let services = node
                .services
                .iter()
                .flat_map(|services| services.uses.items());
            let environments = node.environments.iter();
            let environments = environments.flat_map(|environments| environments.uses.items());
            let is_stage = node.kind == NodeKind::Stage;
            is_stage && (node.template.is_some() || node.is_dynamic())
                || services
                    .into_iter()
                    .any(|service| service.from_stage.is_some())
                || environments
                    .into_iter()
                    .any(|environment| environment.from_stage.is_some())
        };
        *self.knows_all_targets.get_or_init(|| {
            self.pipeline.node(Pipeline::ROOT).kind == NodeKind::Pipeline
                && self.lists.are_complete()
                && !self.pipeline.ids().any(takes_over)
        })
    }

    fn has_known_nodes_only(&self) -> bool {
        let is_known = |id: NodeId| {
            let node = self.pipeline.node(id);
            let has_name = id == Pipeline::ROOT
                || self.identifier(id).is_some_and(|identifier| {
                    !self.pipeline.version.may_hold_expression(identifier)
                });
            let has_type =
                node.kind != NodeKind::Step || catalogue::step_type(node.type_text()).is_some();
            has_name && has_type && node.template.is_none() && !node.is_dynamic()
        };
        self.pipeline.node(Pipeline::ROOT).kind == NodeKind::Pipeline
            && !self.incomplete
            && self.lists.are_complete()
            && self.pipeline.ids().all(is_known)
    }

    /// The only group or step of that identifier in the stage of `near`, at any depth.
    pub(crate) fn inside_stage(&self, near: NodeId, identifier: &str) -> Option<NodeId> {
        match self.inside.get(&(self.stage(near), identifier)) {
            Some(Bearer::One(node)) => Some(*node),
            _ => None,
        }
    }

    /// The list that holds a node.
    pub(crate) fn list_of(&self, node: NodeId) -> crate::List {
        let of_node = self.pipeline.node(node);
        let kind = of_node.section.unwrap_or(SectionKind::Stages);
        crate::List::Nodes(of_node.parent.unwrap_or(Pipeline::ROOT), kind)
    }

    /// The tree of the run.
    pub(crate) fn run_tree(&self) -> RunTree<'_> {
        RunTree {
            pipeline: self.pipeline,
            lists: &self.lists,
            loops: &self.loops,
        }
    }

    /// Whether a node has that list, with something in it.
    pub(crate) fn has_list(&self, owner: NodeId, kind: SectionKind) -> bool {
        self.lists.has(owner, kind)
    }

    /// Looks an identifier up in a list, exactly or with a loop's suffix behind it.
    pub(crate) fn find(&self, owner: NodeId, kind: SectionKind, name: &str) -> Found<'_> {
        self.run_tree().find(owner, kind, name)
    }

    /// The node of a list that `name` would be if it looped: its identifier with something behind it that looks like a
    /// suffix.
    pub(crate) fn without_suffix<'n>(
        &self,
        owner: NodeId,
        kind: SectionKind,
        name: &'n str,
    ) -> Option<&'n str> {
        self.lists.without_suffix(owner, kind, name)
    }
}

/// Whether the pipeline is the content of a template that declares variables beside it.
fn has_template_variables(tree: &Tree, pipeline: &Pipeline) -> bool {
    let Some(root) = pipeline.nodes.first() else {
        return false;
    };
    let Some(document) = document_of(tree, root.yaml) else {
        return false;
    };
    let template = tree.find(document, "template");
    template.is_some_and(|template| {
        tree.find(template, "spec") == Some(root.yaml) && tree.find(template, "variables").is_some()
    })
}

/// The root of the document that a node stands in. A file may have thousands, so they are not tried one by one.
fn document_of(tree: &Tree, node: yaml::NodeId) -> Option<yaml::NodeId> {
    let roots = tree.roots();
    let start = tree.span(node).range.start();
    let before = roots.partition_point(|&root| tree.span(root).range.start() <= start);
    before.checked_sub(1).map(|last| roots[last])
}

/// Every key of a node and of what is in it.
fn keys_below(tree: &Tree, root: yaml::NodeId) -> HashSet<Box<str>> {
    let mut keys = HashSet::default();
    let mut seen = HashSet::default();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        // What an alias repeats has the same keys.
        if !seen.insert(tree.target(node)) {
            continue;
        }
        open.extend(tree.items(node));
        for entry in tree.entries(node) {
            keys.extend(tree.text(entry.key).map(Box::from));
            open.push(entry.value);
        }
    }
    keys
}

fn note<K>(entry: Entry<'_, K, Bearer>, node: NodeId) {
    entry
        .and_modify(|bearer| *bearer = Bearer::Several)
        .or_insert(Bearer::One(node));
}
