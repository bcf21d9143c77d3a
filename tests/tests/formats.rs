//! Each format for programs is what its readers expect: by its schema, and by what it says of the same findings.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use pipewright_tests::Session;
use roxmltree::{Document, Node};
use serde_json::Value;

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn schema_text(name: &str) -> String {
    let path = data().join("schemas").join(name);
    fs::read_to_string(path).expect("the schema is there")
}

fn schema(name: &str) -> Value {
    serde_json::from_str(&schema_text(name)).expect("the schema is JSON")
}

/// The report of the rules' cases and of a path that is not there.
fn report(format: &str) -> String {
    let paths = ["lint", "attack", "project", "is-not-there.yaml"];
    let arguments = [&["check"][..], &paths, &["--pedantic", "--format", format]].concat();
    let answer = Session::default().run(&data(), &arguments);
    assert_eq!(answer.code, 2, "{}", answer.stderr);
    answer.stdout
}

fn json(format: &str) -> Value {
    serde_json::from_str(&report(format)).expect("the report is JSON")
}

fn count(value: &Value, pointer: &str) -> usize {
    let list = value.pointer(pointer).and_then(Value::as_array);
    list.unwrap_or_else(|| panic!("there is no list {pointer}"))
        .len()
}

fn findings() -> usize {
    static FINDINGS: LazyLock<usize> = LazyLock::new(|| count(&json("json"), "/diagnostics"));
    assert!(*FINDINGS > 500, "{}", *FINDINGS);
    *FINDINGS
}

fn assert_valid(value: &Value, schema: &Value) {
    let validator = jsonschema::validator_for(schema).expect("the schema can be used");
    let errors = validator.iter_errors(value).take(5);
    let errors: Vec<String> = errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn sarif_is_valid_and_complete() {
    let sarif = json("sarif");
    let mut schema = schema("sarif-2.1.0.json");
    // A bracket of these patterns closes nothing, which this validator does not take. We write neither member.
    for owner in ["run", "toolComponent"] {
        schema["definitions"][owner]["properties"]["language"]["pattern"] = "^[a-zA-Z]{2}".into();
    }
    assert_valid(&sarif, &schema);
    assert_eq!(count(&sarif, "/runs/0/results"), findings());
    assert_eq!(
        sarif.pointer("/runs/0/invocations/0/executionSuccessful"),
        Some(&Value::Bool(false))
    );
    let rules = sarif.pointer("/runs/0/tool/driver/rules").expect("rules");
    for result in sarif
        .pointer("/runs/0/results")
        .and_then(Value::as_array)
        .expect("results")
    {
        let index = result["ruleIndex"].as_u64().expect("an index").to_string();
        assert_eq!(
            rules.pointer(&format!("/{index}/id")),
            Some(&result["ruleId"])
        );
    }
}

#[test]
fn gitlab_is_valid_and_tells_findings_apart() {
    let gitlab = json("gitlab");
    assert_valid(&gitlab, &schema("gitlab.json"));
    let issues = gitlab.as_array().expect("a list");
    assert_eq!(issues.len(), findings());
    let fingerprints: BTreeSet<&str> = issues
        .iter()
        .filter_map(|issue| issue["fingerprint"].as_str())
        .collect();
    assert_eq!(fingerprints.len(), issues.len());
}

#[test]
fn rdjson_is_valid_and_complete() {
    let rdjson = json("rdjson");
    let official = schema("DiagnosticResult.jsonschema");
    assert_valid(&rdjson, &official);
    assert_valid(&rdjson, &schema("rdjson-members.json"));
    assert_eq!(count(&rdjson, "/diagnostics"), findings());

    let mut wrong = rdjson;
    wrong["diagnostics"][0]["location"]["range"]["start"]["line"] = "1".into();
    let official = jsonschema::validator_for(&official).expect("the schema can be used");
    assert!(!official.is_valid(&wrong), "the schema looks into places");
}

/// What is wrong with a document by the schema of JUnit XML.
fn junit_errors(text: &str) -> Vec<String> {
    let schema = schema_text("junit-10.xsd");
    let schema = uppsala::parse(&schema).expect("the schema is XML");
    let schema = uppsala::XsdValidator::from_schema(&schema).expect("the schema can be used");
    let document = uppsala::parse(text).expect("the report is XML");
    let errors = schema.validate(&document).into_iter().take(5);
    errors.map(|error| error.to_string()).collect()
}

/// Every element has the attributes its readers know and no others, and stands where they look for it.
fn assert_known(node: Node<'_, '_>, known: &Value) {
    let name = node.tag_name().name();
    let words = |list: &str| -> BTreeSet<&str> {
        let list = known[name][list].as_array();
        list.into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    };
    let attributes: BTreeSet<&str> = node
        .attributes()
        .map(|attribute| attribute.name())
        .collect();
    let (required, optional) = (words("attributes"), words("optional"));
    assert!(attributes.is_superset(&required), "{name}: {attributes:?}");
    let others: Vec<_> = attributes
        .difference(&required)
        .filter(|other| !optional.contains(*other))
        .collect();
    assert_eq!(others, Vec::<&&str>::new(), "{name}");
    for child in node.children().filter(Node::is_element) {
        assert!(
            words("children").contains(child.tag_name().name()),
            "{name}"
        );
        assert_known(child, known);
    }
}

fn elements<'d>(document: &'d Document<'_>, name: &'static str) -> Vec<Node<'d, 'd>> {
    let elements = document.descendants();
    elements.filter(|node| node.has_tag_name(name)).collect()
}

#[test]
fn junit_is_valid_and_counts_what_it_holds() {
    let text = report("junit");
    assert_eq!(junit_errors(&text), Vec::<String>::new());
    for (right, wrong) in [
        (" errors=\"", " error=\""),
        ("failure", "failed"),
        ("<testcase name=", "<testcase title="),
    ] {
        let changed = text.replace(right, wrong);
        assert_ne!(junit_errors(&changed), Vec::<String>::new(), "{wrong}");
    }
    let document = Document::parse(&text).expect("the report is XML");
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    assert_eq!(elements(&document, "failure").len(), findings());
    assert_eq!(elements(&document, "error").len(), 1);
    for (attribute, name) in [
        ("tests", "testcase"),
        ("failures", "failure"),
        ("errors", "error"),
    ] {
        for node in elements(&document, "testsuite").into_iter().chain([root]) {
            let inside = node.descendants().filter(|node| node.has_tag_name(name));
            assert_eq!(
                node.attribute(attribute),
                Some(&*inside.count().to_string())
            );
        }
    }
}

#[test]
fn junit_of_files_of_tests_is_valid() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let write = |name: &str, text: &str| {
        fs::write(directory.path().join(name), text).expect("a file can be written");
    };
    let example = data().join("../../examples/release/pipeline.yaml");
    write(
        "p.yaml",
        &fs::read_to_string(example).expect("the example is there"),
    );
    write(
        "good.test.yaml",
        "pipeline: p.yaml\ntests:\n  - name: <right>\n    expect: { runs: [pipeline] }\n  - name: wrong\n    \
         expect: { skipped: [pipeline] }\n  - name: none\n    expect: { runs: [pipeline.stages.None] }\n",
    );
    write("bad.test.yaml", "pipelines: p.yaml\n");
    let answer = Session::default().run(directory.path(), &["test", "--format", "junit"]);
    let elements = |name: &str| answer.stdout.matches(&format!("<{name} ")).count();
    assert_eq!((elements("testsuite"), elements("testcase")), (2, 4));
    assert!(
        elements("failure") + elements("error") >= 3,
        "{}",
        answer.stdout
    );
    assert_eq!(junit_errors(&answer.stdout), Vec::<String>::new());
}

#[test]
fn checkstyle_has_a_file_once() {
    let text = report("checkstyle");
    let document = Document::parse(&text).expect("the report is XML");
    assert_known(document.root_element(), &schema("checkstyle.json"));
    assert_eq!(elements(&document, "error").len(), findings() + 1);
    let files = elements(&document, "file");
    let names: BTreeSet<_> = files
        .iter()
        .filter_map(|file| file.attribute("name"))
        .collect();
    assert_eq!(names.len(), files.len());
}

#[test]
fn github_has_a_command_a_line() {
    let text = report("github");
    assert_eq!(text.lines().count(), findings() + 1);
    let commands = ["::error ", "::warning ", "::notice "];
    for line in text.lines() {
        assert!(
            commands.iter().any(|command| line.starts_with(command)),
            "{line}"
        );
    }
}

#[test]
fn fingerprints_survive_moved_lines() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let path = directory.path().join("p.yaml");
    let fingerprints = |text: &str| -> Vec<String> {
        fs::write(&path, text).expect("a file can be written");
        let answer = Session::default().run(directory.path(), &["check", "--format", "sarif"]);
        let sarif: Value = serde_json::from_str(&answer.stdout).expect("the report is JSON");
        let results = sarif.pointer("/runs/0/results").and_then(Value::as_array);
        let of = |result: &Value| result["partialFingerprints"]["pipewright/v1"].to_string();
        results.into_iter().flatten().map(of).collect()
    };
    let text = "pipeline:\n  identifier: p\n  description: <+pipeline.variables.x> <+pipeline.variables.x> <+a.\n";
    let before = fingerprints(text);
    assert_eq!(before.len(), 3);
    let distinct: BTreeSet<&String> = before.iter().collect();
    assert_eq!(distinct.len(), 3);
    assert_eq!(fingerprints(&format!("# moved\n\n{text}")), before);
}
