//! Sites: the scalars of nodes that may hold an expression, what each is for and when it is read.

use std::sync::Arc;

use pipewright_yaml as yaml;

use crate::{NodeId, Pipeline};

/// A scalar that may hold an expression.
#[derive(Clone, Debug)]
#[non_exhaustive]
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
    pub moment: Moment,
}

impl Site {
    /// A node as a place that reads, as a scalar of that kind directly in it would.
    pub fn of_node(pipeline: &Pipeline, node: NodeId, kind: SiteKind, moment: Moment) -> Self {
        Self {
            node,
            yaml: pipeline.node(node).yaml,
            path: Vec::new(),
            kind,
            moment,
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
#[non_exhaustive]
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
    /// A value for the pipeline of a chained stage.
    ForeignInput,
    /// A value for a service, an environment or an infrastructure of the stage: put into that entity and read in this
    /// run, when what it is put into is read.
    EntityInput,
    /// A value of a loop: axis, items, times, `nodeName`, `maxConcurrency`.
    Loop,
    /// Free text such as names, descriptions and tags.
    Text,
    /// Every other setting.
    Setting,
}

/// When a node reads, relative to what it does in the run (`spec/model.md` §5). In the order of time.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Moment {
    /// Before it starts: its own `when` and `strategy`. Nothing inside it exists.
    Starting,
    /// Before the steps of a stage: its service, environment, infrastructure and codebase (`spec` outside `execution`);
    /// the codebase of a pipeline. Only a provisioner may have run.
    Configuring,
    /// While it runs: its other settings. For a pipeline, stage or group everything inside it may have started.
    Running,
    /// After it or its content: notification rules, failure strategies, `outputs`. It has a status of its own, and a
    /// step its outputs.
    Ended,
}
