//! What a change changes: changes of a pipeline, one a line of `data/compare/changes.jsonl`, with all that is told of
//! each; and a library of templates with the pipelines that use it.
//!
//! To add a change, write its line with an empty `told` and run the test with `BLESS=1`; then read what it wrote.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};

use pipewright_analysis::Snapshot;
use pipewright_compare::{Comparison, Question, compare};
use pipewright_tests::changes::told;
use serde::{Deserialize, Serialize};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data")
        .join(name)
}

#[derive(Serialize, Deserialize)]
struct Change {
    name: String,
    /// What is replaced by what, everywhere.
    replace: Vec<(String, String)>,
    told: Vec<String>,
}

fn compared(base: &str, head: &str) -> Comparison {
    let mut before = Snapshot::default();
    before.set_text("pipeline.yaml", base);
    let mut after = before.clone();
    after.set_text("pipeline.yaml", head);
    compare(&before, &after, &Question::default())
}

#[test]
fn changes_are_told_at_their_places_and_nothing_else_is() {
    changes_are_told("compare/base.yaml", "compare/changes.jsonl");
}

#[test]
fn so_are_changes_of_a_v1_pipeline() {
    changes_are_told("compare/v1.yaml", "compare/v1.jsonl");
}

/// Makes each change of a file in a pipeline, and holds what is told against what the file says.
fn changes_are_told(base: &str, changes: &str) {
    let base = fs::read_to_string(data(base)).unwrap();
    let path = data(changes);
    let lines = fs::read_to_string(&path).unwrap();
    let is_blessing = std::env::var_os("BLESS").is_some();
    let (mut wrong, mut written) = (Vec::new(), String::new());
    for line in lines.lines() {
        let mut change: Change = serde_json::from_str(line).unwrap();
        let mut head = base.clone();
        for (from, to) in &change.replace {
            assert!(head.contains(from.as_str()), "{}: {from}", change.name);
            head = if to.starts_with(from.as_str()) || to.ends_with(from.as_str()) {
                head.replacen(from.as_str(), to, 1)
            } else if to.is_empty() {
                // What was put elsewhere before comes first or last; the one to take out is as it was.
                let at = head.rfind(&format!("\n{from}")).map_or(0, |at| at + 1);
                format!("{}{}", &head[..at], &head[at + from.len()..])
            } else {
                head.replace(from.as_str(), to)
            };
        }
        let found = told(&compared(&base, &head));
        if found != change.told {
            wrong.push(format!("{}\n  {}", change.name, found.join("\n  ")));
        }
        change.told = found;
        written += &(serde_json::to_string(&change).unwrap() + "\n");
    }
    if is_blessing {
        fs::write(path, written).unwrap();
        return;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_input_of_a_v1_template_is_told_once() {
    let base = "version: 1\ntemplate:\n  inputs:\n    image: { type: string, default: node }\n  step:\n    \
                id: Build\n    run: { container: <+inputs.image>, script: make }\n";
    let cases = [
        (
            base.replace("image", "base"),
            "renamed step.inputs.image to step.inputs.base, 0 readers",
        ),
        (
            base.replace("node", "rust"),
            "setting step inputs.image.default",
        ),
        (base.replace("make", "make all"), "setting step run.script"),
        (
            base.replace("    image: { type: string, default: node }\n", "    {}\n"),
            "gone step.inputs.image, 1 readers",
        ),
    ];
    for (head, expected) in cases {
        let told = told(&compared(base, &head));
        assert!(told[0].ends_with(expected), "{told:?}");
        assert!(
            told.iter().skip(1).all(|line| line.contains("finds ")),
            "{told:?}"
        );
    }
}

#[test]
fn another_name_of_a_file_is_no_difference() {
    let text = fs::read_to_string(data("compare/base.yaml")).unwrap();
    let (mut before, mut after) = (Snapshot::default(), Snapshot::default());
    before.set_text("old.yaml", text.as_str());
    after.set_text("folder/new.yaml", text.as_str());
    let found = compare(&before, &after, &Question::default());
    assert!(found.is_empty(), "{}", told(&found).join("\n"));
    assert_eq!(found.compared, 1);
}

/// A step template, and pipelines of which every third reads its output, and every fifth gives its input a value.
fn library(template: &str) -> Snapshot {
    let mut snapshot = Snapshot::of_one_repository();
    snapshot.set_text("templates/build.yaml", template);
    for number in 0..30 {
        let reads = if number % 3 == 0 {
            "<+execution.steps.Build.output.outputVariables.tag>"
        } else {
            "nothing"
        };
        let inputs = if number % 5 == 0 {
            ", templateInputs: { type: ShellScript, timeout: 1h }"
        } else {
            ""
        };
        let (step, own) = if number % 2 == 0 {
            (
                format!("template: {{ templateRef: build, versionLabel: \"1\"{inputs} }}"),
                "uses",
            )
        } else {
            (
                "type: Wait, spec: { duration: 1m }".to_owned(),
                "has its own",
            )
        };
        let text = format!(
            "
pipeline:
  identifier: p{number}
  description: {own}
  stages:
    - stage:
        identifier: S
        type: Custom
        spec:
          execution:
            steps:
              - step: {{ identifier: Build, name: Build, {step} }}
              - step: {{ identifier: Say, type: ShellScript, spec: {{ source: {{ type: Inline, spec: {{ script: \"{reads}\" }} }} }} }}
"
        );
        snapshot.set_text(format!("pipelines/{number:02}.yaml"), text);
    }
    snapshot
}

const TEMPLATE: &str = "
template:
  identifier: build
  versionLabel: \"1\"
  type: Step
  spec:
    type: ShellScript
    timeout: <+input>.default(10m)
    spec:
      source: { type: Inline, spec: { script: build } }
      outputVariables: [{ name: tag, type: String, value: tag }]
";

/// The pipelines that feel a change of the template.
fn felt(from: &str, to: &str) -> Vec<String> {
    let base = library(TEMPLATE);
    let mut head = base.clone();
    assert!(TEMPLATE.contains(from));
    head.set_text("templates/build.yaml", TEMPLATE.replace(from, to));
    let found = compare(&base, &head, &Question::default());
    assert_eq!(found.compared, 30);
    assert_eq!(found.templates.len(), 1, "{}", told(&found).join("\n"));
    found
        .pipelines
        .into_iter()
        .map(|of| of.identifier)
        .collect()
}

fn numbers(wanted: impl Fn(usize) -> bool) -> Vec<String> {
    (0..30)
        .filter(|number| wanted(*number))
        .map(|number| format!("p{number}"))
        .collect()
}

#[test]
fn exactly_the_pipelines_that_feel_a_change_of_a_template_are_named() {
    let users = numbers(|number| number % 2 == 0);
    assert_eq!(felt("name: tag", "name: image"), users);
    assert_eq!(
        felt(
            "type: ShellScript\n",
            "type: ShellScript\n    when: { stageStatus: All }\n"
        ),
        users
    );
    assert_eq!(felt("script: build", "script: make"), users);
    let with_default = numbers(|number| number % 2 == 0 && number % 5 != 0);
    assert_eq!(felt("default(10m)", "default(20m)"), with_default);
}

#[test]
fn a_pipeline_that_runs_otherwise_with_an_input_set_is_told() {
    let pipeline = fs::read_to_string(data("compare/base.yaml")).unwrap();
    let set = |env: &str| {
        format!(
            "inputSet:\n  identifier: set\n  pipeline: {{ identifier: release, variables: [{{ name: env, type: String, value: {env} }}] }}\n"
        )
    };
    let mut base = Snapshot::of_one_repository();
    base.set_text("pipeline.yaml", pipeline);
    base.set_text("set.yaml", set("prod"));
    let mut head = base.clone();
    head.set_text("set.yaml", set("dev"));
    let found = compare(&base, &head, &Question::default());
    let [pipeline] = found.pipelines.as_slice() else {
        panic!("{}", told(&found).join("\n"));
    };
    let deploy = &pipeline.verdicts.differences[0];
    assert_eq!(deploy.fqn, "pipeline.stages.Deploy");
    assert_eq!(deploy.input_set.as_deref(), Some("set"));
    assert_eq!(deploy.after.verdict.as_str(), "skipped");
    head.set_text("set.yaml", set("qa"));
    let found = compare(&base, &head, &Question::default());
    assert!(found.pipelines.is_empty() && found.others.len() == 1);
}

#[test]
fn a_reader_of_a_name_that_is_gone_is_told_across_files() {
    let child = |output: &str| {
        format!(
            "
pipeline:
  identifier: child
  stages:
    - stage:
        identifier: S
        type: Custom
        spec:
          execution:
            steps:
              - step: {{ identifier: Tag, type: ShellScript, spec: {{ outputVariables: [{{ name: {output}, type: String, value: x }}] }} }}
"
        )
    };
    let parent = "
pipeline:
  identifier: parent
  stages:
    - stage:
        identifier: Run
        type: Pipeline
        spec:
          pipeline: child
          outputs:
            - name: tag
              value: <+pipeline.stages.S.spec.execution.steps.Tag.output.outputVariables.tag>
";
    let mut base = Snapshot::of_one_repository();
    base.set_text("child.yaml", child("tag"));
    base.set_text("parent.yaml", parent);
    let mut head = base.clone();
    head.set_text("child.yaml", child("image"));
    let found = compare(&base, &head, &Question::default());
    let child = found
        .pipelines
        .iter()
        .find(|of| of.identifier == "child")
        .unwrap();
    let renamed = &child.names.renamed[0];
    assert_eq!(renamed.to.rsplit('.').next(), Some("image"));
    let readers: Vec<(&str, &str)> = renamed
        .readers
        .iter()
        .map(|reader| (reader.file.as_str(), reader.fqn.as_str()))
        .collect();
    assert_eq!(readers, [("parent.yaml", "pipeline.stages.Run")]);
}
