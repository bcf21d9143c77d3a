//! What holds of every plan, over the scenarios of `data/plan/drawn.jsonl`.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use pipewright_analysis::{Prepared, Snapshot};
use pipewright_context as context;
use pipewright_simulate::{Given, Kind, Plan, Verdict, plan};
use serde_json::Value as Json;

/// The scenarios: their names and pipelines.
fn drawn() -> Vec<(String, Json)> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/plan/drawn.jsonl");
    let text = fs::read_to_string(file).unwrap();
    let cases = text.lines().map(|line| {
        let case: Json = serde_json::from_str(line).unwrap();
        let yaml = case["yaml"].as_str().unwrap();
        let name = case["name"].as_str().unwrap().to_owned();
        (name, serde_json::from_str(yaml).unwrap())
    });
    cases.collect()
}

fn prepared(text: &str) -> Arc<Prepared> {
    let mut snapshot = Snapshot::default();
    let file = snapshot.set_text("pipeline.yaml", text);
    snapshot.prepared(file, 0, &[]).expect("a pipeline")
}

fn run(prepared: &Prepared, given: &Given) -> Plan {
    plan(prepared, given).unwrap()
}

/// Gives every name that decides something a value, until none is left.
fn decided(prepared: &Prepared, value: &str) -> (Given, Plan) {
    let mut given = Given::default();
    loop {
        let made = run(prepared, &given);
        let needs: BTreeSet<&String> = made.nodes.iter().flat_map(|node| &node.needs).collect();
        if needs.is_empty() {
            return (given, made);
        }
        let mut values = std::mem::take(&mut given.values);
        for name in needs {
            values.insert(name, value.into());
        }
        given = Given::from(values);
    }
}

/// What a plan comes to.
fn look(plan: &Plan) -> Vec<(&str, Verdict, Option<&'static str>)> {
    let nodes = plan.nodes.iter();
    let look = nodes.map(|node| {
        let status = node.status.map(pipewright_simulate::Status::as_str);
        (node.fqn.as_str(), node.verdict, status)
    });
    look.collect()
}

#[test]
fn what_is_needed_decides_and_nothing_is_unknown_then() {
    for (name, pipeline) in drawn() {
        let prepared = prepared(&pipeline.to_string());
        for value in ["yes", "no"] {
            let (_, made) = decided(&prepared, value);
            for node in &made.nodes {
                assert_ne!(node.verdict, Verdict::Unknown, "{name}: {}", node.fqn);
            }
        }
    }
}

#[test]
fn a_name_that_is_not_needed_changes_no_verdict() {
    for (name, pipeline) in drawn() {
        let prepared = prepared(&pipeline.to_string());
        let made = run(&prepared, &Given::default());
        for variable in pipeline["pipeline"]["variables"]
            .as_array()
            .into_iter()
            .flatten()
        {
            let fqn = format!("pipeline.variables.{}", variable["name"].as_str().unwrap());
            if variable["value"] != "<+input>" {
                continue;
            }
            let mut values = context::Given::default();
            values.insert(&fqn, "no".into());
            let with = run(&prepared, &Given::from(values));
            for (node, with) in made.nodes.iter().zip(with_order(&made, &with)) {
                if !node.needs.contains(&fqn) {
                    let (verdict, with) = (node.verdict, with.verdict);
                    assert_eq!(verdict, with, "{name}: {} with {fqn}", node.fqn);
                }
            }
        }
    }
}

/// The nodes of another plan of the pipeline in the order of the first.
fn with_order<'p>(first: &Plan, other: &'p Plan) -> Vec<&'p pipewright_simulate::PlanNode> {
    let nodes = first.nodes.iter();
    nodes.map(|node| other.node(&node.fqn).unwrap()).collect()
}

#[test]
fn the_failure_of_what_does_not_run_changes_nothing() {
    let mut tried = 0;
    for (name, pipeline) in drawn() {
        let prepared = prepared(&pipeline.to_string());
        let (given, made) = decided(&prepared, "no");
        let steps = made.nodes.iter().filter(|node| node.kind == Kind::Step);
        for step in steps.filter(|step| step.attempts == 0) {
            let failing = run(&prepared, &given.clone().fail(&*step.fqn));
            assert_eq!(look(&made), look(&failing), "{name}: {}", step.fqn);
            tried += 1;
        }
    }
    assert!(tried > 100, "only {tried} steps do not run");
}

#[test]
fn a_failure_makes_nothing_run_that_waits_for_success() {
    let mut tried = 0;
    for (name, pipeline) in drawn() {
        let prepared = prepared(&pipeline.to_string());
        let (given, made) = decided(&prepared, "yes");
        let steps = made.nodes.iter().filter(|node| node.kind == Kind::Step);
        for step in steps.filter(|step| step.attempts > 0).take(4) {
            let failing = run(&prepared, &given.clone().fail(&*step.fqn));
            for (before, after) in made.nodes.iter().zip(with_order(&made, &failing)) {
                let condition = before.condition.as_deref().unwrap_or_default();
                let waits = condition.starts_with("<+OnStageSuccess>")
                    || condition.starts_with("<+OnPipelineSuccess>");
                if waits && !before.rollback && before.attempts == 0 {
                    // What is around it may only start after a failure, and then it is the first time that it is asked.
                    let starts = after.attempts > 0 && around_ran(&made, before.parent);
                    assert!(!starts, "{name}: {} after {}", before.fqn, step.fqn);
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 100, "only {tried} nodes wait");
}

fn around_ran(plan: &Plan, parent: Option<usize>) -> bool {
    parent.is_none_or(|parent| plan.nodes[parent].attempts > 0)
}

#[test]
fn the_order_of_keys_changes_nothing() {
    for (name, pipeline) in drawn() {
        let one = prepared(&pipeline.to_string());
        let mut other = String::new();
        write_reversed(&pipeline, 0, &mut other);
        let other = prepared(&other);
        let (one, other) = (run(&one, &Given::default()), run(&other, &Given::default()));
        assert_eq!(look(&one), look(&other), "{name}");
    }
}

#[test]
fn what_is_not_followed_is_noted() {
    let text = "pipeline:
  identifier: p
  stages:
    - stage:
        identifier: A
        type: Custom
        failureStrategies:
          - onFailure: { errors: [AllErrors], action: { type: PipelineRollback, spec: { failAll: true } } }
        spec: { execution: { steps: [{ step: { identifier: a, type: Wait } }] } }
";
    let prepared = prepared(text);
    let note = "`failAll` of the pipeline rollback is not followed";
    let step = "pipeline.stages.A.spec.execution.steps.a";
    assert_eq!(run(&prepared, &Given::default().fail(step)).notes, [note]);
    assert!(run(&prepared, &Given::default()).notes.is_empty());
}

/// Block style, with the keys of each mapping in reverse order and texts in quotes.
fn write_reversed(value: &Json, indent: usize, out: &mut String) {
    let blanks = " ".repeat(indent);
    match value {
        Json::Object(members) if !members.is_empty() => {
            for (key, value) in members.iter().rev() {
                write!(out, "\n{blanks}{key}:").expect("texts take all");
                write_reversed(value, indent + 2, out);
            }
        }
        Json::Array(items) if !items.is_empty() => {
            for item in items {
                write!(out, "\n{blanks}-").expect("texts take all");
                write_reversed(item, indent + 2, out);
            }
        }
        Json::String(text) => {
            write!(out, " '{}'", text.replace('\'', "''")).expect("texts take all");
        }
        other => write!(out, " {other}").expect("texts take all"),
    }
}
