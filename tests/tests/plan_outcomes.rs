//! What may come of a pipeline: each case of `data/outcomes/*.yaml` is a pipeline with its outcomes and goals in
//! comments.
//!
//! `# outcomes: N` tells how many distinct outcomes there are, `# complete: false` that not everything is tried, and
//! `# until FQN=VERDICT: …` what leads there: `NAME=VALUE`, `fail FQN=TYPE`, `nothing`, or nothing at all where no more
//! is needed.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pipewright_analysis::{Prepared, Snapshot};
use pipewright_context as context;
use pipewright_simulate::{Given, Goal, Outcome, Until, Verdict, outcomes, plan, until};

#[test]
fn outcomes_and_goals_are_found() {
    let mut wrong = Vec::new();
    for file in files() {
        let text = fs::read_to_string(&file).unwrap();
        let prepared = prepared(&text);
        let all = outcomes(&prepared, &Given::default()).unwrap();
        for outcome in &all.outcomes {
            leads_there(&prepared, outcome);
        }
        let mut goals = 0;
        for line in text.lines().filter_map(|line| line.strip_prefix("# ")) {
            let name = file.file_name().unwrap().to_string_lossy();
            let (said, found) = if let Some(count) = line.strip_prefix("outcomes: ") {
                (count.to_owned(), all.outcomes.len().to_string())
            } else if let Some(complete) = line.strip_prefix("complete: ") {
                (complete.to_owned(), all.is_complete.to_string())
            } else if let Some(goal) = line.strip_prefix("until ") {
                goals += 1;
                let (goal, said) = goal.split_once(':').unwrap();
                (said.trim().to_owned(), search(&prepared, goal))
            } else {
                continue;
            };
            if said != found {
                wrong.push(format!("{name}: {line}\n  found: {found}"));
            }
        }
        assert!(goals > 0, "{} has no goal", file.display());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn files() -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/outcomes");
    let mut files: Vec<PathBuf> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "there are cases");
    files
}

fn prepared(text: &str) -> Arc<Prepared> {
    let mut snapshot = Snapshot::default();
    let file = snapshot.set_text("pipeline.yaml", text);
    snapshot.prepared(file, 0, &[]).expect("a pipeline")
}

fn given(outcome: &Outcome) -> Given {
    let mut values = context::Given::default();
    for chosen in &outcome.values {
        values.insert(&chosen.name, chosen.value.clone());
    }
    let mut given = Given::from(values);
    given.failures.extend(outcome.failure.clone());
    given
}

/// What is said to lead to an outcome does.
fn leads_there(prepared: &Prepared, outcome: &Outcome) {
    let again = plan(prepared, &given(outcome)).unwrap();
    assert_eq!(again.nodes.len(), outcome.plan.nodes.len());
    for (node, again) in outcome.plan.nodes.iter().zip(&again.nodes) {
        assert_eq!((&node.fqn, node.verdict), (&again.fqn, again.verdict));
    }
}

fn search(prepared: &Prepared, goal: &str) -> String {
    let goal = Goal::parse(goal).unwrap();
    match until(prepared, &Given::default(), &goal).unwrap() {
        Until::So(outcome) => {
            leads_there(prepared, &outcome);
            let node = outcome.plan.node(&goal.fqn).unwrap();
            assert_eq!(node.verdict, goal.verdict, "{}", goal.fqn);
            let values = outcome.values.iter();
            let values = values.map(|chosen| format!("{}={}", chosen.name, chosen.value));
            let failure = outcome.failure.iter();
            let failure = failure.map(|failing| format!("fail {}={}", failing.fqn, failing.fault));
            let all: Vec<String> = values.chain(failure).collect();
            all.join(", ")
        }
        Until::Nothing { reasons, .. } => {
            assert!(!reasons.is_empty(), "{} has a reason", goal.fqn);
            "nothing".to_owned()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_goal_is_a_name_and_a_verdict() {
    let goal = Goal::parse("pipeline.stages.A_(x=1)=rolled-back").unwrap();
    assert_eq!(
        (&*goal.fqn, goal.verdict),
        ("pipeline.stages.A_(x=1)", Verdict::RolledBack)
    );
    for wrong in ["pipeline", "pipeline=unknown", "pipeline=run"] {
        assert!(Goal::parse(wrong).is_err(), "{wrong}");
    }
}
