//! What would run: worked scenarios, one a line of `data/plan/*.jsonl`.
//!
//! A case holds a pipeline (`yaml`), what is `given`, and what is expected: the verdicts of all nodes with a record,
//! statuses, the names that would decide what is unknown, races, and the documented reading where it differs.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use pipewright_analysis::Snapshot;
use pipewright_context as context;
use pipewright_jexl::Json as Value;
use pipewright_simulate::{
    Failure, Generation, Given, Plan, PlanError, PlanNode, Reading, Verdict, plan,
};
use serde_json::Value as Json;

/// The cases that do not agree yet, by name.
const OPEN: &[&str] = &[];

#[test]
fn the_scenarios_come_out_as_worked() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/plan");
    let mut files: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"))
        .collect();
    files.sort();
    let texts: Vec<String> = files
        .iter()
        .map(|file| fs::read_to_string(file).unwrap())
        .collect();
    let lines: Vec<&str> = texts.iter().flat_map(|text| text.lines()).collect();
    assert!(lines.len() >= 153, "only {} cases were found", lines.len());
    let mut wrong = Vec::new();
    let mut agreed = BTreeSet::new();
    for line in &lines {
        let case: Json = serde_json::from_str(line).expect("every line is a case");
        let name = case["name"].as_str().unwrap().to_owned();
        let differences = differences(&case);
        if differences.is_empty() {
            agreed.insert(name);
        } else if !OPEN.contains(&&*name) {
            wrong.push(format!("{name}\n  {}", differences.join("\n  ")));
        }
    }
    let settled: Vec<_> = OPEN.iter().filter(|name| agreed.contains(**name)).collect();
    assert!(settled.is_empty(), "these agree now: {settled:#?}");
    assert!(
        wrong.is_empty(),
        "{} of {} agree\n\n{}",
        agreed.len(),
        lines.len(),
        wrong.join("\n\n")
    );
}

fn plan_of(case: &Json) -> Result<Plan, PlanError> {
    let mut snapshot = Snapshot::default();
    let file = snapshot.set_text("pipeline.yaml", case["yaml"].as_str().unwrap());
    let prepared = snapshot.prepared(file, 0, &[]).expect("a pipeline");
    plan(&prepared, &given(&case["given"]))
}

fn given(of: &Json) -> Given {
    let mut values = match &of["context"] {
        Json::Null => context::Given::default(),
        object => context::Given::of(Arc::new(Value::read(&object.to_string()).unwrap())),
    };
    for (name, value) in of["set"].as_object().into_iter().flatten() {
        values.insert(name, Value::read(&value.to_string()).unwrap());
    }
    let mut given = Given::from(values);
    for (fqn, failure) in of["fail"].as_object().into_iter().flatten() {
        let kind = failure
            .as_str()
            .or(failure["type"].as_str())
            .unwrap_or("Unknown");
        let mut failing = Failure::new(fqn).fault(kind);
        if let Some(attempts) = failure["attempts"].as_u64() {
            failing = failing.attempts(u32::try_from(attempts).unwrap());
        }
        given = given.failure(failing);
    }
    for (fqn, action) in of["intervene"].as_object().into_iter().flatten() {
        given
            .interventions
            .push((fqn.clone(), action.as_str().unwrap().to_owned()));
    }
    let skipped = of["skip_stages"].as_array().into_iter().flatten();
    given.skip_stages = skipped
        .map(|stage| stage.as_str().unwrap().to_owned())
        .collect();
    if of["profile"] == "2023" {
        given.engine = Generation::Of2023;
    }
    if of["reading"] == "documented" {
        given.reading = Reading::Documented;
    }
    given
}

fn differences(case: &Json) -> Vec<String> {
    let expect = case["expect"].as_object().unwrap();
    let plan = match (plan_of(case), expect.contains_key("error")) {
        (Err(PlanError::Refused(_)), true) => return Vec::new(),
        (Err(error), _) => return vec![format!("refused: {error}")],
        (Ok(_), true) => return vec!["is not refused".to_owned()],
        (Ok(plan), false) => plan,
    };
    let mut found = Vec::new();
    for (fqn, verdict) in expect {
        compare(&plan, fqn, verdict, &mut found, |node| {
            node.verdict.as_str().to_owned()
        });
    }
    for node in &plan.nodes {
        let is_expected = expect.contains_key(&node.fqn);
        if !is_expected && node.verdict != Verdict::NotReached {
            found.push(format!(
                "{}: unexpected, {}",
                node.fqn,
                node.verdict.as_str()
            ));
        }
        assert!(!node.reason.is_empty(), "{} has a reason", node.fqn);
    }
    for (fqn, status) in case["status"].as_object().into_iter().flatten() {
        compare(&plan, fqn, status, &mut found, |node| {
            node.status
                .map_or("null", |status| status.as_str())
                .to_owned()
        });
    }
    for (fqn, verdict) in case["documented"].as_object().into_iter().flatten() {
        compare(&plan, fqn, verdict, &mut found, |node| {
            node.documented.unwrap_or(node.verdict).as_str().to_owned()
        });
    }
    let needs = case["needs"].as_object().into_iter().flatten();
    for (fqn, names) in needs {
        let names = names
            .as_array()
            .unwrap()
            .iter()
            .map(|name| name.as_str().unwrap());
        let names = names.collect::<Vec<_>>().join(" ");
        compare(&plan, fqn, &names.into(), &mut found, |node| {
            node.needs.join(" ")
        });
    }
    let mut racing = plan
        .nodes
        .iter()
        .filter(|node| node.race)
        .map(|node| &*node.fqn);
    match &case["race"] {
        Json::Null => found.extend(racing.map(|fqn| format!("{fqn}: races"))),
        Json::Array(names) => {
            let names: BTreeSet<&str> = names.iter().map(|name| name.as_str().unwrap()).collect();
            let racing: BTreeSet<&str> = racing.collect();
            if names != racing {
                found.push(format!("{racing:?} race, not {names:?}"));
            }
        }
        _ if racing.next().is_none() => found.push("nothing races".to_owned()),
        _ => {}
    }
    found
}

fn compare(
    plan: &Plan,
    fqn: &str,
    expected: &Json,
    found: &mut Vec<String>,
    got: impl Fn(&PlanNode) -> String,
) {
    let expected = expected.as_str().unwrap();
    match plan.node(fqn) {
        None => found.push(format!("{fqn}: not listed")),
        Some(node) if got(node) != expected => {
            found.push(format!(
                "{fqn}: {}, not {expected}: {}",
                got(node),
                node.reason
            ));
        }
        Some(_) => {}
    }
}
