//! What rolls back, and what asks for it (`spec/plan.md` §4).

use pipewright_model::{ActionKind, FailureAction, Listed, Node};

use crate::rule_context::RuleContext;

/// Whether a stage can roll back; `None` where its type is not known.
pub(crate) fn can_roll_back(stage: &Node) -> Option<bool> {
    let type_name = stage.type_text();
    if stage.template.is_some() || type_name.is_empty() || type_name.contains("<+") {
        return None;
    }
    Some(pipewright_simulate::can_roll_back(type_name))
}

/// Every action of the node's failure strategies, with those behind them.
pub(crate) fn actions_in(node: &Node) -> Vec<&FailureAction> {
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

/// Whether the node's failure strategies are a text such as `<+input>`.
pub(crate) fn are_open(node: &Node) -> bool {
    let strategies = node.failure_strategies.as_ref();
    strategies.is_some_and(|strategies| matches!(strategies.entries, Listed::Open(_)))
}

/// Whether failure strategies stand in the `spec` of a node, where they are not read: `unknown-spec-key` says so, and
/// what is missing then is its echo.
pub(crate) fn are_in_spec(context: RuleContext<'_>, node: &Node) -> bool {
    let tree = context.tree();
    let spec = tree.find(node.yaml, "spec");
    spec.is_some_and(|spec| tree.find(spec, "failureStrategies").is_some())
}
