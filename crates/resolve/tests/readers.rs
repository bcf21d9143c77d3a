//! The names that references point at, and who reads a name.

use pipewright_model::documents;
use pipewright_resolve::{Texts, analyse};
use pipewright_source::FileId;

const PIPELINE: &str = r#"
pipeline:
  identifier: p
  variables: [ { name: v, type: String, value: x } ]
  stages:
    - stage:
        identifier: S
        type: Custom
        spec:
          execution:
            steps:
              - step: { identifier: A, type: ShellScript, spec: { outputVariables: [ { name: list } ], script: "<+pipeline.variables.v> <+trigger.branch>" } }
              - stepGroup:
                  identifier: G
                  steps:
                    - step: { identifier: B, type: ShellScript, spec: { script: "<+steps.A.output.x>" } }
              - step: { identifier: C, type: ShellScript, spec: { script: "<+steps.A.output.outputVariables.list[0].y.trim()> <+execution.steps>" } }
"#;

const S: &str = "pipeline.stages.S.spec.execution.steps";

#[test]
fn targets_are_named_in_full() {
    let tree = pipewright_yaml::parse(FileId(0), PIPELINE);
    let documents = documents(&tree);
    let pipeline = documents[0].pipeline().expect("a pipeline");
    let resolution = analyse(&tree, pipeline, &Texts::default());
    let names: Vec<(String, Option<String>)> = resolution
        .references
        .iter()
        .map(|reference| (reference.path(), resolution.target_name(reference)))
        .collect();
    let expected = [
        (
            "pipeline.variables.v",
            Some("pipeline.variables.v".to_owned()),
        ),
        ("trigger.branch", None),
        // The path is wrong, but what was meant is known.
        ("steps.A.output.x", Some(format!("{S}.A.output.x"))),
        (
            "steps.A.output.outputVariables.list[0].y",
            Some(format!("{S}.A.output.outputVariables.list[0].y")),
        ),
        ("execution.steps", Some(S.to_owned())),
    ];
    let expected = expected.map(|(path, name)| (path.to_owned(), name));
    assert_eq!(names, expected);
}

#[test]
fn readers_of_a_node_read_it_or_something_below() {
    let tree = pipewright_yaml::parse(FileId(0), PIPELINE);
    let documents = documents(&tree);
    let pipeline = documents[0].pipeline().expect("a pipeline");
    let resolution = analyse(&tree, pipeline, &Texts::default());
    let readers = |name: &str| -> Vec<String> {
        let reading = resolution.readers(pipeline, name);
        reading
            .map(|reference| resolution.names.fqn(reference.reader))
            .collect()
    };
    assert_eq!(
        readers(&format!("{S}.A")),
        [format!("{S}.G.steps.B"), format!("{S}.C")]
    );
    assert_eq!(
        readers(&format!("{S}.A.output.outputVariables.list")),
        [format!("{S}.C")]
    );
    assert_eq!(readers("pipeline.variables.v"), [format!("{S}.A")]);
    assert!(readers("pipeline.variables.w").is_empty());
    assert!(readers(&format!("{S}.A.out")).is_empty());
}
