//! What becomes of references: what each of them points at, or why it points at nothing.

use std::fmt;

use pipewright_model::{NodeId, NodeKind, SectionKind};
use pipewright_source::Span;

use crate::NoLoopValue;

/// What a path leads to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Target {
    /// The node.
    pub node: NodeId,
    /// What of the node is read.
    pub member: Member,
    /// The place in [`crate::Reference::segments`] of the first part that belongs to the member; the number of segments for
    /// [`Member::Node`] and [`Member::Section`].
    pub at: usize,
}

/// What of a node is read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Member {
    /// The node as a whole.
    Node,
    /// One of its sections as a whole, or its `spec` or `execution`: the keys that lead there from the node.
    Section(&'static [&'static str]),
    /// A setting: `name`, `timeout`, `spec.…` of a step, … There as soon as the node is queued.
    Setting,
    /// Something below a stage's `spec` other than `execution`: outcomes of its service, environment and infrastructure, or a
    /// setting that is null at run time (`spec/model.md` §8.3).
    StageSpec,
    /// A declared variable: the place in [`pipewright_model::Node::variables`].
    Variable(u32),
    /// `status`, `currentStatus`, `liveStatus`.
    Status,
    /// Another field that the run fills in: `startTs`, `endTs`, `retryCount`, `executionUrl`, loop values …
    RunTime,
    /// An outcome: `output.…`, `issue.…`, `plan.…` and every other name that is none of the above.
    Output,
}

/// What became of a reference.
#[derive(Clone, PartialEq, Debug)]
pub enum Verdict {
    /// It points at something that is there when it is read: a node, or a member that the file or the catalogue has or that nothing
    /// is known of.
    Resolved(Target),
    /// It names something that only a run knows: its first name is a root of the catalogue (`trigger`, `service`, `secrets`, …), an
    /// outcome, or a name that only steps of the reader's type know.
    RunTime,
    /// Its first name is neither a root, nor an outcome, nor the identifier of an enclosing node.
    UnknownRoot,
    /// A name on the path does not exist.
    Undefined(Undefined),
    /// It names a loop, but none of its instances.
    NoInstance(NoInstance),
    /// It names a value of a loop (`matrix.x`) that no loop gives.
    NoLoopValue(NoLoopValue),
    /// What it points at exists, but this path does not lead there.
    WrongPath(WrongPath),
    /// It reads from a node that runs at the same time.
    Parallel(Parallel),
    /// It reads from a node that has not started yet.
    Later(Later),
    /// A step reads its own output.
    SelfOutput(Target),
    /// A step outside `rollbackSteps` reads from a step inside: those start only after a failure.
    Rollback(Target),
    /// `stage`, `stepGroup`, `step`, `execution`, `steps`, … where no such thing is around the reader.
    NotInside(NotInside),
    /// It cannot be decided from this file.
    Unknown(UnknownReason),
}

/// A name that does not exist.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Undefined {
    /// Which part of the path is wrong.
    pub segment: usize,
    /// Where it was looked for.
    pub list: List,
    /// The first part behind the owner of the list. The parts from here to the wrong one lead to it: `output`, `outputVariables`.
    pub from: usize,
    /// The nearest name of that list, if one is near enough to be what was meant.
    pub nearest: Option<Box<str>>,
    /// A node of that identifier somewhere else in the pipeline.
    pub elsewhere: Option<NodeId>,
}

/// A list that names are looked up in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum List {
    /// The stages, groups or steps in a section of a node.
    Nodes(NodeId, SectionKind),
    /// The declared variables of a node.
    Variables(NodeId),
    /// What a step publishes, with the fields of every step; the declared outputs of a chained pipeline stage.
    Outputs(NodeId),
    /// What stands in the `spec` of a step or stage.
    Settings(NodeId),
    /// The members of a root of the catalogue, or of a node that is like it: `pipeline`, `stage`, `stepGroup`, `step`.
    Members(&'static str),
}

/// A name that no instance of a loop has (`spec/model.md` §3.5).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoInstance {
    /// Which part of the path names the loop; of several the first.
    pub segment: usize,
    /// The looping node.
    pub node: NodeId,
    /// Where the node stands.
    pub list: List,
    /// Whether a suffix is written, which is that of no iteration. Without one the identifier is the loop's, which is no part of paths.
    pub suffixed: bool,
    /// The last part of the path that names a loop without suffix.
    pub through: usize,
    /// Where no suffix is written: a path that leads to what was meant, in place of the segments up to and with `through`; of
    /// loops that are not around the reader to the first instance. `None` where there is none that is known.
    pub right: Option<Box<str>>,
}

/// A path that misses a node that exists.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WrongPath {
    /// The first part of the path that leads astray.
    pub segment: usize,
    /// The part of the path that names the node.
    pub named_by: usize,
    /// The node that was meant.
    pub target: NodeId,
    /// What reaches it from the reader, in place of the segments up to and with `named_by`.
    pub right: Box<str>,
}

/// A race.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parallel {
    /// What is read.
    pub target: Target,
    /// The stage, group or step around the reader (or itself) that stands in the common parallel block.
    pub reader_branch: NodeId,
    /// The one around the target (or itself).
    pub target_branch: NodeId,
    /// The block both stand in; `None` between stages of a DAG pipeline that do not depend on each other.
    pub block: Option<Span>,
    /// Whether the block holds stages or steps and groups.
    pub between: Level,
}

/// A node that has not started.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Later {
    /// What is read.
    pub target: Target,
    /// Whether it is a matter of stages or of steps and groups within one stage.
    pub between: Level,
    /// Why it is later.
    pub cause: LaterCause,
}

/// Why a node is later than its reader.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LaterCause {
    /// It stands behind the reader.
    Order,
    /// It stands inside the node that reads, and that node is read before its content starts (its condition, its loop, its settings).
    OwnContent,
    /// It is a step of the stage whose service, environment, infrastructure or codebase reads it.
    BeforeExecution,
}

/// The two levels of order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Level {
    /// Between stages.
    Stages,
    /// Between the steps and groups of one stage.
    Steps,
}

/// A relative first name outside of what it names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NotInside {
    /// `stage`, `stepGroup` (also more `getParentStepGroup` than there are groups) or `step`.
    Node(NodeKind),
    /// `execution`
    Execution,
    /// `stages`, `steps` or `rollbackSteps`
    Section(SectionKind),
}

/// Why a reference cannot be decided.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum UnknownReason {
    /// It leads into a template that is not at hand, or out of the template that is read.
    Template,
    /// A part of the path is known only to a run.
    Dynamic,
    /// The list holds an `insert` placeholder.
    Insert,
    /// The object's members are not known.
    Open,
    /// The text is evaluated where it is read, not where it stands (values of variables, texts that are read later).
    Lazy,
    /// The text is evaluated in another pipeline or entity.
    Foreign,
    /// The order depends on how a rollback or a loop goes.
    Order,
    /// Several nodes have that identifier.
    Ambiguous,
    /// The file has syntax errors, so names may be missing.
    Incomplete,
}

impl UnknownReason {
    /// Every reason, in the order of the declaration.
    pub const ALL: [Self; 9] = [
        Self::Template,
        Self::Dynamic,
        Self::Insert,
        Self::Open,
        Self::Lazy,
        Self::Foreign,
        Self::Order,
        Self::Ambiguous,
        Self::Incomplete,
    ];

    /// One word for statistics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Template => "template",
            Self::Dynamic => "dynamic",
            Self::Insert => "insert",
            Self::Open => "open",
            Self::Lazy => "lazy",
            Self::Foreign => "foreign",
            Self::Order => "order",
            Self::Ambiguous => "ambiguous",
            Self::Incomplete => "incomplete",
        }
    }
}

impl fmt::Display for UnknownReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Verdict {
    /// The word of the `refs` output.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Resolved(_) => "resolved",
            Self::RunTime => "run-time",
            Self::Undefined(_)
            | Self::NoInstance(_)
            | Self::NoLoopValue(_)
            | Self::NotInside(_)
            | Self::UnknownRoot => "undefined",
            Self::WrongPath(_) => "wrong-path",
            Self::Parallel(_) => "parallel",
            Self::Later(_) => "later",
            Self::SelfOutput(_) => "self",
            Self::Rollback(_) => "rollback",
            Self::Unknown(_) => "unknown",
        }
    }

    /// Whether the reference cannot work.
    pub const fn is_wrong(&self) -> bool {
        !matches!(self, Self::Resolved(_) | Self::RunTime | Self::Unknown(_))
    }

    /// The node that is read or was meant, if one is known.
    pub const fn node(&self) -> Option<NodeId> {
        match self {
            Self::WrongPath(wrong) => Some(wrong.target),
            _ => match self.target() {
                Some(target) => Some(target.node),
                None => None,
            },
        }
    }

    /// What the path leads to, if it leads anywhere.
    pub const fn target(&self) -> Option<Target> {
        match self {
            Self::Resolved(target) | Self::SelfOutput(target) | Self::Rollback(target) => {
                Some(*target)
            }
            Self::Parallel(parallel) => Some(parallel.target),
            Self::Later(later) => Some(later.target),
            _ => None,
        }
    }
}
