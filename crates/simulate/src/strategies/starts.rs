//! What may start the rollback of stages, as far as that is written (`spec/plan.md` §4.2, §4.5).

use std::collections::HashSet;

use pipewright_model::{ActionKind, FailureAction, Listed, Node, NodeId, NodeKind, Pipeline};

/// The stages whose rollback something may start.
#[derive(Clone, Debug, Default)]
pub struct RollbackStarts {
    /// Whether something rolls back the whole pipeline, or a stage may hold more than is written.
    all: bool,
    /// The stages with an action that rolls back, in them or inside, or of which more may come.
    stages: HashSet<NodeId>,
}

impl RollbackStarts {
    /// Looks through the failure strategies of a pipeline. An expression or a template in place of some, and an action
    /// that is none, may stand for one that rolls back, and somebody who intervenes may choose one.
    pub fn of(pipeline: &Pipeline) -> Self {
        let mut starts = Self::default();
        for id in pipeline.ids() {
            let node = pipeline.node(id);
            let actions = actions_of(node);
            let is_open = are_open(node) || node.template.is_some();
            starts.all |= actions.iter().any(|action| rolls_back_all(action));
            starts.all |= node.kind == NodeKind::Stage && is_open;
            if is_open || actions.iter().any(|action| rolls_back(action)) {
                let stage = pipeline.enclosing(id, NodeKind::Stage);
                starts.stages.extend(stage);
            }
        }
        starts
    }

    /// Whether something may start the rollback of a stage.
    pub fn contains(&self, stage: NodeId) -> bool {
        self.all || self.stages.contains(&stage)
    }
}

/// Every action of a node's failure strategies, with those behind them.
pub fn actions_of(node: &Node) -> Vec<&FailureAction> {
    let strategies = node.failure_strategies.iter();
    let entries = strategies.flat_map(|strategies| strategies.entries.items());
    let mut actions = Vec::new();
    for entry in entries {
        let mut next = entry.action.as_ref();
        while let Some(action) = next {
            actions.push(action);
            next = match &action.kind {
                ActionKind::Retry(retry) => retry.on_retry_failure.as_ref(),
                ActionKind::ManualIntervention(wait) => wait.on_timeout.as_ref(),
                _ => None,
            };
        }
    }
    actions
}

const fn rolls_back(action: &FailureAction) -> bool {
    matches!(
        action.kind,
        ActionKind::StageRollback | ActionKind::ManualIntervention(_) | ActionKind::Unknown
    )
}

const fn rolls_back_all(action: &FailureAction) -> bool {
    matches!(action.kind, ActionKind::PipelineRollback)
}

/// Whether the node's failure strategies are a text such as `<+input>`.
fn are_open(node: &Node) -> bool {
    let strategies = node.failure_strategies.as_ref();
    strategies.is_some_and(|strategies| matches!(strategies.entries, Listed::Open(_)))
}
