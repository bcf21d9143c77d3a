//! What a walk knows of each entry.

use std::sync::Arc;

use crate::condition::SeenCondition;
use crate::layout::EntryId;
use crate::{Fault, Status};

/// How far an entry has come.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact by itself")]
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell {
    /// When its first record was created.
    pub(crate) created: Option<(u32, u32)>,
    /// How many changes of the board there were when its last record started.
    pub(crate) moment: usize,
    /// How its last record ended.
    pub(crate) status: Option<Status>,
    /// How often it was started over the whole run.
    pub(crate) starts: u32,
    /// How many retries were used.
    pub(crate) retries: u32,
    /// Whether somebody was asked already.
    pub(crate) intervened: bool,
    pub(crate) action: Option<&'static str>,
    pub(crate) fault: Option<Fault>,
    /// Of a stage: the step that asked for a rollback, so that nothing new starts in any branch.
    pub(crate) stopped: Option<EntryId>,
    /// Of a group in the documented reading: the step that asked for its rollback.
    pub(crate) group_stopped: Option<EntryId>,
    /// Of a stage: which of its parts had started.
    pub(crate) provisioned: bool,
    pub(crate) executed: bool,
    /// Of a stage: whether a rollback section of it was started.
    pub(crate) rolled_back: bool,
    /// Of a stage: what its parts that have ended come to, and the types of their failures.
    pub(crate) total: Option<Status>,
    pub(crate) types: u32,
    /// Why a list of it ended before all of it had started.
    pub(crate) stopped_by: Option<StoppedBy>,
    /// Whether a barrier was faster or slower than others.
    pub(crate) race: bool,
    pub(crate) reason: String,
    /// What its condition saw, where that is wanted.
    pub(crate) seen: Option<Arc<SeenCondition>>,
}

/// Why a list ended before all of it had started.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct StoppedBy {
    pub(crate) entry: EntryId,
    pub(crate) ending: Ending,
}

/// What ended a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ending {
    /// An abort.
    Abort,
    /// A stage rollback.
    StageRollback,
    /// A pipeline rollback.
    PipelineRollback,
    /// A rollback node that failed.
    FailedRollback,
    /// What the stage needs before its steps failed.
    BeforeSteps,
}
