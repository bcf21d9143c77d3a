//! References that leave their template are counted as decided where every use at hand decides them.
#![allow(clippy::unwrap_used, reason = "a test")]

use pipewright_analysis::{ByUses, ReferenceCounts, Snapshot};

const TEMPLATE: &str = "
template:
  identifier: say
  versionLabel: '1'
  type: Step
  spec:
    type: ShellScript
    description: <+pipeline.variables.both> <+pipeline.variables.one> <+pipeline.variables.none> <+stepGroup.name>
";
/// Uses the step template, and is used itself.
const GROUP: &str = "
template:
  identifier: calls
  versionLabel: '1'
  type: StepGroup
  spec:
    steps:
      - step: { identifier: Inner, template: { templateRef: say, versionLabel: '1' } }
";

fn pipeline(identifier: &str, variables: &str, steps: &str) -> String {
    format!(
        "
pipeline:
  identifier: {identifier}
  variables: {variables}
  stages:
    - stage:
        identifier: S
        type: Custom
        spec: {{ execution: {{ steps: [{steps}] }} }}
"
    )
}

/// What is counted of the step template, when these files use it.
fn counts(users: &[String]) -> ReferenceCounts {
    let mut snapshot = Snapshot::default();
    let template = snapshot.set_text("templates/say.yaml", TEMPLATE);
    for (number, text) in users.iter().enumerate() {
        snapshot.set_text(format!("pipelines/{number}.yaml"), text.as_str());
    }
    let mut by_uses = ByUses::default();
    let ids: Vec<_> = snapshot.ids().map(|(_, id)| id).collect();
    for id in ids {
        by_uses.add(snapshot.written_out(id).unwrap());
    }
    let mut counts = snapshot.analysis(template).unwrap().statistics().references;
    let whole = snapshot.written_out(template).unwrap();
    by_uses.decided().count(whole, &mut counts);
    counts
}

const STEP: &str = "{ step: { identifier: A, template: { templateRef: say, versionLabel: '1' } } }";
const NESTED: &str =
    "{ stepGroup: { identifier: G, template: { templateRef: calls, versionLabel: '1' } } }";
const BOTH: &str = "[{ name: both, type: String, value: x }]";
const ONE: &str = "[{ name: both, type: String, value: x }, { name: one, type: String, value: x }]";

#[test]
fn without_a_use_they_stay_undecided() {
    let alone = counts(&[]);
    assert_eq!((alone.resolved, alone.wrong), (0, 0));
    assert_eq!(alone.unknown.values().sum::<u64>(), 4);
}

#[test]
fn one_use_decides_them() {
    let used = counts(&[pipeline("a", ONE, STEP)]);
    assert_eq!((used.resolved, used.wrong), (2, 2));
    assert!(used.unknown.is_empty());
}

#[test]
fn a_use_that_fails_makes_them_wrong() {
    let used = counts(&[pipeline("a", BOTH, STEP), pipeline("b", ONE, STEP)]);
    assert_eq!((used.resolved, used.wrong), (1, 3));
    assert!(used.unknown.is_empty());
}

#[test]
fn a_use_that_cannot_tell_leaves_them_open() {
    let used = counts(&[pipeline("a", ONE, STEP), pipeline("b", "<+input>", STEP)]);
    assert_eq!(used.unknown.values().sum::<u64>(), 3);
    assert_eq!((used.resolved, used.wrong), (0, 1));
}

#[test]
fn a_template_in_a_template_is_used_where_that_one_is() {
    let unused = counts(&[GROUP.to_owned()]);
    assert_eq!((unused.resolved, unused.wrong), (1, 0));
    let used = counts(&[GROUP.to_owned(), pipeline("a", ONE, NESTED)]);
    assert_eq!((used.resolved, used.wrong), (3, 1));
    assert!(used.unknown.is_empty());
}
