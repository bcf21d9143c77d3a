//! Nodes that are not there yet, or perhaps not, when they are read (`spec/model.md` §5).

use pipewright_model::NodeId;
use pipewright_source::Span;

use super::target::Target;

/// A race.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
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
#[non_exhaustive]
pub struct Later {
    /// What is read.
    pub target: Target,
    /// Whether it is a matter of stages or of steps and groups within one stage.
    pub between: Level,
    /// Why it is later.
    pub cause: LaterCause,
}

/// Something that a stage publishes, read by the stage before it starts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct NotPublishedYet {
    /// The part of the path that names it.
    pub segment: usize,
    /// The stage.
    pub stage: NodeId,
}

/// Why a node is later than its reader.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LaterCause {
    /// It stands behind the reader.
    Order,
    /// It stands inside the node that reads, and that node is read before its content starts (its condition, its loop,
    /// its settings).
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
