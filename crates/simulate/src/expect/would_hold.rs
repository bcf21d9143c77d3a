//! What would hold in the place of expectations: the same names, with what came.

use std::collections::BTreeSet;

use pipewright_jexl::Json;

use super::case::{Expect, Test};
use super::compare::{Came, Evaluation, text_of};
use super::read::key_of;
use super::write::{expectations_of, quoted};
use crate::{Plan, PlanError, Verdict};

/// What would hold, as the content of `expect`: lines without indentation. What nobody can expect, such as a value that
/// is not known or a node that there is not, is left out; where nothing is left, every node is named.
pub(super) fn would_hold(
    test: &Test,
    plan: Result<&Plan, &PlanError>,
    evaluation: Evaluation<'_>,
    findings: Option<&BTreeSet<String>>,
) -> Vec<String> {
    let Ok(plan) = plan else {
        return expectations_of(plan);
    };
    let expect = &test.expect;
    let mut lines = verdicts(expect, plan);
    let statuses = expect.statuses.iter().filter_map(|(name, _)| {
        let status = plan.node(&name.text)?.status?;
        Some((name.text.as_str(), status.as_str().to_owned()))
    });
    mapping("status", statuses, &mut lines);
    let values = expect.values.iter().filter_map(|(of, _)| {
        let value = match evaluation.value(test.at.as_ref(), &of.text) {
            Came::Value(value) => value.to_json().ok()?,
            Came::Error(message) => Json::object([("error", message.into())]),
            Came::Unknown(_) | Came::Nowhere(_) => return None,
        };
        Some((of.text.as_str(), value.to_string()))
    });
    mapping("values", values, &mut lines);
    let rendered = expect.rendered.iter().filter_map(|(of, _)| {
        let Came::Value(value) = evaluation.rendered(&of.text) else {
            return None;
        };
        Some((of.text.as_str(), quoted(&text_of(&value)?)))
    });
    mapping("rendered", rendered, &mut lines);
    if let Some(findings) = findings {
        let rules: Vec<&str> = findings.iter().map(String::as_str).collect();
        lines.push(format!("findings: [{}]", rules.join(", ")));
    }
    if lines.is_empty() {
        return expectations_of(Ok(plan));
    }
    lines
}

/// The nodes that are named, by what became of them.
fn verdicts(expect: &Expect, plan: &Plan) -> Vec<String> {
    let mut lines = Vec::new();
    for verdict in Verdict::ALL {
        let mut named: Vec<&str> = Vec::new();
        for (_, name) in &expect.verdicts {
            let node = plan.node(&name.text);
            let is_so = node.is_some_and(|node| node.verdict == verdict);
            if is_so && !named.contains(&name.text.as_str()) {
                named.push(&name.text);
            }
        }
        if !named.is_empty() {
            lines.push(format!("{}:", key_of(verdict)));
            lines.extend(named.into_iter().map(|name| format!("  - {name}")));
        }
    }
    lines
}

fn mapping<'n>(
    key: &str,
    entries: impl Iterator<Item = (&'n str, String)>,
    lines: &mut Vec<String>,
) {
    let entries = entries.map(|(name, value)| format!("  {}: {value}", quoted(name)));
    let entries: Vec<String> = entries.collect();
    if !entries.is_empty() {
        lines.push(format!("{key}:"));
        lines.extend(entries);
    }
}
