//! Which nodes run more than once, so that a suffix follows their identifier (`spec/model.md` §3.5).

use pipewright_model::{Node, NodeKind, StrategyKind};
use pipewright_yaml::{self as yaml, Tree};

/// What may be written behind an identifier to name the instance of the same turn.
pub const POSTFIX: &str = "<+strategy.identifierPostFix>";

/// Whether a node runs in instances with suffixed identifiers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Looping {
    /// It runs once, under its own identifier.
    No,
    /// It may: its strategy is a runtime input or stands in a template, or it may have several services or environments.
    Perhaps,
    /// It has a strategy.
    Surely,
}

/// Whether `node`, which was read from `tree`, runs in instances.
pub fn looping(tree: &Tree, node: &Node) -> Looping {
    if let Some(strategy) = &node.strategy {
        return match strategy.kind {
            StrategyKind::Unknown => Looping::Perhaps,
            _ => Looping::Surely,
        };
    }
    let written_behind = node
        .identifier
        .as_ref()
        .is_some_and(|identifier| identifier.text.ends_with(POSTFIX));
    if written_behind || node.template.is_some() || may_deploy_many(tree, node) {
        Looping::Perhaps
    } else {
        Looping::No
    }
}

/// Whether a stage may have several services, environments or infrastructures, each of which becomes an instance of the stage.
fn may_deploy_many(tree: &Tree, node: &Node) -> bool {
    if node.kind != NodeKind::Stage {
        return false;
    }
    let Some(spec) = tree.find(node.yaml, "spec") else {
        return false;
    };
    let several = ["services", "environments", "environmentGroup"]
        .iter()
        .any(|key| tree.find(spec, key).is_some());
    let open = ["service", "environment"]
        .iter()
        .filter_map(|key| tree.find(spec, key))
        .any(|value| is_expression(tree, value));
    let infrastructures = tree
        .find(spec, "environment")
        .and_then(|environment| tree.find(environment, "infrastructureDefinitions"));
    let several_infrastructures =
        infrastructures.is_some_and(|list| tree.items(list).len() > 1 || is_expression(tree, list));
    several || open || several_infrastructures || tree.text(spec).is_some()
}

fn is_expression(tree: &Tree, value: yaml::NodeId) -> bool {
    tree.text(value).is_some_and(|text| text.contains("<+"))
}
