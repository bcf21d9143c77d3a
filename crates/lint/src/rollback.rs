//! Which stages roll back, and where what asks for it is not read (`spec/plan.md` §4).

use pipewright_model::Node;

use crate::rule_context::RuleContext;

/// Whether a stage can roll back; `None` where its type is not known.
pub(crate) fn can_roll_back(stage: &Node) -> Option<bool> {
    let type_name = stage.type_text();
    if stage.template.is_some() || type_name.is_empty() || type_name.contains("<+") {
        return None;
    }
    Some(pipewright_simulate::can_roll_back(type_name))
}

/// Whether failure strategies stand in the `spec` of a node, where they are not read: `unknown-spec-key` says so, and
/// what is missing then is its echo.
pub(crate) fn are_in_spec(context: RuleContext<'_>, node: &Node) -> bool {
    let tree = context.tree();
    let spec = tree.find(node.yaml, "spec");
    spec.is_some_and(|spec| tree.find(spec, "failureStrategies").is_some())
}
