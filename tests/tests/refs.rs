//! `pipewright refs` on a large pipeline.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use pipewright_tests::Session;
use serde_json::Value as Json;

/// References in each step.
const REFERENCES: usize = 4;
/// Steps in each stage.
const STEPS: usize = 25;

/// A pipeline whose steps read a variable, the step before, the first step and a setting of the stage.
fn pipeline(stages: usize) -> String {
    let mut text =
        "pipeline:\n  identifier: p\n  variables: [{name: v, type: String, value: x}]\n  stages:\n"
            .to_owned();
    for stage in 0..stages {
        let _ = write!(
            text,
            "    - stage:\n        identifier: S{stage}\n        type: Custom\n        spec:\n          execution:\n            steps:\n"
        );
        for step in 0..STEPS {
            let before = step.saturating_sub(1);
            let _ = write!(
                text,
                "              - step:\n                  identifier: A{step}\n                  type: ShellScript\n                  spec:\n                    script: echo <+pipeline.variables.v> <+execution.steps.A{before}.name> \
                 <+pipeline.stages.S{stage}.spec.execution.steps.A0.spec.script> <+stage.identifier>\n"
            );
        }
    }
    text
}

/// The time of `refs` and how many references it lists.
fn measure(stages: usize) -> (Duration, usize) {
    let text = pipeline(stages);
    let session = Session {
        stdin: text.as_bytes(),
        ..Session::default()
    };
    let started = Instant::now();
    let answer = session.run(Path::new(""), &["refs", "-", "--format", "json"]);
    let taken = started.elapsed();
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let document: Json = serde_json::from_str(&answer.stdout).expect("the output is JSON");
    let references = document["references"].as_array().expect("references");
    let is_resolved = |reference: &&Json| reference["outcome"] == "resolved";
    (taken, references.iter().filter(is_resolved).count())
}

#[test]
fn time_grows_with_the_size_of_the_pipeline() {
    let (_, warm) = measure(2);
    assert_eq!(warm, 2 * STEPS * REFERENCES);
    let (small, of_small) = measure(25);
    let (large, of_large) = measure(100);
    assert_eq!(of_small, 25 * STEPS * REFERENCES);
    assert_eq!(of_large, 100 * STEPS * REFERENCES);
    // Four times the size may take twelve times as long on a busy machine, but not sixteen.
    assert!(
        large < small * 12,
        "{small:?} for a quarter, {large:?} for the whole"
    );
}
