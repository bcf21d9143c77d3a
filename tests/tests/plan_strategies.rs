//! Each failure strategy decides: what runs is another thing with it than with any other (`spec/plan.md` §3.3).
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;

use pipewright_analysis::Snapshot;
use pipewright_simulate::{Failure, Given, plan};

/// The actions for a step, and what the verdict of the step is with each.
const ACTIONS: [(&str, &str); 9] = [
    ("", "failed"),
    ("{ type: Ignore }", "ignored"),
    ("{ type: MarkAsSuccess }", "runs"),
    ("{ type: MarkAsFailure }", "failed"),
    ("{ type: Abort }", "aborted"),
    ("{ type: StageRollback }", "failed"),
    ("{ type: PipelineRollback }", "failed"),
    (
        "{ type: Retry, spec: { retryCount: 1, retryIntervals: [1s], onRetryFailure: { action: { type: Abort } } } }",
        "runs",
    ),
    (
        "{ type: ManualIntervention, spec: { timeout: 1h, onTimeout: { action: { type: Ignore } } } }",
        "ignored",
    ),
];

/// Every node with its verdict, status, action and number of attempts, where the step fails once.
fn outcome(action: &str) -> BTreeMap<String, String> {
    let strategy = if action.is_empty() {
        String::new()
    } else {
        format!(
            ", failureStrategies: [{{ onFailure: {{ errors: [AllErrors], action: {action} }} }}]"
        )
    };
    let text = format!(
        "
pipeline:
  identifier: p
  stages:
    - stage:
        identifier: A
        type: Custom
        spec:
          execution:
            steps:
              - step: {{ identifier: a, type: Wait{strategy} }}
              - step: {{ identifier: b, type: Wait }}
              - step: {{ identifier: c, type: Wait, when: {{ stageStatus: All }} }}
            rollbackSteps:
              - step: {{ identifier: r, type: Wait }}
    - stage:
        identifier: Tell
        type: Custom
        when: {{ pipelineStatus: All }}
        spec: {{ execution: {{ steps: [{{ step: {{ identifier: t, type: Wait }} }}] }} }}
"
    );
    let mut snapshot = Snapshot::default();
    let file = snapshot.set_text("pipeline.yaml", text);
    let prepared = snapshot.prepared(file, 0, &[]).unwrap();
    let step = "pipeline.stages.A.spec.execution.steps.a";
    let failure = Failure::new(step).fault("Timeout").attempts(1);
    let plan = plan(&prepared, &Given::default().failure(failure)).unwrap();
    let told = plan.nodes.iter().map(|node| {
        let status = node.status.map_or("null", |status| status.as_str());
        let action = node.action.unwrap_or("null");
        let told = format!(
            "{} {status} {action} {}",
            node.verdict.as_str(),
            node.attempts
        );
        (node.fqn.clone(), told)
    });
    told.collect()
}

#[test]
fn every_strategy_has_an_outcome_of_its_own() {
    let outcomes = ACTIONS.map(|(action, verdict)| (action, verdict, outcome(action)));
    for (action, verdict, of) in &outcomes {
        let step = &of["pipeline.stages.A.spec.execution.steps.a"];
        assert!(step.starts_with(verdict), "{action}: {step}");
    }
    for (number, (action, _, one)) in outcomes.iter().enumerate() {
        for (other_action, _, other) in &outcomes[number + 1..] {
            // Who answers an intervention with an action, and the action itself, come to the same.
            let is_answer = action.contains("Ignore") && other_action.contains("Ignore");
            assert_eq!(one == other, is_answer, "{action} and {other_action}");
        }
    }
}
