//! What becomes of references: what each of them points at, or why it points at nothing.

mod missing;
mod not_yet;
mod target;
mod unknown_reason;

use pipewright_model::NodeId;

pub use missing::{List, MissingValue, NoInstance, NoLoopValue, NotInside, Undefined, WrongPath};
pub use not_yet::{Later, LaterCause, Level, NotPublishedYet, Parallel};
pub use target::{Member, Target};
pub use unknown_reason::UnknownReason;

/// What became of a reference.
#[derive(Clone, PartialEq, Debug)]
pub enum Verdict {
    /// It points at something that is there when it is read: a node, or a member that the file or the catalogue has or
    /// that nothing is known of.
    Resolved(Target),
    /// It leads out of the template that is read, to something that is there wherever the template is used:
    /// `pipeline.name`, `stage.identifier`.
    Everywhere,
    /// It names something that only a run knows: its first name is a root of the catalogue (`trigger`, `service`,
    /// `secrets`, …), an outcome, or a name that only steps of the reader's type know.
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
    /// A stage reads in its own `when` or `strategy` what it publishes only after it has started: `env`, `service`,
    /// `artifacts`, …
    NotPublishedYet(NotPublishedYet),
    /// A step reads its own output.
    SelfOutput(Target),
    /// A step outside `rollbackSteps` reads from a step inside: those start only after a failure.
    Rollback(Target),
    /// `stage`, `stepGroup`, `step`, `execution`, `steps`, … where no such thing is around the reader.
    NotInside(NotInside),
    /// It cannot be decided from this file.
    Unknown(UnknownReason),
}

impl Verdict {
    /// The word of the `refs` output.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Resolved(_) | Self::Everywhere => "resolved",
            Self::RunTime => "run-time",
            Self::Undefined(_)
            | Self::NoInstance(_)
            | Self::NoLoopValue(_)
            | Self::NotInside(_)
            | Self::UnknownRoot => "undefined",
            Self::WrongPath(_) => "wrong-path",
            Self::Parallel(_) => "parallel",
            Self::Later(_) | Self::NotPublishedYet(_) => "later",
            Self::SelfOutput(_) => "self",
            Self::Rollback(_) => "rollback",
            Self::Unknown(_) => "unknown",
        }
    }

    /// Whether the reference cannot work.
    pub const fn is_wrong(&self) -> bool {
        !matches!(
            self,
            Self::Resolved(_) | Self::Everywhere | Self::RunTime | Self::Unknown(_)
        )
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
