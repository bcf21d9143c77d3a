//! Which action a failure leads to: the lists of a stage, its groups and its steps laid over each other
//! (`spec/plan.md` §3.1).

mod action;
mod fates;
mod list;
mod starts;
mod wrong;

use pipewright_model::{
    ActionKind, FailureAction, FailureStrategies, FailureType, NodeId, NodeKind, Pipeline,
};

pub(crate) use action::{Answer, is_same_action, word};
pub use fates::{Fate, fates};
pub(crate) use list::Table;
pub use starts::{RollbackStarts, actions_of};
pub use wrong::{ActionPlace, WrongStrategy, wrong_strategies};

use crate::Reading;

/// How many groups around a step are asked.
const MAX_GROUPS: usize = 5;

/// The action for a type of failure, and where it is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chosen<'p> {
    pub(crate) action: &'p FailureAction,
    /// The stage, group or step whose list has it.
    pub(crate) level: NodeId,
}

/// The lists around a node.
struct Lists<'p> {
    pipeline: &'p Pipeline,
    node: NodeId,
}

impl<'p> Lists<'p> {
    fn of(&self, node: NodeId) -> Option<(NodeId, &'p FailureStrategies)> {
        let strategies = self.pipeline.node(node).failure_strategies.as_ref()?;
        strategies.entries.is_closed().then_some((node, strategies))
    }

    /// The nodes around the step whose lists it has part in: those inside the rollback section it stands in, or all.
    fn around(&self) -> impl Iterator<Item = NodeId> {
        let pipeline = self.pipeline;
        let is_outside = |inner: NodeId| {
            let section = pipeline.node(inner).section;
            section.is_some_and(pipewright_model::SectionKind::is_rollback)
        };
        let mut inner = Some(self.node);
        std::iter::from_fn(move || {
            let at = inner?;
            let outer = pipeline.node(at).parent.filter(|_| !is_outside(at))?;
            inner = Some(outer);
            Some(outer)
        })
    }

    /// The lists of the groups around the step, the innermost first.
    fn groups(&self) -> impl Iterator<Item = (NodeId, &'p FailureStrategies)> {
        let is_group = |node: &NodeId| self.pipeline.node(*node).kind == NodeKind::StepGroup;
        let groups = self.around().filter(is_group).take(MAX_GROUPS);
        groups.filter_map(|group| self.of(group))
    }

    fn stage(&self) -> Option<(NodeId, &'p FailureStrategies)> {
        let mut around = self.around();
        let stage = around.find(|node| self.pipeline.node(*node).kind == NodeKind::Stage)?;
        self.of(stage)
    }
}

/// The actions for the failures of a step, or of a stage that runs another pipeline.
pub(crate) fn table_of(pipeline: &Pipeline, node: NodeId, reading: Reading) -> Table<'_> {
    let lists = Lists { pipeline, node };
    let own = lists.of(node);
    if pipeline.node(node).kind == NodeKind::Stage {
        return Table::of(own);
    }
    if reading == Reading::Documented {
        // The nearest list alone counts.
        let nearest = own
            .or_else(|| lists.groups().next())
            .or_else(|| lists.stage());
        return Table::of(nearest);
    }
    let stage = Table::of(lists.stage());
    let groups = Table::of(lists.groups());
    stage.under(&groups).under(&Table::of(own))
}

/// The repetition of a group for the failure types of its content, from its own list or that of its stage.
pub(crate) fn repetition_of(
    pipeline: &Pipeline,
    group: NodeId,
    types: u32,
) -> Option<(u32, NodeId)> {
    let lists = Lists {
        pipeline,
        node: group,
    };
    let stage = Table::of(lists.stage());
    let table = stage.under(&Table::of(lists.of(group)));
    let mut kinds = FailureType::ALL
        .into_iter()
        .filter(|kind| types & bit(*kind) != 0);
    kinds.find_map(|kind| {
        let chosen = table.get(kind)?;
        match &chosen.action.kind {
            ActionKind::RetryStepGroup(retry) => {
                let count = retry.count.as_ref()?.number?;
                Some((count, chosen.level))
            }
            _ => None,
        }
    })
}

/// A type of failure in a set of them.
pub(crate) const fn bit(kind: FailureType) -> u32 {
    1 << kind as u32
}
