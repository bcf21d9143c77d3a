//! Templates inside templates up to the limits, and input sets on their pipeline.

#![allow(
    clippy::unwrap_used,
    reason = "a helper that fails is a test that fails"
)]

use std::fmt::Write as _;

use pipewright_model::{Document, documents};
use pipewright_resolve::{
    LookUps, Merged, Names, NoInputSet, Opaque, Project, ProjectFile, list, merge_input_sets,
};
use pipewright_source::{FileId, SourceFile};
use pipewright_yaml::{Tree, parse};

const PIPELINE: &str = "
pipeline:
  identifier: p
  stages:
    - stage:
        identifier: Build
        spec:
          execution:
            steps:
              - stepGroup: { identifier: group, template: { templateRef: t0, versionLabel: '1' } }
";

/// A step group template `t{number}` that uses `t{next}` in each of its groups.
fn group_template(number: usize, next: usize, groups: usize) -> String {
    let mut text = format!(
        "template:\n  identifier: t{number}\n  versionLabel: '1'\n  type: StepGroup\n  spec:\n    steps:\n"
    );
    for group in 0..groups {
        writeln!(
            text,
            "      - stepGroup: {{ identifier: g{group}, template: {{ templateRef: t{next}, versionLabel: '1' }} }}"
        )
        .unwrap();
    }
    text
}

fn read(texts: &[String]) -> Vec<(Tree, Vec<Document>)> {
    let read = |(id, text): (FileId, &String)| {
        let tree = parse(id, text);
        let documents = documents(&tree);
        (tree, documents)
    };
    (0..).map(FileId).zip(texts).map(read).collect()
}

fn files(read: &[(Tree, Vec<Document>)]) -> Vec<ProjectFile> {
    let files = read.iter().map(|(tree, documents)| ProjectFile {
        name: "file.yaml".into(),
        tree: tree.clone().into(),
        documents: documents.clone().into(),
        is_joined: false,
    });
    files.collect()
}

/// Writes the templates of the first file out; how many uses were, and why the others were not.
fn written_out(texts: &[String]) -> (usize, Vec<Opaque>) {
    let read = read(texts);
    let project = Project::new(files(&read));
    let expansion = project.expansion(0).unwrap();
    let reasons = expansion.opaque.iter().map(|of| of.reason).collect();
    (expansion.uses.as_slice().len(), reasons)
}

fn with_pipeline(templates: impl Iterator<Item = String>) -> Vec<String> {
    std::iter::once(PIPELINE.to_owned())
        .chain(templates)
        .collect()
}

#[test]
fn a_template_inside_itself_stays_closed() {
    let chain = (0..3).map(|number| group_template(number, (number + 1) % 3, 1));
    assert_eq!(written_out(&with_pipeline(chain)), (3, vec![Opaque::Cycle]));
}

#[test]
fn a_long_chain_ends_at_the_limit() {
    let chain = (0..40).map(|number| group_template(number, number + 1, 1));
    let (uses, reasons) = written_out(&with_pipeline(chain));
    assert!((10..40).contains(&uses), "{uses}");
    assert_eq!(reasons, [Opaque::TooDeep]);
}

#[test]
fn doubling_at_every_level_ends_at_the_limit() {
    let levels = (0..16).map(|number| group_template(number, number + 1, 3));
    let (uses, reasons) = written_out(&with_pipeline(levels));
    assert_eq!(uses, 2_000);
    assert!(reasons.iter().all(|reason| *reason == Opaque::TooLarge));
}

#[test]
fn aliases_that_repeat_a_use_count_as_often_as_they_repeat_it() {
    let mut pipeline = String::from(
        "
pipeline:
  identifier: p
  stages:
    - stage:
        identifier: Build
        spec:
          execution:
            steps:
              - &use
                stepGroup: { identifier: group, template: { templateRef: t0, versionLabel: '1' } }
",
    );
    for _ in 0..1_000 {
        pipeline.push_str("              - *use\n");
    }
    pipeline.push_str("              - stepGroup: { identifier: last, template: { templateRef: t1, versionLabel: '1' } }\n");
    let texts = [pipeline, group_template(0, 9, 100), group_template(1, 9, 1)];
    let (uses, reasons) = written_out(&texts);
    assert_eq!(uses, 1);
    assert!(reasons.contains(&Opaque::TooLarge), "{reasons:?}");
}

const WITH_INPUTS: &str = "
pipeline:
  identifier: p
  variables:
    - { name: region, type: String, value: <+input>.default(eu) }
    - { name: fixed, type: String, value: eu }
  stages:
    - parallel:
        - stage:
            identifier: Build
            spec: { execution: { steps: [ { step: { identifier: say, spec: { text: <+input>, rest: kept } } } ] } }
";

/// The texts of a pipeline with input sets by fully qualified name, for the names asked for, and the file each was
/// written in.
fn merged_texts(sets: &[&str], names: &[&str]) -> Vec<(String, u32)> {
    let texts: Vec<&str> = std::iter::once(WITH_INPUTS)
        .chain(sets.iter().copied())
        .collect();
    let files: Vec<SourceFile> = texts
        .iter()
        .map(|text| SourceFile::new("file.yaml", *text))
        .collect();
    let read: Vec<(Tree, Vec<Document>)> = (0..)
        .map(FileId)
        .zip(&texts)
        .map(|(id, text)| {
            let tree = parse(id, text);
            let documents = documents(&tree);
            (tree, documents)
        })
        .collect();
    let (base, sets) = read.split_first().unwrap();
    let sets: Vec<(&Tree, &Document)> = sets.iter().map(|(tree, set)| (tree, &set[0])).collect();
    let Merged { tree, documents } = merge_input_sets(&base.0, &base.1[0], &sets);
    let pipeline = documents[0].pipeline().unwrap();
    let value = |name: &&str| {
        let (variable, key) = name.rsplit_once('.').unwrap();
        if variable == "pipeline.variables" {
            let variables = &pipeline.nodes[0].variables;
            let found = variables.iter().find(|one| &*one.name.text == key).unwrap();
            return tree.span(found.value.unwrap());
        }
        let listed = list(&tree, pipeline, &Names::new(pipeline), false);
        let found = listed.iter().find(|listed| listed.fqn == **name).unwrap();
        found.span.unwrap()
    };
    names
        .iter()
        .map(value)
        .map(|span| {
            let text = span.range.slice(files[span.file.0 as usize].text());
            (text.to_owned(), span.file.0)
        })
        .collect()
}

const FIRST: &str = "
inputSet:
  identifier: first
  pipeline:
    identifier: p
    variables:
      - { name: region, type: String, value: us }
      - { name: fixed, type: String, value: ignored }
    stages:
      - stage: { identifier: Build, spec: { execution: { steps: [ { step: { identifier: say, spec: { text: one, rest: ignored } } } ] } } }
";

const SECOND: &str = "
inputSet:
  identifier: second
  pipeline:
    identifier: p
    variables: [ { name: region, type: String, value: asia } ]
";

#[test]
fn values_go_to_the_runtime_inputs_of_their_names() {
    let say = "pipeline.stages.Build.spec.execution.steps.say.spec";
    let names = [
        "pipeline.variables.region",
        "pipeline.variables.fixed",
        &format!("{say}.text"),
        &format!("{say}.rest"),
    ];
    let texts = |sets: &[&str]| merged_texts(sets, &names);
    let expected = [("us", 1), ("eu", 0), ("one", 1), ("kept", 0)];
    assert_eq!(
        texts(&[FIRST]),
        expected.map(|(text, file)| (text.to_owned(), file))
    );
    let expected = [("asia", 2), ("eu", 0), ("one", 1), ("kept", 0)];
    assert_eq!(
        texts(&[FIRST, SECOND]),
        expected.map(|(text, file)| (text.to_owned(), file))
    );
}

#[test]
fn overlays_name_their_input_sets_in_order() {
    let set = |identifier: &str| {
        format!("inputSet:\n  identifier: {identifier}\n  pipeline:\n    identifier: p\n")
    };
    let overlay = "overlayInputSet:\n  inputSetReferences: [second, first]\n";
    let texts = [set("first"), set("second"), overlay.to_owned()];
    assert_eq!(sets_of(&texts, &[3]), Ok(vec![FileId(2), FileId(1)]));
    assert_eq!(sets_of(&texts, &[1]), Ok(vec![FileId(1)]));
}

#[test]
fn an_overlay_does_not_name_input_sets_without_end() {
    let set = "inputSet:\n  identifier: a\n  pipeline:\n    identifier: p\n";
    let overlay = |count: usize| {
        let names = vec!["a"; count].join(", ");
        format!("overlayInputSet:\n  inputSetReferences: [{names}]\n")
    };
    let chosen = |count: usize| {
        let texts = [set.to_owned(), overlay(count)];
        sets_of(&texts, &[2, 1]).map(|sets| sets.len())
    };
    assert_eq!(chosen(1_000), Ok(1));
    assert_eq!(chosen(1_001), Err((0, NoInputSet::TooMany)));
}

/// The files of the input sets that those at `chosen` stand for. The first file is a pipeline `p`, `texts` are the
/// files behind it.
fn sets_of(texts: &[String], chosen: &[usize]) -> Result<Vec<FileId>, (usize, NoInputSet)> {
    let pipeline = "pipeline:\n  identifier: p\n".to_owned();
    let texts: Vec<String> = std::iter::once(pipeline)
        .chain(texts.iter().cloned())
        .collect();
    let read = read(&texts);
    let project = Project::new(files(&read));
    let sets = project.input_sets((0, 0), chosen, &mut LookUps::default())?;
    Ok(sets.iter().map(|(tree, _)| tree.file()).collect())
}
