//! The JSON schema of files of tests, held against what reads them.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::Path;

use pipewright_context::yaml_values;
use pipewright_simulate::expect::{self, is_of_tests};
use pipewright_source::FileId;
use serde_json::Value;

/// Every file of tests below a folder, and those that transcripts write, with their texts.
fn files_of_tests() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join("../examples")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.display().to_string();
            if path.is_dir() {
                folders.push(path);
            } else if is_of_tests(&name) {
                found.push((name, fs::read_to_string(path).unwrap()));
            }
        }
    }
    for entry in fs::read_dir(root.join("data/cli")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for block in text.split("```yaml file=").skip(1) {
            let (name, rest) = block.split_once('\n').unwrap();
            if is_of_tests(name) {
                let (content, _) = rest.split_once("\n```").unwrap();
                found.push((name.to_owned(), format!("{content}\n")));
            }
        }
    }
    found
}

#[test]
fn the_schema_takes_what_the_reader_takes_and_refuses_keys_that_it_refuses() {
    let schema: Value = serde_json::from_str(&expect::schema().to_string()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let (mut taken, mut refused) = (0, 0);
    for (name, text) in files_of_tests() {
        let Ok(json) = yaml_values(&text) else {
            continue;
        };
        let json: Value = serde_json::from_str(&json.to_string()).unwrap();
        let file = expect::read(&pipewright_yaml::parse(FileId(0), &text));
        let mistakes = file.mistakes.iter().map(|mistake| &mistake.message);
        let broken = file.tests.iter().filter_map(|test| test.as_ref().err());
        let mistakes: Vec<&String> = mistakes
            .chain(broken.map(|broken| &broken.mistake.message))
            .collect();
        let errors: Vec<String> = validator
            .iter_errors(&json)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        if mistakes.is_empty() {
            assert!(errors.is_empty(), "{name}: {errors:#?}\n{text}");
            taken += 1;
        } else if !errors.is_empty() {
            refused += 1;
        }
    }
    assert!(
        taken >= 2 && refused >= 2,
        "{taken} taken, {refused} refused"
    );
    for wrong in [
        r#"{"tests": []}"#,
        r#"{"tests": [{"name": "x", "expekt": {}}]}"#,
        r#"{"tests": [{"given": {}}]}"#,
        r#"{"tests": [{"name": "x", "expect": {"error": true, "runs": []}}]}"#,
        r#"{"tests": [{"name": "x"}], "more": 1}"#,
    ] {
        let json: Value = serde_json::from_str(wrong).unwrap();
        assert!(!validator.is_valid(&json), "{wrong}");
        let file = expect::read(&pipewright_yaml::parse(FileId(0), wrong));
        let is_read = file.mistakes.is_empty() && file.tests.iter().all(Result::is_ok);
        assert!(!is_read, "{wrong}");
    }
}

/// Something that a schema takes.
fn example(schema: &Value) -> Value {
    let first = |list: &Value| list[0].clone();
    match (&schema["type"], &schema["enum"], &schema["anyOf"]) {
        (_, words @ Value::Array(_), _) => first(words),
        (_, _, Value::Array(_)) => true.into(),
        (Value::String(kind), _, _) if kind == "array" => Value::Array(Vec::new()),
        (Value::String(_), _, _) => Value::Object(serde_json::Map::new()),
        _ => "x".into(),
    }
}

#[test]
fn the_reader_reads_every_key_of_the_schema() {
    let schema: Value = serde_json::from_str(&expect::schema().to_string()).unwrap();
    let test = &schema["properties"]["tests"]["items"];
    let expected = &test["properties"]["expect"];
    let is_read = |text: &str| {
        let file = expect::read(&pipewright_yaml::parse(FileId(0), text));
        file.mistakes.is_empty() && file.tests.iter().all(Result::is_ok)
    };
    for (key, schema) in test["properties"].as_object().unwrap() {
        let value = example(schema);
        let name = if key == "name" { "" } else { "name: x, " };
        assert!(
            is_read(&format!("tests: [{{ {name}{key}: {value} }}]")),
            "{key}"
        );
    }
    for (key, schema) in expected["properties"].as_object().unwrap() {
        let value = example(schema);
        let written = format!("tests: [{{ name: x, expect: {{ {key}: {value} }} }}]");
        assert!(is_read(&written), "{written}");
    }
    assert!(!is_read("tests: [{ name: x, other: y }]"));
}
