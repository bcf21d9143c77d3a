//! What the catalogue lists below `pipeline`, `stage`, `stepGroup` and `step` is there where each of them is.

use std::fmt::Write as _;

use pipewright_model::{catalogue, documents};
use pipewright_resolve::{Texts, Verdict, analyse};
use pipewright_source::FileId;

/// A step that reads names, in a group in a group of a stage; everything that may loop does.
const PIPELINE: &str = "\
pipeline:
  identifier: listed
  stages:
    - stage:
        identifier: S
        type: Deployment
        strategy: { matrix: { axis: [a, b] } }
        spec:
          deploymentType: Kubernetes
          service: { serviceRef: s }
          environment: { environmentRef: e }
          execution:
            steps:
              - stepGroup:
                  identifier: Outer
                  steps:
                    - stepGroup:
                        identifier: Inner
                        strategy: { matrix: { axis: [a, b] } }
                        steps:
                          - step:
                              identifier: Reads
                              type: ShellScript
                              strategy: { matrix: { axis: [a, b] } }
                              spec:
                                shell: Bash
                                source:
                                  type: Inline
                                  spec:
                                    script: |-
";

/// What is listed and is not there: a step has its output once it has ended, a repetition is no matrix, and what a
/// template is given only a template has.
const ELSEWHERE: [&str; 7] = [
    "step.output",
    "step.outcome",
    "step.repeat",
    "stage.repeat",
    "stepGroup.repeat",
    "stepGroup.rollbackSteps",
    "stage.output",
];

#[test]
fn listed_members_of_nodes_are_resolved() {
    let mut text = PIPELINE.to_owned();
    let mut count = 0;
    for root in ["pipeline", "stage", "stepGroup", "step"] {
        let known = catalogue::root(root).expect("the root is in the catalogue");
        for member in known.members() {
            let name = member.path.split(['.', '[']).next().unwrap_or_default();
            let path = format!("{root}.{name}");
            if !ELSEWHERE.contains(&path.as_str()) {
                let _ = writeln!(text, "{:40}<+{path}>", "");
                count += 1;
            }
        }
    }
    assert!(count > 100, "{count} names are read");
    let tree = pipewright_yaml::parse(FileId(0), &text);
    let documents = documents(&tree);
    let pipeline = documents[0].pipeline().expect("a pipeline");
    let resolution = analyse(&tree, pipeline, &Texts::default());
    assert_eq!(resolution.references.len(), count);
    let others = resolution.references.iter().filter(|reference| {
        !matches!(
            reference.verdict,
            Verdict::Resolved(_) | Verdict::RunTime | Verdict::Everywhere
        )
    });
    let others: Vec<String> = others
        .map(|reference| format!("{} is {}", reference.path(), reference.verdict.as_str()))
        .collect();
    assert!(others.is_empty(), "{}", others.join("\n"));
}
