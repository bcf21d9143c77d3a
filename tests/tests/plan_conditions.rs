//! Every combination of what a condition stands at, its status, its text, and what ran before (`spec/plan.md` §5).
#![allow(clippy::unwrap_used, reason = "a test")]

use pipewright_analysis::Snapshot;
use pipewright_simulate::{Given, Plan, PlanError, plan};

/// What the condition stands at.
const NODES: [&str; 4] = ["stage", "group", "step", "rollback"];
/// Its status; `absent` is a `when` without one.
const STATUSES: [&str; 4] = ["absent", "Success", "Failure", "All"];
/// Its text.
const TEXTS: [&str; 4] = ["true", "false", "<+trigger.type> == 'Cron'", "<+input>"];
/// What ran before.
const BEFORE: [&str; 3] = ["succeeded", "failed", "ignored"];

/// Whether the status part holds.
fn holds(node: &str, status: &str, before: &str) -> bool {
    match status {
        "All" => true,
        "Failure" => before == "failed",
        // What undoes something does not ask whether that was good.
        "none" if node == "rollback" => true,
        _ => before != "failed",
    }
}

/// The verdict; `refused` where Harness does not start the pipeline.
fn expected(node: &str, status: &str, text: Option<&str>, before: &str) -> &'static str {
    match (status, text) {
        ("absent", _) => "refused",
        _ if !holds(node, status, before) => "skipped",
        (_, None | Some("true")) => "runs",
        (_, Some("false" | "<+input>")) => "skipped",
        _ => "unknown",
    }
}

/// The `when` of a node; its key for the status is that of stages or that of steps.
fn when(node: &str, status: &str, text: Option<&str>) -> String {
    let key = if node == "stage" {
        "pipelineStatus"
    } else {
        "stageStatus"
    };
    let status = match status {
        "none" => return String::new(),
        "absent" => String::new(),
        status => format!("{key}: {status}, "),
    };
    let condition = text.map_or(String::new(), |text| format!("condition: \"{text}\""));
    format!("when: {{ {status}{condition} }}, ")
}

/// Runs a pipeline with the condition at `node`.
fn run(node: &str, when: &str, before: &str) -> Result<Plan, PlanError> {
    let ignore =
        "failureStrategies: [{ onFailure: { errors: [AllErrors], action: { type: Ignore } } }], ";
    let strategy = if before == "ignored" { ignore } else { "" };
    let first = format!("- step: {{ identifier: first, {strategy}type: Wait }}");
    let (inside, behind) = match node {
        "stage" => (
            String::new(),
            format!("    - stage: {{ identifier: N, {when}type: Custom, spec: {{}} }}\n"),
        ),
        "group" => (
            format!("              - stepGroup: {{ identifier: n, {when}steps: [] }}\n"),
            String::new(),
        ),
        "step" => (
            format!("              - step: {{ identifier: n, {when}type: Wait }}\n"),
            String::new(),
        ),
        _ => {
            let section = format!(
                "            rollbackSteps:\n              - step: {{ identifier: n, {when}type: Wait }}\n"
            );
            let trouble = "    - stage: { identifier: Z, type: Custom, spec: { execution: { steps: [{ step: { \
                identifier: z, type: Wait, failureStrategies: [{ onFailure: { errors: [AllErrors], action: { type: \
                PipelineRollback } } }] } }] } } }\n";
            (section, trouble.to_owned())
        }
    };
    // What failed is undone at once, and what is well by what fails later.
    let rolls_back = node == "rollback" && before == "failed";
    let rollback = "failureStrategies: [{ onFailure: { errors: [AllErrors], action: { type: StageRollback } } }]";
    let of_stage = if rolls_back {
        format!("        {rollback}\n")
    } else {
        String::new()
    };
    let text = format!(
        "pipeline:\n  identifier: p\n  stages:\n    - stage:\n        identifier: S\n        type: Custom\n{of_stage}        \
         spec:\n          execution:\n            steps:\n              {first}\n{inside}{behind}"
    );
    let mut given = Given::default();
    if before != "succeeded" {
        given = given.fail("pipeline.stages.S.spec.execution.steps.first");
    }
    if node == "rollback" && !rolls_back {
        given = given.fail("pipeline.stages.Z.spec.execution.steps.z");
    }
    let mut snapshot = Snapshot::default();
    let file = snapshot.set_text("pipeline.yaml", text);
    let prepared = snapshot.prepared(file, 0, &[]).expect("a pipeline");
    plan(&prepared, &given)
}

fn verdict(node: &str, plan: Result<Plan, PlanError>) -> String {
    let name = match node {
        "stage" => "pipeline.stages.N",
        "rollback" => "pipeline.stages.S.spec.execution.rollbackSteps.n",
        _ => "pipeline.stages.S.spec.execution.steps.n",
    };
    match plan {
        Err(PlanError::Refused(_)) => "refused".to_owned(),
        Err(error) => error.to_string(),
        Ok(plan) => {
            let node = plan.node(name).expect("the node is listed");
            let is_unknown = node.verdict.as_str() == "unknown";
            let needs: &[&str] = if is_unknown { &["trigger.type"] } else { &[] };
            assert_eq!(node.needs, needs, "{name}");
            node.verdict.as_str().to_owned()
        }
    }
}

#[test]
fn every_combination_has_the_verdict_of_its_rules() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for node in NODES {
        for before in BEFORE {
            let texts = TEXTS.map(Some);
            let written = STATUSES
                .iter()
                .flat_map(|status| texts.map(|text| (*status, text)));
            for (status, text) in written.chain([("none", None)]) {
                count += 1;
                let expected = expected(node, status, text, before);
                let found = verdict(node, run(node, &when(node, status, text), before));
                if found != expected {
                    wrong.push(format!(
                        "{node} {status} {text:?} after {before}: {found}, not {expected}"
                    ));
                }
            }
        }
    }
    assert_eq!(
        count,
        NODES.len() * BEFORE.len() * (STATUSES.len() * TEXTS.len() + 1)
    );
    assert_eq!(wrong, Vec::<String>::new());
}
