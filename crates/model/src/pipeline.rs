//! The pipeline: stages, parallel blocks, step groups and steps in one arena (`spec/model.md` §1).

use pipewright_source::{FileId, Span};
use pipewright_yaml::{self as yaml, Tree};

use crate::{Environments, FailureStrategies, Services, Site, Strategy, YamlVersion};

/// Names one node of a [`Pipeline`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct NodeId(pub u32);

/// A text from the file and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Located {
    /// The decoded text.
    pub text: Box<str>,
    /// Its scalar.
    pub span: Span,
    /// Its scalar's node in the YAML tree of `span.file`.
    pub yaml: yaml::NodeId,
}

/// A pipeline, or the part of one that a template holds.
///
/// Node 0 is the root: the pipeline itself, or for a stage, group or step template the templated node.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Pipeline {
    /// The file it was read from.
    pub file: FileId,
    /// The format it is written in. The nodes are the same in both; the names of paths and what is known for certain
    /// differ.
    pub version: YamlVersion,
    /// Every node; a parent stands before its children.
    pub nodes: Vec<Node>,
    /// Every scalar that may hold an expression, in the order of the file.
    pub sites: Vec<Site>,
    /// The keys of parallel blocks written directly inside parallel blocks: the engine drops these blocks without a
    /// word.
    pub nested_parallels: Vec<Span>,
    /// The barriers it declares under `flowControl`.
    pub barriers: Vec<Barrier>,
}

impl Pipeline {
    /// The root: the pipeline, or what a template holds.
    pub const ROOT: NodeId = NodeId(0);

    /// The node of an id this pipeline gave out.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// Every id, parents before their children.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        (0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)).map(NodeId)
    }

    /// The node itself, then the node around it, and so on up to the root.
    pub fn self_and_ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(Some(id), |&inner| self.node(inner).parent)
    }

    /// The scalar in which a step that waits at a barrier names it: `barrierRef`; in v1 the `name` of its settings.
    /// `None` for every other node, and where a template says it.
    pub fn barrier_named_by(&self, tree: &Tree, node: &Node) -> Option<yaml::NodeId> {
        let (type_name, settings, name) = match self.version {
            YamlVersion::V0 => ("Barrier", "spec", "barrierRef"),
            YamlVersion::V1 => ("barrier", "barrier", "name"),
        };
        let is_barrier =
            node.kind == NodeKind::Step && node.type_text() == type_name && node.template.is_none();
        let settings = tree.find(node.yaml, settings).filter(|_| is_barrier)?;
        tree.find(settings, name)
    }

    /// The nearest node of that kind: the node itself or one around it.
    pub fn enclosing(&self, id: NodeId, kind: NodeKind) -> Option<NodeId> {
        self.self_and_ancestors(id)
            .find(|&outer| self.node(outer).kind == kind)
    }

    /// Whether `outer` is `inner` itself or a node around it.
    pub fn is_around(&self, outer: NodeId, inner: NodeId) -> bool {
        self.self_and_ancestors(inner).any(|node| node == outer)
    }

    /// Whether a stage stands in a group of stages (v1). Looks at every stage.
    pub fn is_in_stage_group(&self, stage: NodeId) -> bool {
        let lists = self.node(Self::ROOT).sections.iter();
        lists
            .flat_map(|list| &list.items)
            .any(|item| item.groups_stage(stage))
    }
}

impl Item {
    /// Whether it holds a stage in a group of stages. Blocks nest at most as deep as the reader follows them.
    fn groups_stage(&self, stage: NodeId) -> bool {
        match self {
            Self::Node(_) => false,
            Self::Parallel { items, .. } | Self::Insert { items, .. } => {
                items.iter().any(|item| item.groups_stage(stage))
            }
            Self::StageGroup { items, .. } => {
                let mut inside = Vec::new();
                collect_nodes(items, &mut inside);
                inside.contains(&stage)
            }
        }
    }
}

impl Section {
    /// Every node of the list in the order of the file, parallel blocks and placeholders opened.
    pub fn nodes(&self) -> Vec<NodeId> {
        let mut nodes = Vec::new();
        collect_nodes(&self.items, &mut nodes);
        nodes
    }
}

/// Blocks nest at most as deep as the reader follows them.
pub(crate) fn collect_nodes(items: &[Item], nodes: &mut Vec<NodeId>) {
    for item in items {
        match item {
            Item::Node(id) => nodes.push(*id),
            Item::Parallel { items, .. }
            | Item::Insert { items, .. }
            | Item::StageGroup { items, .. } => {
                collect_nodes(items, nodes);
            }
        }
    }
}

/// The kinds of node that run.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum NodeKind {
    /// The whole.
    Pipeline,
    /// A stage.
    Stage,
    /// A step group.
    StepGroup,
    /// A step.
    Step,
}

/// A pipeline, stage, step group or step.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// The node around it; `None` for the root.
    pub parent: Option<NodeId>,
    /// The list of the parent that holds it; `None` for the root.
    pub section: Option<SectionKind>,
    /// Its `identifier`.
    pub identifier: Option<Located>,
    /// Its `name`.
    pub name: Option<Located>,
    /// Its `type` (stages and steps).
    pub type_name: Option<Located>,
    /// The mapping it was written in.
    pub yaml: yaml::NodeId,
    /// The lists of nodes inside it: `stages` of a pipeline; `steps` and `rollbackSteps` of a stage's execution or of a
    /// group.
    pub sections: Vec<Section>,
    /// Its `variables`.
    pub variables: Vec<Variable>,
    /// Its `when`, if it is a mapping.
    pub when: Option<When>,
    /// Whether `when` is there but no mapping, such as `<+input>`, so that nothing is known about it.
    pub when_is_open: bool,
    /// Its `strategy`.
    pub strategy: Option<Strategy>,
    /// Its `failureStrategies`; `None` where the key is not written.
    pub failure_strategies: Option<FailureStrategies>,
    /// The services it deploys (stages): `service` or `services`.
    pub services: Option<Services>,
    /// The environments it deploys to (stages): `environment`, `environments` or `environmentGroup`.
    pub environments: Option<Environments>,
    /// The template that stands for its content. What the template holds is not known from this file alone.
    pub template: Option<TemplateUse>,
    /// Identifiers of the stages it waits for (`dependsOn` of DAG pipelines, beside or inside `stage`).
    /// `Some` with nothing in it starts at once; `None` says nothing about the order.
    pub depends_on: Option<Vec<Located>>,
    /// Whether it is a member of a parallel block written directly inside another one: the engine drops it.
    pub is_dropped: bool,
}

impl Node {
    /// The value of `type`; empty where it has none.
    pub fn type_text(&self) -> &str {
        self.type_name.as_ref().map_or("", |name| &name.text)
    }

    /// Whether it is a stage that runs another pipeline.
    pub fn is_chained(&self) -> bool {
        self.is_stage_of("Pipeline")
    }

    /// Whether it is a stage whose content, and what stands beside it, is made in the run.
    pub fn is_dynamic(&self) -> bool {
        self.is_stage_of("Dynamic")
    }

    fn is_stage_of(&self, type_name: &str) -> bool {
        self.kind == NodeKind::Stage && self.type_text() == type_name
    }
}

/// A list of nodes.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Section {
    /// Which list it is.
    pub kind: SectionKind,
    /// The keys from the node's mapping to the list, such as `spec`, `execution`, `steps`. They stand in paths, too.
    pub path: &'static [&'static str],
    /// What stands in it.
    pub items: Vec<Item>,
    /// The list's own key, the last of `path`.
    pub key: Span,
    /// Where the list stands.
    pub span: Span,
    /// Whether it is written as a list below its own key. Harness refuses everything else; what stands there is read
    /// all the same.
    pub is_list: bool,
    /// Whether an element of a v1 list was not read as a node, so that there may be more nodes than are known.
    pub holds_unread: bool,
    /// Whether `needs` of v1 nodes leave the order of its items open.
    pub is_unordered: bool,
}

/// The lists nodes stand in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[non_exhaustive]
pub enum SectionKind {
    /// `stages`
    Stages,
    /// `steps`
    Steps,
    /// `rollbackSteps`
    RollbackSteps,
    /// `steps` of a provisioner: they run before the infrastructure is known, hence before the stage's execution.
    ProvisionerSteps,
    /// `rollbackSteps` of a provisioner.
    ProvisionerRollbackSteps,
}

impl SectionKind {
    /// The key as written and as it stands in paths.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stages => "stages",
            Self::Steps | Self::ProvisionerSteps => "steps",
            Self::RollbackSteps | Self::ProvisionerRollbackSteps => "rollbackSteps",
        }
    }

    /// Whether the list runs only to undo.
    pub const fn is_rollback(self) -> bool {
        matches!(self, Self::RollbackSteps | Self::ProvisionerRollbackSteps)
    }
}

/// One item of a list.
#[derive(Clone, Debug)]
pub enum Item {
    /// A stage, step group or step.
    Node(NodeId),
    /// Items that start together. Never holds a `Parallel`: nested blocks stand in [`Pipeline::nested_parallels`], and
    /// their nodes are kept as members, so that references to them are not called unknown.
    Parallel {
        /// The key `parallel`.
        key: Span,
        /// The block.
        span: Span,
        /// Its members.
        items: Vec<Self>,
    },
    /// A placeholder for nodes of a flexible template. A list that holds one may hold any identifier.
    Insert {
        /// The placeholder.
        span: Span,
        /// Its identifier.
        identifier: Option<Located>,
        /// Nodes written inside it.
        items: Vec<Self>,
    },
    /// Stages of v1 in a group, one after the other. How a path names what is in it is not known.
    StageGroup {
        /// The mapping below `group`.
        span: Span,
        /// Its `id`.
        identifier: Option<Located>,
        /// Its stages.
        items: Vec<Self>,
    },
}

/// A variable of a pipeline, stage or group: one it declares, or one that the template it uses declares and that the
/// use gives a value (`spec/model.md` §1.4).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Variable {
    /// Its name.
    pub name: Located,
    /// Its `type`: `String`, `Number` or `Secret`, of v1 one of [`crate::v1::INPUT_TYPES`].
    pub type_name: Option<Located>,
    /// The node of its `value`.
    pub value: Option<yaml::NodeId>,
    /// The node of its `default`.
    pub default: Option<yaml::NodeId>,
    /// The whole element.
    pub span: Span,
    /// Whether it stands in `templateInputs`: the template declares it.
    pub is_given: bool,
    /// Whether it is one of the `inputs` of v1, which paths name by that word.
    pub is_input: bool,
    /// Whether it is an input of v1 that a run hides (`mask: true`).
    pub is_masked: bool,
}

/// A condition for running.
#[derive(Clone, Debug)]
pub struct When {
    /// The key `when`.
    pub key: Span,
    /// The whole mapping.
    pub span: Span,
    /// The key of the status: `pipelineStatus` for stages, `stageStatus` for groups and steps; the other one if only
    /// that is written.
    pub status_key: Option<Located>,
    /// The status, if it is one of the three.
    pub status: Option<Status>,
    /// The status as written.
    pub status_text: Option<Located>,
    /// The condition's scalar.
    pub condition: Option<Located>,
    /// Whether the condition is the whole predicate, as `if` of v1 is: no test of a status is added to it.
    pub is_whole: bool,
}

/// The status under which a node runs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Status {
    /// `Success`
    Success,
    /// `Failure`
    Failure,
    /// `All`
    All,
}

/// The use of a template in place of a node's content.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TemplateUse {
    /// The key `template`.
    pub key: Span,
    /// The `template` mapping.
    pub span: Span,
    /// `templateRef`; `uses` of v1, which holds the version, too
    pub template_ref: Option<Located>,
    /// `versionLabel`
    pub version_label: Option<Located>,
    /// The node of `templateInputs`.
    pub inputs: Option<yaml::NodeId>,
}

/// A declared point at which steps of several branches wait for each other (`flowControl.barriers`).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Barrier {
    /// The whole element.
    pub span: Span,
    /// Its `identifier`: what `barrierRef` of a step names.
    pub identifier: Option<Located>,
    /// Its `name`.
    pub name: Option<Located>,
}
