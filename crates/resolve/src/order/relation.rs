//! How one node stands to another in time (`spec/model.md` §5).

use pipewright_model::NodeId;
use pipewright_source::Span;

/// How one node stands to another in time.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Relation {
    /// They are one node.
    Same,
    /// The first holds the second.
    Encloses,
    /// The first stands inside the second.
    EnclosedBy,
    /// The first has ended when the second starts.
    Before,
    /// The first starts when the second has ended.
    After,
    /// Both may run at the same time. The branches are the members of the common block around each of them (or the
    /// nodes themselves); `block` is `None` between stages of a DAG pipeline that do not depend on each other.
    Parallel {
        /// The branch of the first.
        first: NodeId,
        /// The branch of the second.
        second: NodeId,
        /// The `parallel` block.
        block: Option<Span>,
    },
    /// The first stands in `steps`, the second in the `rollbackSteps` of the same stage or group: if the second runs,
    /// it runs later, but the first may not have got that far.
    BeforeRollback,
    /// The first stands in `rollbackSteps`, the second in the `steps` of the same stage or group.
    RollbackOf,
    /// Only a run tells, for instance between the rollback steps of two groups.
    Unknown,
}

impl Relation {
    /// How the second stands to the first.
    #[must_use]
    pub const fn reverse(self) -> Self {
        match self {
            Self::Encloses => Self::EnclosedBy,
            Self::EnclosedBy => Self::Encloses,
            Self::Before => Self::After,
            Self::After => Self::Before,
            Self::BeforeRollback => Self::RollbackOf,
            Self::RollbackOf => Self::BeforeRollback,
            Self::Parallel {
                first,
                second,
                block,
            } => Self::Parallel {
                first: second,
                second: first,
                block,
            },
            Self::Same | Self::Unknown => self,
        }
    }
}
