//! An edit does again what rests on the file, and nothing else: shown by counting.
#![allow(clippy::unwrap_used, reason = "a test")]

use pipewright_analysis::{Snapshot, Work};
use pipewright_source::FileId;

const PIPELINE: &str = "
pipeline:
  identifier: parent
  stages:
    - stage:
        identifier: Build
        type: Custom
        template: { templateRef: build, versionLabel: '1' }
    - stage:
        identifier: Run
        type: Pipeline
        spec:
          pipeline: child
          outputs: [{ name: tag, value: <+pipeline.variables.tag> }]
";
const TEMPLATE: &str = "
template:
  identifier: build
  versionLabel: '1'
  type: Stage
  spec:
    type: Custom
    spec:
      execution:
        steps:
          - step: { identifier: Say, type: ShellScript, description: <+stage.identifier> }
";
const CHILD: &str = "
pipeline:
  identifier: child
  variables: [{ name: tag, type: String, value: v1 }]
";
const SET: &str = "
inputSet:
  identifier: small
  pipeline: { identifier: parent }
";
const ALONE: &str = "pipeline: { identifier: alone, name: <+pipeline.identifier> }";

const FILES: [(&str, &str); 5] = [
    ("pipelines/parent.yaml", PIPELINE),
    ("templates/build.yaml", TEMPLATE),
    ("pipelines/child.yaml", CHILD),
    ("inputsets/small.yaml", SET),
    ("pipelines/alone.yaml", ALONE),
];

fn snapshot() -> Snapshot {
    let mut snapshot = Snapshot::default();
    for (name, text) in FILES {
        snapshot.set_text(name, text);
    }
    snapshot
}

/// Asks everything of every file, with and without an input set.
fn ask(snapshot: &Snapshot) {
    let sets: [Vec<FileId>; 2] = [
        vec![],
        snapshot.id("inputsets/small.yaml").into_iter().collect(),
    ];
    for (_, id) in snapshot.ids() {
        snapshot.analysis(id).unwrap();
        snapshot.written_out(id);
        for sets in &sets {
            // Not every file holds a pipeline, and the set is for one of them.
            let _ = snapshot.prepared(id, 0, sets);
        }
    }
}

/// What asking everything does after an edit.
fn work_after(edit: impl FnOnce(&mut Snapshot)) -> Work {
    let mut snapshot = snapshot();
    ask(&snapshot);
    let before = snapshot.work();
    edit(&mut snapshot);
    ask(&snapshot);
    let after = snapshot.work();
    let mut work = Work::default();
    work.parsed = after.parsed - before.parsed;
    work.analysed = after.analysed - before.analysed;
    work.written_out = after.written_out - before.written_out;
    work.expressions = after.expressions - before.expressions;
    work
}

fn assert_done(name: &str, work: Work, written_out: u64) {
    assert_eq!(
        (work.parsed, work.analysed),
        (1, 1),
        "{name}: only the file itself"
    );
    assert_eq!(work.written_out, written_out, "{name}: what uses it");
}

#[test]
fn a_question_asked_twice_is_answered_once() {
    let snapshot = snapshot();
    ask(&snapshot);
    let work = snapshot.work();
    ask(&snapshot.clone());
    let again = snapshot.work();
    assert_eq!(
        (
            work.parsed,
            work.analysed,
            work.written_out,
            work.expressions
        ),
        (
            again.parsed,
            again.analysed,
            again.written_out,
            again.expressions
        ),
    );
    assert_eq!((work.parsed, work.analysed, work.written_out), (5, 5, 5));
    // `<+stage.identifier>`, `<+pipeline.variables.tag>`, `<+pipeline.identifier>`
    assert_eq!(work.expressions, 3, "each distinct text is parsed once");
}

#[test]
fn an_edit_does_again_what_uses_the_file() {
    let edited = |text: &str| format!("{text}\n# edited\n");
    let cases = [
        ("pipelines/alone.yaml", ALONE, 1),
        // The pipeline, and the input set whose values it judges.
        ("pipelines/parent.yaml", PIPELINE, 2),
        ("templates/build.yaml", TEMPLATE, 2),
        ("pipelines/child.yaml", CHILD, 2),
        ("inputsets/small.yaml", SET, 1),
    ];
    for (name, text, written_out) in cases {
        let work = work_after(|snapshot| {
            snapshot.set_text(name, edited(text));
        });
        assert_done(name, work, written_out);
        assert_eq!(work.expressions, 0, "{name}: no expression is new");
    }
}

#[test]
fn the_same_text_again_does_nothing() {
    let work = work_after(|snapshot| {
        snapshot.set_text("templates/build.yaml", TEMPLATE);
    });
    assert_eq!(work, Work::default());
}

#[test]
fn a_prepared_pipeline_is_kept_until_a_file_it_rests_on_changes() {
    let mut snapshot = snapshot();
    let parent = snapshot.id("pipelines/parent.yaml").unwrap();
    let set = snapshot.id("inputsets/small.yaml").unwrap();
    let prepare = |snapshot: &Snapshot| {
        snapshot.prepared(parent, 0, &[]).unwrap();
        snapshot.prepared(parent, 0, &[set]).unwrap();
        snapshot.work().prepared
    };
    let first = prepare(&snapshot);
    assert_eq!((first, prepare(&snapshot)), (2, 2));
    snapshot.set_text("pipelines/alone.yaml", "pipeline: { identifier: other }");
    assert_eq!(prepare(&snapshot), 2, "nothing it uses");
    snapshot.set_text("inputsets/small.yaml", format!("{SET}# edited\n"));
    assert_eq!(prepare(&snapshot), 3, "one of the two has the input set");
    snapshot.set_text("templates/build.yaml", format!("{TEMPLATE}# edited\n"));
    assert_eq!(prepare(&snapshot), 5, "both use the template");
}

#[test]
fn a_template_that_appears_or_goes_is_noticed() {
    let mut snapshot = snapshot();
    let parent = snapshot.id("pipelines/parent.yaml").unwrap();
    let uses = |snapshot: &Snapshot| {
        snapshot
            .written_out(parent)
            .unwrap()
            .uses()
            .as_slice()
            .len()
    };
    assert_eq!(uses(&snapshot), 1);
    let with_it = snapshot.clone();
    assert!(snapshot.remove("templates/build.yaml"));
    assert_eq!(uses(&snapshot), 0);
    assert_eq!(uses(&with_it), 1, "a clone stays as it was");
    snapshot.set_text("templates/other.yaml", TEMPLATE);
    assert_eq!(uses(&snapshot), 1);
    snapshot.set_text("templates/second.yaml", TEMPLATE);
    assert_eq!(
        uses(&snapshot),
        0,
        "two of the same identifier: neither is taken"
    );
}

#[test]
fn a_snapshot_goes_to_another_thread() {
    fn is_shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    let snapshot = snapshot();
    is_shared(&snapshot);
    let there = std::thread::spawn(move || {
        ask(&snapshot);
        snapshot.work().parsed
    });
    assert_eq!(there.join().unwrap(), 5);
}
