//! The catalogue against the facts it is made from.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::path::Path;

use pipewright_model::PathSegment;
use pipewright_model::catalogue::{self, Membership, OutputNames, OutputsStatus, RootKind};
use pipewright_model::identifier;
use serde_json::Value;

#[path = "../examples/generate_catalogue/tables.rs"]
mod tables;

fn facts(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data")
        .join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn keys(text: &str) -> Vec<PathSegment> {
    text.split('.')
        .map(|key| PathSegment::Key(key.into()))
        .collect()
}

#[test]
fn the_tables_are_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (name, text) in tables::all(root).unwrap() {
        let written = std::fs::read_to_string(root.join("src/catalogue").join(name)).unwrap();
        assert!(
            written == text,
            "{name} is not up to date: cargo run -p pipewright-model --example generate_catalogue"
        );
    }
}

#[test]
fn every_type_and_root_is_found_by_name() {
    for (kind, count, found) in [
        (
            "stepTypes",
            353,
            &(|name: &str| catalogue::step_type(name).is_some()) as &dyn Fn(&str) -> bool,
        ),
        ("stageTypes", 12, &|name| {
            catalogue::stage_type(name).is_some()
        }),
    ] {
        let facts = facts("step-types.json");
        let entries = facts[kind].as_object().unwrap();
        assert_eq!(entries.len(), count);
        assert!(entries.keys().all(|name| found(name)), "{kind}");
    }
    let facts = facts("roots.json");
    let roots = facts["roots"].as_object().unwrap();
    assert_eq!(roots.len(), 101);
    assert!(roots.keys().all(|name| catalogue::root(name).is_some()));
    assert!(catalogue::step_type("http").is_none());
}

#[test]
fn outputs_are_those_of_the_facts() {
    let facts = facts("step-types.json");
    for (name, step) in facts["stepTypes"].as_object().unwrap() {
        let known = catalogue::step_type(name).unwrap();
        let paths: Vec<&str> = known.outputs().map(|output| output.path).collect();
        let expected: Vec<&str> = step["outputs"]
            .as_array()
            .unwrap()
            .iter()
            .map(|output| output["path"].as_str().unwrap())
            .collect();
        assert_eq!(paths, expected, "{name}");
    }
}

#[test]
fn a_step_type_tells_its_settings_and_outputs() {
    let http = catalogue::step_type("Http").unwrap();
    assert_eq!(http.outputs_status(), OutputsStatus::Known);
    assert!(http.declares_output_variables());
    assert_eq!(http.settings().has(&keys("url")), Membership::Known);
    assert_eq!(http.settings().has(&keys("ur")), Membership::Absent);
    assert_eq!(
        http.settings().has(&keys("inputVariables")),
        Membership::Known,
        "a published key"
    );
    let required: Vec<&str> = http
        .spec_keys()
        .filter(|key| key.required)
        .map(|key| key.path)
        .collect();
    assert_eq!(required, ["method", "url"]);
    let declared = http
        .outputs()
        .find(|output| output.names == OutputNames::Declared)
        .unwrap();
    assert_eq!(declared.path, "output.outputVariables.*");

    let scanner = catalogue::step_type("Bandit").unwrap();
    assert!(scanner.outputs().any(|output| output.recalled));
    assert!(
        scanner.spec_keys().count() > 10,
        "entries shared with another type"
    );

    let wait = catalogue::step_type("Wait").unwrap();
    assert_eq!(wait.outputs_status(), OutputsStatus::None);
    let unknown = catalogue::step_type("AIExperiment").unwrap();
    assert_eq!(unknown.outputs_status(), OutputsStatus::Unknown);
}

#[test]
fn a_step_type_tells_what_a_run_offers_below_it() {
    let cases = [
        ("Http", "output.httpResponseCode", Membership::Known),
        ("Http", "output.httpsResponseCode", Membership::Absent),
        ("Http", "output.outputVariables.mine", Membership::Known),
        ("Http", "outputs.httpResponseCode", Membership::Absent),
        ("Http", "output.httpResponseBody.anything", Membership::Open),
        ("Http", "status", Membership::Known),
        ("Http", "spec.url", Membership::Open),
        ("Http", "service.name", Membership::Open),
        ("Wait", "output.x", Membership::Absent),
        ("AIExperiment", "output.x", Membership::Open),
        (
            "Bandit",
            "output.outputVariables.CRITICAL_OR_OTHER",
            Membership::Known,
        ),
        (
            "BuildAndPushDockerRegistry",
            "artifact_build.stepArtifacts.publishedImageArtifacts",
            Membership::Known,
        ),
    ];
    for (step_type, path, expected) in cases {
        let known = catalogue::step_type(step_type).unwrap();
        assert_eq!(known.offers(&keys(path)), expected, "{step_type} {path}");
    }
}

#[test]
fn a_root_tells_its_members() {
    let pipeline = catalogue::root("pipeline").unwrap();
    assert_eq!(pipeline.kind(), RootKind::Node);
    assert_eq!(pipeline.has(&keys("sequenceId")), Membership::Known);
    assert_eq!(pipeline.has(&keys("sequenceID")), Membership::Absent);
    assert_eq!(
        pipeline.has(&keys("parentPipeline.runSequence")),
        Membership::Known
    );
    assert_eq!(pipeline.has(&keys("variables.anything")), Membership::Known);
    let stage = catalogue::root("stage").unwrap();
    assert_eq!(stage.has(&keys("artifacts.primary.tag")), Membership::Known);
    assert_eq!(
        stage.has(&keys("podDetailsOutcome.ipAddress")),
        Membership::Known
    );
    assert_eq!(stage.has(&keys("nmae")), Membership::Absent);
    let deprecated: Vec<&str> = pipeline
        .members()
        .filter(|member| member.remark == Some("deprecated"))
        .map(|member| member.path)
        .collect();
    assert_eq!(deprecated, ["execution.url", "triggeredBy.triggerName"]);

    assert_eq!(
        catalogue::root("artifact").unwrap().alias(),
        Some("artifacts.primary")
    );
    assert_eq!(
        catalogue::root("matrix").unwrap().has(&keys("axis")),
        Membership::Known
    );
    let methods: Vec<&str> = catalogue::root("json")
        .unwrap()
        .members()
        .map(|member| member.path)
        .collect();
    assert_eq!(methods, ["format()", "list()", "object()", "select()"]);
    let open = catalogue::root("serviceVariables").unwrap();
    assert!(open.is_open());
}

#[test]
fn close_names_are_found() {
    assert_eq!(
        catalogue::close_step_type("ShelScript"),
        Some("ShellScript")
    );
    assert_eq!(catalogue::close_stage_type("Deploymnt"), Some("Deployment"));
    assert_eq!(catalogue::close_root("pipline"), Some("pipeline"));
    assert_eq!(catalogue::close_root("zzzzzz"), None);
}

#[test]
fn the_word_lists_are_those_of_the_facts() {
    let roots = facts("roots.json");
    let words = |key: &str| -> Vec<String> {
        let list = roots[key].as_array().unwrap();
        list.iter()
            .map(|word| word.as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(words("reservedWords"), identifier::RESERVED_WORDS);
    assert_eq!(
        words("reservedWordsDocsExtra"),
        identifier::DOCUMENTED_RESERVED_WORDS
    );
    let statuses = words("statusEnumValues");
    assert_eq!(statuses, catalogue::EXPRESSION_STATUSES[..statuses.len()]);

    let listed = roots["roots"].as_object().unwrap().iter();
    let listed = listed.filter_map(|(root, facts)| Some((root, facts["enum"].as_object()?)));
    for (root, members) in listed {
        for (member, values) in members {
            let name = format!("{root}.{member}");
            let mut known = catalogue::NAMES_WITH_FEW_VALUES.iter();
            let known = known.find(|known| known.name == name).unwrap();
            let values = values.as_array().unwrap().iter();
            let values: Vec<&str> = values.map(|value| value.as_str().unwrap()).collect();
            assert_eq!(known.values, values, "{name}");
        }
    }

    let types = facts("step-types.json");
    let fields = types["commonNodeFields"].as_array().unwrap();
    let expected: Vec<&str> = fields
        .iter()
        .map(|field| field["path"].as_str().unwrap())
        .collect();
    let paths: Vec<&str> = catalogue::RUN_TIME_FIELDS
        .iter()
        .map(|field| field.path)
        .collect();
    assert_eq!(paths, expected);
}
