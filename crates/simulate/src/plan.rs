//! What would run: one node after the other, with what becomes of it and why.

use std::sync::Arc;

use pipewright_model::FailureType;
use pipewright_source::Span;

use crate::{SeenCondition, Status};

/// What would run.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Plan {
    /// How the run ends; `None` where that rests on something unknown.
    pub status: Option<Status>,
    /// The pipeline, then every node below it in the order in which they start (`spec/plan.md` §1.6).
    pub nodes: Vec<PlanNode>,
    /// What else there is to say, a sentence each.
    pub notes: Vec<String>,
}

impl Plan {
    /// The node of a fully qualified name.
    pub fn node(&self, fqn: &str) -> Option<&PlanNode> {
        self.nodes.iter().find(|node| node.fqn == fqn)
    }

    /// The name of the node at a place as it is written, without the suffixes of the turns it stands in.
    ///
    /// # Panics
    /// Where there is no such place.
    pub fn written_name(&self, place: usize) -> String {
        let mut name = String::new();
        // From the node outwards: what each adds to the name of the one around it.
        let mut parts = Vec::new();
        let mut at = place;
        while let Some(parent) = self.nodes[at].parent {
            let (around, node) = (&self.nodes[parent], &self.nodes[at]);
            if around.kind != Kind::Loop {
                parts.push(node.fqn.strip_prefix(&around.fqn).unwrap_or(&node.fqn));
            }
            at = parent;
        }
        name.push_str(&self.nodes[at].fqn);
        name.extend(parts.into_iter().rev());
        name
    }
}

/// A node, and what becomes of it.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct PlanNode {
    /// Its fully qualified name, with the suffixes of the turns it stands in.
    pub fqn: String,
    /// The place of the node around it among the nodes of the plan.
    pub parent: Option<usize>,
    /// The place of its item in the lists of the node around it: members of a parallel block share it, as do the turns
    /// of a loop.
    pub item: usize,
    /// What it is.
    pub kind: Kind,
    /// What becomes of it.
    pub verdict: Verdict,
    /// The engine's status; `None` where the node has no record, and where the verdict is unknown.
    pub status: Option<Status>,
    /// Why, in one sentence.
    pub reason: String,
    /// The predicate that decides whether it runs.
    pub condition: Option<String>,
    /// The names that would decide an unknown verdict, sorted.
    pub needs: Vec<String>,
    /// The action of a failure strategy, or of somebody who intervened, that decided about its last record.
    pub action: Option<&'static str>,
    /// How many records were started for it, one more with each retry.
    pub attempts: u32,
    /// The type of its last record's failure, also if it was ignored.
    pub error_type: Option<Fault>,
    /// The outermost node around it that was skipped.
    pub within: Option<String>,
    /// Whether the verdict rests on which of several branches is faster.
    pub race: bool,
    /// Whether it stands below a rollback section.
    pub rollback: bool,
    /// The verdict in the documented reading, where that differs.
    pub documented: Option<Verdict>,
    /// What its condition saw, in a plan in detail ([`Given::in_detail`](crate::Given)); `None` where it was not asked.
    pub seen: Option<Arc<SeenCondition>>,
    /// Where it is written.
    pub span: Span,
}

/// The kinds of nodes in a plan.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Kind {
    /// The whole.
    Pipeline,
    /// A stage, or a turn of one.
    Stage,
    /// A step group, or a turn of one.
    Group,
    /// A step, or a turn of one.
    Step,
    /// What loops, around its turns.
    Loop,
}

impl Kind {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pipeline => "pipeline",
            Self::Stage => "stage",
            Self::Group => "group",
            Self::Step => "step",
            Self::Loop => "loop",
        }
    }
}

/// What becomes of a node (`spec/plan.md` §1.6).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[non_exhaustive]
pub enum Verdict {
    /// It runs, and what it does succeeds.
    Runs,
    /// Its condition leaves it out.
    Skipped,
    /// That rests on values that are not given.
    Unknown,
    /// It fails.
    Failed,
    /// It fails, and that is ignored.
    Ignored,
    /// It is aborted.
    Aborted,
    /// Its rollback section runs.
    RolledBack,
    /// The run does not come there.
    NotReached,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 8] = [
        Self::Runs,
        Self::Skipped,
        Self::Unknown,
        Self::Failed,
        Self::Ignored,
        Self::Aborted,
        Self::RolledBack,
        Self::NotReached,
    ];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Runs => "runs",
            Self::Skipped => "skipped",
            Self::Unknown => "unknown",
            Self::Failed => "failed",
            Self::Ignored => "ignored",
            Self::Aborted => "aborted",
            Self::RolledBack => "rolled-back",
            Self::NotReached => "not-reached",
        }
    }
}

/// In which way something fails.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Fault {
    /// With a type that failure strategies may name.
    Type(FailureType),
    /// By a deployment freeze, which no strategy takes note of.
    FreezeActive,
}

impl Fault {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Type(kind) => kind.as_str(),
            Self::FreezeActive => "FreezeActive",
        }
    }

    /// The fault of that name, letter case aside; `AllErrors` is no fault.
    pub fn named(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("FreezeActive") {
            return Some(Self::FreezeActive);
        }
        let kind = FailureType::named(name)?;
        (kind != FailureType::AllErrors).then_some(Self::Type(kind))
    }

    /// That something fails so, behind what it is: `fails with Timeout`. The default type goes without saying.
    pub fn said(self) -> String {
        match self {
            Self::Type(FailureType::Unknown) => "fails".to_owned(),
            other => format!("fails with {}", other.as_str()),
        }
    }

    /// The status of what fails so (`spec/plan.md` §3.2).
    pub(crate) const fn status(self) -> Status {
        match self {
            Self::Type(FailureType::Timeout | FailureType::InputTimeoutError) => Status::Expired,
            Self::Type(FailureType::ApprovalRejection) => Status::ApprovalRejected,
            Self::Type(_) => Status::Failed,
            Self::FreezeActive => Status::FreezeFailed,
        }
    }
}
