//! Expectations as YAML, from what comes.

use super::read::key_of;
use crate::{Plan, PlanError, PlanNode, Verdict};

/// What a plan comes to, as the content of `expect`: lines without indentation.
pub(super) fn expectations_of(plan: Result<&Plan, &PlanError>) -> Vec<String> {
    match plan {
        Ok(plan) => listed(plan, &|_| true),
        Err(error) => vec![format!("error: {}", quoted(&error.to_string()))],
    }
}

/// Nodes of a plan by their verdicts, as lists.
pub(super) fn listed(plan: &Plan, wanted: &dyn Fn(&PlanNode) -> bool) -> Vec<String> {
    let mut lines = Vec::new();
    for verdict in Verdict::ALL {
        let nodes = plan.nodes.iter().filter(|node| node.verdict == verdict);
        let named: Vec<&str> = nodes
            .filter(|node| wanted(node))
            .map(|node| node.fqn.as_str())
            .collect();
        if !named.is_empty() {
            lines.push(format!("{}:", key_of(verdict)));
            lines.extend(named.into_iter().map(|name| format!("  - {name}")));
        }
    }
    lines
}

/// A text of YAML in quotes, on one line.
pub(super) fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", escaped.replace('\n', "\\n"))
}
