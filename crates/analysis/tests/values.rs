//! What texts come to at their sites, and what that may cost.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fmt::Write as _;

use pipewright_analysis::{SiteValue, Snapshot};
use pipewright_engine::Profile;
use pipewright_jexl::Value;
use pipewright_model::{Pipeline, Site, SiteKind};
use pipewright_source::FileId;

const PIPELINE: &str = r#"
pipeline:
  identifier: release
  variables:
    - { name: region, type: String, value: eu-1 }
    - { name: asked, type: String, value: <+input>.default(a), default: b }
  stages:
    - stage:
        identifier: Build
        type: Custom
        when: { pipelineStatus: Success, condition: <+pipeline.variables.region> == "eu-1" }
        description: in <+pipeline.variables.region>
        spec:
          execution:
            steps:
              - step:
                  identifier: Ask
                  type: Http
                  when: { stageStatus: Success, condition: true || <+pipeline.variables.asked> == "a" }
                  spec: { assertion: '<+pipeline.variables.regoin> == null' }
              - step:
                  identifier: Turn
                  type: Http
                  strategy: { matrix: { x: [a, b] } }
                  when: { stageStatus: Success, condition: <+matrix.x> == "a" }
"#;

/// The sites of the only pipeline of a file that hold these words.
fn sites<'s>(snapshot: &'s Snapshot, id: FileId, words: &str) -> (&'s Pipeline, Vec<&'s Site>) {
    let analysis = snapshot.analysis(id).unwrap();
    let pipeline = analysis.documents()[0].pipeline().unwrap();
    let text = |site: &Site| analysis.tree().text(site.yaml).unwrap_or_default();
    let sites = pipeline.sites.iter();
    (
        pipeline,
        sites.filter(|site| text(site).contains(words)).collect(),
    )
}

fn value(text: &str, words: &str) -> SiteValue {
    let mut snapshot = Snapshot::default();
    let id = snapshot.set_text("p.yaml", text);
    let values = snapshot.analysis(id).unwrap().values(0).unwrap();
    let (_, sites) = sites(&snapshot, id, words);
    values.value_at(sites[0], Profile::default()).unwrap()
}

fn shown(words: &str) -> String {
    match value(PIPELINE, words).value.unwrap() {
        Value::Unknown(unknown) => format!("unknown {:?}", unknown.needs().collect::<Vec<_>>()),
        value => value.text().unwrap().to_str().into_owned(),
    }
}

#[test]
fn a_text_has_its_value_where_and_when_it_is_read() {
    assert_eq!(shown("region> =="), "true");
    assert_eq!(shown("in <+"), "in eu-1");
    assert_eq!(shown("true ||"), "true");
}

#[test]
fn what_a_run_may_bring_is_unknown() {
    let asked = PIPELINE.replace("true || ", "");
    let SiteValue { value, .. } = value(&asked, "asked>");
    assert!(matches!(value, Ok(Value::Unknown(_))), "{value:?}");
    assert!(shown("matrix.x").starts_with("unknown"));
}

#[test]
fn a_value_that_rests_on_something_missing_says_so() {
    let missing = value(PIPELINE, "regoin");
    assert!(missing.met_null);
    assert!(matches!(missing.value, Ok(Value::Boolean(true))));
    assert!(!value(PIPELINE, "region> ==").met_null);
}

#[test]
fn a_part_of_a_text_is_an_expression_there() {
    let mut snapshot = Snapshot::default();
    let id = snapshot.set_text("p.yaml", PIPELINE);
    let values = snapshot.analysis(id).unwrap().values(0).unwrap();
    let (_, sites) = sites(&snapshot, id, "region> ==");
    let part = values.value_of("<+pipeline.variables.region>", sites[0], Profile::default());
    assert_eq!(
        part.unwrap().value.unwrap().as_string().unwrap().to_str(),
        "eu-1"
    );
}

#[test]
fn a_file_is_evaluated_within_a_bound() {
    let mut text = String::from("pipeline:\n  identifier: p\n  stages:\n");
    for number in 0..80 {
        let endless = format!("(function() {{ while (true) {{ {number} }} }})()");
        write!(
            text,
            "    - stage:\n        identifier: S{number}\n        when:\n          condition: '{endless}'\n"
        )
        .unwrap();
    }
    text.push_str("    - stage:\n        identifier: T\n        when: { condition: 1 == 1 }\n");
    let mut snapshot = Snapshot::default();
    let id = snapshot.set_text("p.yaml", text);
    let values = snapshot.analysis(id).unwrap().values(0).unwrap();
    let (_, sites) = sites(&snapshot, id, "");
    let mut conditions = sites;
    conditions.retain(|site| site.kind == SiteKind::Condition);
    let last = conditions.pop().unwrap();
    let answered = |site: &Site| values.value_at(site, Profile::Classic).is_some();
    assert!(answered(last));
    assert!(conditions.iter().all(|site| !answered(site)));
    // What is known stays known.
    assert!(answered(last));
    assert!(values.value_at(last, Profile::V2).is_none());
}
