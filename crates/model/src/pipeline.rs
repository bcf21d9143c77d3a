//! The pipeline: stages, parallel blocks, step groups and steps in one arena (`spec/model.md` §1).

use std::sync::Arc;

use pipewright_source::{FileId, Span};
use pipewright_yaml as yaml;

/// Names one node of a [`Pipeline`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct NodeId(pub u32);

/// A text from the file and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
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
pub struct Pipeline {
    /// The file it was read from.
    pub file: FileId,
    /// Every node; a parent stands before its children.
    pub nodes: Vec<Node>,
    /// Every scalar that may hold an expression, in the order of the file.
    pub sites: Vec<Site>,
    /// The keys of parallel blocks written directly inside parallel blocks: the engine drops these blocks without a word.
    pub nested_parallels: Vec<Span>,
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

    /// The nearest node of that kind: the node itself or one around it.
    pub fn enclosing(&self, id: NodeId, kind: NodeKind) -> Option<NodeId> {
        self.self_and_ancestors(id)
            .find(|&outer| self.node(outer).kind == kind)
    }

    /// Whether `outer` is `inner` itself or a node around it.
    pub fn is_around(&self, outer: NodeId, inner: NodeId) -> bool {
        self.self_and_ancestors(inner).any(|node| node == outer)
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
fn collect_nodes(items: &[Item], nodes: &mut Vec<NodeId>) {
    for item in items {
        match item {
            Item::Node(id) => nodes.push(*id),
            Item::Parallel { items, .. } | Item::Insert { items, .. } => {
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
    /// The lists of nodes inside it: `stages` of a pipeline; `steps` and `rollbackSteps` of a stage's execution or of a group.
    pub sections: Vec<Section>,
    /// Its `variables`.
    pub variables: Vec<Variable>,
    /// Its `when`, if it is a mapping.
    pub when: Option<When>,
    /// Whether `when` is there but no mapping, such as `<+input>`, so that nothing is known about it.
    pub when_is_open: bool,
    /// Its `strategy`.
    pub strategy: Option<Strategy>,
    /// Its `failureStrategies`, each entry.
    pub failure_strategies: Vec<yaml::NodeId>,
    /// The template that stands for its content. What the template holds is not known from this file alone.
    pub template: Option<TemplateUse>,
    /// Identifiers of the stages it waits for (`dependsOn` of DAG pipelines, beside or inside `stage`).
    /// `Some` with nothing in it starts at once; `None` says nothing about the order.
    pub depends_on: Option<Vec<Located>>,
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
pub struct Section {
    /// Which list it is.
    pub kind: SectionKind,
    /// The keys from the node's mapping to the list, such as `spec`, `execution`, `steps`. They stand in paths, too.
    pub path: &'static [&'static str],
    /// What stands in it.
    pub items: Vec<Item>,
    /// Where the list stands.
    pub span: Span,
}

/// The lists nodes stand in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
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
}

/// A declared variable.
#[derive(Clone, Debug)]
pub struct Variable {
    /// Its name.
    pub name: Located,
    /// Its `type`: `String`, `Number` or `Secret`.
    pub type_name: Option<Located>,
    /// The node of its `value`.
    pub value: Option<yaml::NodeId>,
    /// The node of its `default`.
    pub default: Option<yaml::NodeId>,
    /// The whole element.
    pub span: Span,
}

/// A condition for running.
#[derive(Clone, Debug)]
pub struct When {
    /// The whole mapping.
    pub span: Span,
    /// The key of the status: `pipelineStatus` for stages, `stageStatus` for groups and steps; the other one if only that is written.
    pub status_key: Option<Located>,
    /// The status, if it is one of the three.
    pub status: Option<Status>,
    /// The status as written.
    pub status_text: Option<Located>,
    /// The condition's scalar.
    pub condition: Option<Located>,
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

/// A loop.
#[derive(Clone, Debug)]
pub struct Strategy {
    /// The whole value.
    pub span: Span,
    /// What is looped over.
    pub kind: StrategyKind,
}

/// The kinds of loop.
#[derive(Clone, Debug)]
pub enum StrategyKind {
    /// `matrix`
    Matrix {
        /// Axes in the order of the file: name and, where the values are literal texts, the values.
        axes: Vec<Axis>,
        /// The `exclude` node.
        exclude: Option<yaml::NodeId>,
        /// The `nodeName` text.
        node_name: Option<Located>,
        /// Whether the axes themselves are an expression.
        open: bool,
    },
    /// `repeat`
    Repeat {
        /// `times`, where it is a literal number.
        times: Option<u32>,
        /// Literal `items`.
        items: Option<Vec<Located>>,
        /// Whether `start`, `end`, `partitionSize` or `unit` cut the items, so that their number is not that of the loop.
        cut: bool,
        /// The `nodeName` text.
        node_name: Option<Located>,
    },
    /// `parallelism`: a literal number of instances, or unknown.
    Parallelism(Option<u32>),
    /// `strategy: <+input>`, or a form that is not known: it may loop or not.
    Unknown,
}

/// One axis of a matrix.
#[derive(Clone, Debug)]
pub struct Axis {
    /// Its name.
    pub name: Located,
    /// The node of its values.
    pub values: yaml::NodeId,
    /// The values, where all are literal texts.
    pub literal: Option<Vec<Box<str>>>,
}

/// The use of a template in place of a node's content.
#[derive(Clone, Debug)]
pub struct TemplateUse {
    /// The `template` mapping.
    pub span: Span,
    /// `templateRef`
    pub template_ref: Option<Located>,
    /// `versionLabel`
    pub version_label: Option<Located>,
    /// The node of `templateInputs`.
    pub inputs: Option<yaml::NodeId>,
}

/// A scalar that may hold an expression.
#[derive(Clone, Debug)]
pub struct Site {
    /// The innermost node around it: the one that reads.
    pub node: NodeId,
    /// Its scalar.
    pub yaml: yaml::NodeId,
    /// The keys from the node's mapping down to the scalar.
    pub path: Vec<PathSegment>,
    /// What the scalar is for.
    pub kind: SiteKind,
    /// When the scalar is read.
    pub phase: Phase,
}

impl Site {
    /// A node as a place that reads, as a scalar of that kind directly in it would.
    pub fn of_node(pipeline: &Pipeline, node: NodeId, kind: SiteKind, phase: Phase) -> Self {
        Self {
            node,
            yaml: pipeline.node(node).yaml,
            path: Vec::new(),
            kind,
            phase,
        }
    }
}

/// A key or an index on the way to a scalar.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum PathSegment {
    /// A mapping's key.
    Key(Arc<str>),
    /// A list's 0-based index.
    Index(u32),
}

/// What a scalar is for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SiteKind {
    /// `when.condition`: a predicate by itself.
    Condition,
    /// A field the engine evaluates as one expression rather than as a text with islands:
    /// `strategy.when`, `jexlCondition`, conditions of failure strategies; and, with names of the step's own such as
    /// `httpResponseCode`, HTTP assertions and output variables and approval criteria.
    Evaluated,
    /// The text of a script or command.
    Script,
    /// The value of a declared variable: read lazily, evaluated where it is read.
    Variable,
    /// A value inside `outputs` of a chained pipeline stage: evaluated in the child pipeline.
    ChildOutput,
    /// A value below `templateInputs`: put into the template and evaluated there.
    TemplateInput,
    /// A value for another entity (input set of a service, environment or chained pipeline).
    ForeignInput,
    /// A value of a loop: axis, items, times, `nodeName`, `maxConcurrency`.
    Loop,
    /// Free text such as names, descriptions and tags.
    Text,
    /// Every other setting.
    Setting,
}

/// When a scalar is read, relative to the steps of its stage.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Phase {
    /// With the node itself: settings of steps, groups, stages, pipeline.
    Node,
    /// Before the node: its own `when` and `strategy`.
    BeforeNode,
    /// Before the stage's steps: service, environment, infrastructure, codebase of the stage (`spec` outside `execution`).
    BeforeExecution,
    /// After the node or its content: notification rules, `outputs`, failure strategies.
    AfterNode,
}
