//! Expectations as YAML, from what comes.

use std::fmt::Write as _;

use super::read::key_of;
use crate::{Kind, Plan, PlanError, Verdict};

/// What a plan comes to, as the content of `expect`: lines without indentation.
pub fn expectations_of(plan: Result<&Plan, &PlanError>) -> Vec<String> {
    let plan = match plan {
        Ok(plan) => plan,
        Err(error) => return vec![format!("error: {}", quoted(&error.to_string()))],
    };
    let mut lines = Vec::new();
    for verdict in Verdict::ALL {
        let nodes = plan.nodes.iter().filter(|node| node.verdict == verdict);
        let named: Vec<&str> = nodes.map(|node| node.fqn.as_str()).collect();
        if !named.is_empty() {
            lines.push(format!("{}:", key_of(verdict)));
            lines.extend(named.into_iter().map(|name| format!("  - {name}")));
        }
    }
    lines
}

/// A first file of tests for a pipeline at a path: what comes with nothing given, and with the first step failing.
pub fn first_tests(path: &str, usual: &Plan, failing: impl Fn(&str) -> Option<Plan>) -> String {
    let mut text = format!("pipeline: {}\ntests:\n", quoted(path));
    add(&mut text, "everything succeeds", None, usual);
    let first = usual
        .nodes
        .iter()
        .find(|node| node.kind == Kind::Step && node.attempts > 0);
    if let Some(step) = first
        && let Some(plan) = failing(&step.fqn)
    {
        add(&mut text, "the first step fails", Some(&step.fqn), &plan);
    }
    text
}

fn add(text: &mut String, name: &str, failing: Option<&str>, plan: &Plan) {
    // A text takes whatever is written into it.
    let _ = writeln!(text, "  - name: {name}");
    if let Some(failing) = failing {
        let _ = writeln!(text, "    fail: [{failing}]");
    }
    let _ = writeln!(text, "    expect:");
    for line in expectations_of(Ok(plan)) {
        let _ = writeln!(text, "      {line}");
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
