//! A first file of tests for a pipeline: its distinct outcomes, each as a test with the name that a person would give.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use pipewright_jexl::Json;

use super::write::{listed, quoted};
use crate::{Chosen, Failure, Kind, Outcome, Outcomes, Plan, PlanNode, Verdict};

/// How many tests are written; a person reads them.
const MOST_TESTS: usize = 12;

/// How many stages a name tells of.
const MOST_NAMED: usize = 2;

/// A file of tests for the pipeline at a path, from what may come of it. The first test names every node, the others
/// those that end otherwise than in the first.
pub fn first_tests(path: &str, outcomes: &Outcomes) -> String {
    let mut text = format!("pipeline: {}\ntests:\n", scalar(path));
    let mut names = BTreeSet::new();
    let usual = outcomes.outcomes.first().map(|outcome| &outcome.plan);
    for outcome in outcomes.outcomes.iter().take(MOST_TESTS) {
        let is_first = usual.is_some_and(|usual| std::ptr::eq(usual, &raw const outcome.plan));
        let others = usual.filter(|_| !is_first);
        let name = unique(name_of(outcome, others), &mut names);
        // A text takes whatever is written into it.
        let _ = writeln!(text, "  - name: {}", scalar(&name));
        given(&outcome.values, &mut text);
        if let Some(failure) = &outcome.failure {
            let _ = writeln!(text, "    fail: [{}]", scalar(&failure.to_string()));
        }
        let _ = writeln!(text, "    expect:");
        for line in expected(&outcome.plan, others) {
            let _ = writeln!(text, "      {line}");
        }
    }
    let more = outcomes.outcomes.len().saturating_sub(MOST_TESTS);
    if more > 0 {
        let _ = writeln!(text, "# {more} more outcomes: pipewright plan --all");
    }
    text
}

/// `env is "prod", Canary fails: Deploy is rolled back`
fn name_of(outcome: &Outcome, usual: Option<&Plan>) -> String {
    let mut causes: Vec<String> = outcome.values.iter().map(cause).collect();
    causes.extend(outcome.failure.as_ref().map(failing));
    let effect = match usual {
        Some(usual) => effect(&outcome.plan, usual),
        None => None,
    };
    match (causes.is_empty(), effect) {
        (true, _) if outcome.plan.status == Some(crate::Status::Succeeded) => {
            "everything goes well".to_owned()
        }
        (true, _) => "nothing is given".to_owned(),
        (false, None) => causes.join(", "),
        (false, Some(effect)) => format!("{}: {effect}", causes.join(", ")),
    }
}

fn cause(chosen: &Chosen) -> String {
    let name = last(&chosen.name);
    match &chosen.value {
        _ if chosen.is_any_other => format!("{name} is anything else"),
        Json::String(text) => format!("{name} is {text}"),
        value => format!("{name} is {value}"),
    }
}

fn failing(failure: &Failure) -> String {
    format!("{} {}", last(&failure.fqn), failure.said())
}

/// What becomes of stages that does not usually.
fn effect(plan: &Plan, usual: &Plan) -> Option<String> {
    let is_stage = |node: &&PlanNode| node.kind == Kind::Stage;
    let differs =
        |node: &&PlanNode| usual.node(&node.fqn).map(|usual| usual.verdict) != Some(node.verdict);
    let stages: Vec<&PlanNode> = plan.nodes.iter().filter(is_stage).filter(differs).collect();
    let said = |node: &&PlanNode| format!("{} {}", last(&node.fqn), becomes(node.verdict));
    let said: Vec<String> = stages.iter().map(said).collect();
    match said.len() {
        0 => None,
        1..=MOST_NAMED => Some(said.join(", ")),
        count => Some(format!(
            "{}, {} more stages end otherwise",
            said[0],
            count - 1
        )),
    }
}

/// A verdict as a person says it.
const fn becomes(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Runs => "runs",
        Verdict::Skipped => "is skipped",
        Verdict::Unknown => "is unknown",
        Verdict::Failed => "fails",
        Verdict::Ignored => "fails and is ignored",
        Verdict::Aborted => "is aborted",
        Verdict::RolledBack => "is rolled back",
        Verdict::NotReached => "is not reached",
    }
}

fn last(fqn: &str) -> &str {
    fqn.rsplit('.').next().unwrap_or(fqn)
}

/// A name that no test before has.
fn unique(name: String, names: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name} ({number})"));
    let mut candidates = std::iter::once(name.clone()).chain(numbered);
    let free = candidates.find(|candidate| !names.contains(candidate));
    let free = free.unwrap_or(name);
    names.insert(free.clone());
    free
}

fn given(values: &[Chosen], text: &mut String) {
    if values.is_empty() {
        return;
    }
    let _ = writeln!(text, "    given:");
    for Chosen { name, value, .. } in values {
        let value = match value {
            Json::String(text) => scalar(text),
            value => value.to_string(),
        };
        let _ = writeln!(text, "      {}: {value}", scalar(name));
    }
}

/// The nodes of a plan by their verdicts, those aside that end as in another plan.
fn expected(plan: &Plan, usual: Option<&Plan>) -> Vec<String> {
    let usual: BTreeMap<&str, Verdict> = match usual {
        Some(usual) => usual
            .nodes
            .iter()
            .map(|node| (node.fqn.as_str(), node.verdict))
            .collect(),
        None => BTreeMap::new(),
    };
    let lines = listed(plan, &|node| {
        usual.get(node.fqn.as_str()) != Some(&node.verdict)
    });
    match (lines.is_empty(), plan.status) {
        // It differs in a status only.
        (true, Some(status)) => vec![format!("status: {{ pipeline: {} }}", status.as_str())],
        _ => lines,
    }
}

/// A text of YAML, in quotes where it would be something else without.
fn scalar(text: &str) -> String {
    const WORDS: [&str; 8] = ["true", "false", "null", "yes", "no", "on", "off", "nan"];
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./()".contains(c);
    let starts_plain = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_word = WORDS.contains(&text.to_ascii_lowercase().as_str());
    let has_spaces = text.starts_with(' ') || text.ends_with(' ') || text.contains("  ");
    if starts_plain && !is_word && !has_spaces && text.chars().all(|c| is_plain(c) || c == ' ') {
        return text.to_owned();
    }
    quoted(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_no_text_is_in_quotes() {
        for plain in ["prod", "env is prod", "pipeline.variables.env", "a-b_c"] {
            assert_eq!(scalar(plain), plain);
        }
        for other in [
            "", "true", "No", "1", "1.5", "a: b", "a, b", "a #b", "[a]", " a", "ä", "~", "a\nb",
            "a\\\"b",
        ] {
            assert!(scalar(other).starts_with('"'), "{other:?}");
            let read = pipewright_context::yaml_values(&format!("x: {}", scalar(other)));
            let read = read.unwrap();
            assert_eq!(read.get("x").and_then(Json::as_str), Some(other));
        }
    }
}
