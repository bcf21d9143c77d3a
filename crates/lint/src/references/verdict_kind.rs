//! Which rules look at a reference: the one table from what became of it to those that handle it.

use foldhash::HashMap;
use pipewright_model::{NodeKind, SectionKind};
use pipewright_resolve::{Level, List, Member, MissingValue, NotInside, Verdict};

use super::ReferenceContext;
use super::asked::Asked;
use crate::finding::Findings;
use crate::rule_context::RuleContext;
use crate::{Rule, v1};

/// What became of a reference, as far as it decides which rules look at it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum VerdictKind {
    /// Its first name is none that an expression can start with.
    UnknownRoot,
    /// A name on the path does not exist, or names an instance that its loop does not have.
    Missing(Missing),
    /// It names a loop, but none of its instances.
    WithoutSuffix,
    /// It reads a value of a loop where no loop gives one.
    LoopValue,
    /// It reads an axis that no loop has, or a member that no value of an axis has.
    Axis,
    /// What it points at exists, but this path does not lead there.
    WrongPath,
    /// It reads from what runs at the same time.
    Parallel(Level),
    /// It reads from what has not started yet.
    Later(Level),
    /// A stage reads in its own condition what it publishes later.
    NotPublishedYet,
    /// A step reads its own output.
    SelfOutput,
    /// It reads rollback steps from other steps.
    Rollback,
    /// It reads `stepGroup` outside of every group.
    OutsideGroup,
    /// It points at a status of a node.
    Status,
    /// It points at something else that is there.
    Resolved,
    /// What it points at is not known from the files.
    NotKnown,
    /// It names something that only a run knows.
    RunTime,
    /// It begins with another word for something that is not around the reader: `step` outside of every step.
    Outside,
}

/// What is missing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Missing {
    Stage,
    /// A step or a step group.
    Step,
    Variable,
    Output,
    Setting,
    /// A member of a root, or a field of a node.
    Member,
}

impl VerdictKind {
    /// The kind of what became of a reference; `None` where nothing is known of it.
    fn of(verdict: &Verdict) -> Option<Self> {
        Some(match verdict {
            Verdict::UnknownRoot => Self::UnknownRoot,
            Verdict::Undefined(undefined) => Self::Missing(Missing::in_list(undefined.list)),
            Verdict::NoInstance(missing) if missing.suffixed => {
                Self::Missing(Missing::in_list(missing.list))
            }
            Verdict::NoInstance(_) => Self::WithoutSuffix,
            Verdict::NoLoopValue(value) => match value.missing {
                MissingValue::Axis { .. } | MissingValue::AxisMember { .. } => Self::Axis,
                MissingValue::Loop | MissingValue::Repeat | MissingValue::Named => Self::LoopValue,
            },
            Verdict::WrongPath(_) => Self::WrongPath,
            Verdict::Parallel(parallel) => Self::Parallel(parallel.between),
            Verdict::Later(later) => Self::Later(later.between),
            Verdict::NotPublishedYet(_) => Self::NotPublishedYet,
            Verdict::SelfOutput(_) => Self::SelfOutput,
            Verdict::Rollback(_) => Self::Rollback,
            Verdict::NotInside(NotInside::Node(NodeKind::StepGroup)) => Self::OutsideGroup,
            Verdict::NotInside(_) => Self::Outside,
            Verdict::Resolved(target) if target.member == Member::Status => Self::Status,
            Verdict::Resolved(_) => Self::Resolved,
            Verdict::RunTime => Self::RunTime,
            Verdict::Unknown(_) => Self::NotKnown,
            Verdict::Everywhere => return None,
        })
    }
}

impl Missing {
    const fn in_list(list: List) -> Self {
        match list {
            List::Nodes(_, SectionKind::Stages) => Self::Stage,
            List::Nodes(..) => Self::Step,
            List::Variables(_) => Self::Variable,
            List::Outputs(_) => Self::Output,
            List::Settings(_) => Self::Setting,
            List::Members(_) => Self::Member,
        }
    }
}

/// What a rule does with a reference.
type CheckReference = fn(&ReferenceContext<'_>, &mut Findings);

/// The rules that look at references, by the kinds they handle.
#[derive(Debug, Default)]
pub(crate) struct RulesByVerdict {
    handlers: HashMap<VerdictKind, Vec<(&'static Rule, CheckReference)>>,
}

impl RulesByVerdict {
    /// Adds a rule that looks at references of those kinds.
    pub(crate) fn add(
        &mut self,
        rule: &'static Rule,
        kinds: &[VerdictKind],
        check: CheckReference,
    ) {
        for kind in kinds {
            self.handlers.entry(*kind).or_default().push((rule, check));
        }
    }

    /// Gives every reference of the file, or of the part of it that is looked at, to the rules that handle it.
    pub(crate) fn run(&self, context: RuleContext<'_>, findings: &mut Findings) {
        if self.handlers.is_empty() {
            return;
        }
        let mut asked = Asked::default();
        for reference in context.references() {
            let kind = VerdictKind::of(&reference.reference.verdict);
            let handlers = kind.and_then(|kind| self.handlers.get(&kind));
            let handlers = handlers.filter(|_| !asked.about(&reference));
            let before = findings.len();
            for (rule, check) in handlers.into_iter().flatten() {
                if v1::holds(rule, reference.pipeline.version) {
                    check(&reference, findings);
                }
            }
            findings.are_about(before, || reference.subject());
        }
    }
}
