//! What the users of other language servers reported, each as a test of ours.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use pipewright_tests::client::{Client, folder, position};
use pipewright_tests::{files, lint};
use serde_json::{Value, json};

/// What a question may take in a build for tests; released builds take a tenth.
const PATIENCE: Duration = Duration::from_secs(5);

/// A pipeline of one stage with these lines as its steps.
fn pipeline(steps: &str) -> String {
    let head = "pipeline:\n  identifier: p\n  variables:\n    - { name: tag, type: String, value: v1 }\n  stages:\n    \
                - stage:\n        identifier: S\n        type: Custom\n        spec:\n          execution:\n            steps:\n";
    let steps = steps.lines().map(|line| format!("              {line}\n"));
    head.to_owned() + &steps.collect::<String>()
}

fn script(identifier: &str, text: &str) -> String {
    format!(
        "- step:\n    identifier: {identifier}\n    type: ShellScript\n    timeout: 1m\n    spec:\n      shell: Bash\n      \
         source: {{ type: Inline, spec: {{ script: '{text}' }} }}\n"
    )
}

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    let codes = diagnostics.iter().map(|of| of["code"].as_str().unwrap());
    codes.collect()
}

fn silent(text: &str) {
    let (_kept, root) = folder(&[]);
    let mut client = Client::started(&[&root], json!({}));
    let document = client.open(&root.join("a.yaml"), text);
    let found = client.diagnostics(&document);
    assert_eq!(codes(&found), [""; 0], "{text}");
    client.end();
}

fn labels(client: &mut Client, uri: &str, marked: &str) -> Vec<(String, String)> {
    client.replace(uri, &marked.replace('‸', ""));
    let params = json!({ "textDocument": { "uri": uri }, "position": position(marked) });
    let found = client.ask("textDocument/completion", params).unwrap();
    let items = found["items"].as_array().cloned().unwrap_or_default();
    let text = |of: &Value| of.as_str().unwrap_or("").to_owned();
    items
        .iter()
        .map(|of| (text(&of["label"]), text(&of["detail"])))
        .collect()
}

#[test]
fn what_lies_outside_of_the_files_is_not_judged() {
    silent(&pipeline(&script(
        "A",
        "echo <+account.name> <+org.identifier> <+project.name> <+variable.account.any> <+variable.org.any>",
    )));
    silent(&pipeline(
        "- step: { identifier: H, type: Http, timeout: 1m, spec: { method: GET, url: \"https://<+variable.host>/\", \
         headers: [{ key: a, value: <+secrets.getValue(\"org.any\")> }] } }\n",
    ));
}

#[test]
fn outputs_that_only_a_run_makes_are_not_unknown() {
    silent(&pipeline(
        "- step: { identifier: P, type: Plugin, spec: { connectorRef: c, image: i } }\n\
         - step: { identifier: H, type: Http, timeout: 1m, spec: { method: GET, url: \"https://e.example/<+execution.steps.P.output.outputVariables.any>\" } }\n",
    ));
}

#[test]
fn what_cannot_be_written_out_is_silent() {
    silent(&pipeline(
        "- step: { identifier: A, template: { templateRef: account.notHere, versionLabel: v1 } }\n\
         - step: { identifier: H, type: Http, timeout: 1m, spec: { method: GET, url: \"https://e.example/<+execution.steps.A.output.outputVariables.x>\" } }\n",
    ));
    silent(&pipeline(
        "- step: { identifier: H, type: Http, timeout: 1m, spec: { method: GET, url: \"https://e.example/<+pipeline.variables.<+trigger.branch>>\" } }\n",
    ));
}

#[test]
fn completion_works_where_text_is_not_finished() {
    let (_kept, root) = folder(&[]);
    let mut client = Client::started(&[&root], json!({}));
    let uri = client.open(&root.join("a.yaml"), "");
    let whole = "pipeline.variables.tag".to_owned();
    let tag = [("tag".to_owned(), whole)];
    for text in [
        "echo <+pipeline.variables.‸",
        "echo <+pipeline.variables.‸>",
        "echo 😀 <+pipeline.variables.t‸ and more",
        "echo <+json.select(\"$.a\", pipeline.variables.‸",
    ] {
        let marked = pipeline(&script("A", text));
        let found = labels(&mut client, &uri, &marked);
        assert_eq!(found, tag, "{text}");
    }
    // A condition is an expression without its marks.
    let when = "timeout: 1m\n                  when: { stageStatus: Success, condition: pipeline.variables.‸ }\n";
    let marked = pipeline(&script("A", "echo")).replace("timeout: 1m\n", when);
    assert_eq!(labels(&mut client, &uri, &marked), tag, "{marked}");
    let broken = pipeline(&script("A", "echo <+pipeline.variables.‸")) + "  broken: [\n";
    assert_eq!(labels(&mut client, &uri, &broken), tag, "{broken}");
    client.end();
}

#[test]
fn a_place_has_an_answer_or_none_but_no_error() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let (_kept, root) = folder(&[]);
    let mut client = Client::started(&[&root], json!({}));
    let mut asked = 0;
    for (path, text) in files::texts_below(&examples, &["yaml"]).unwrap() {
        let name = path.file_name().unwrap();
        let uri = client.open(&root.join(format!("{asked}")).join(name), &text);
        let mut waiting = Vec::new();
        for (line, text) in text.lines().enumerate() {
            for character in 0..=text.encode_utf16().count() {
                let position = json!({ "line": line, "character": character });
                let params = json!({ "textDocument": { "uri": uri }, "position": position });
                waiting.push(client.request("textDocument/hover", params));
            }
            for id in waiting.drain(..) {
                let answer = client.answer(id).unwrap();
                assert!(answer.is_null() || answer["contents"]["value"].is_string());
                asked += 1;
            }
        }
        client.close(&uri);
    }
    assert!(asked > 5_000, "{asked}");
    client.end();
}

/// Several editors do not draw a range that is empty.
#[test]
fn no_range_is_empty() {
    let (_kept, root) = folder(&[]);
    let capabilities = json!({ "general": { "positionEncodings": ["utf-8"] } });
    let mut client = Client::started(&[&root], capabilities);
    let (mut seen, mut rules) = (0, BTreeSet::new());
    for (path, text) in lint::cases().unwrap().into_iter().step_by(3) {
        let uri = client.open(&root.join("a.yaml"), &text);
        for diagnostic in client.diagnostics(&uri) {
            let place = |of: &Value| (of["line"].as_u64(), of["character"].as_u64());
            let range = &diagnostic["range"];
            assert!(
                place(&range["start"]) < place(&range["end"]),
                "{}: {diagnostic}",
                path.display()
            );
            rules.insert(diagnostic["code"].as_str().unwrap().to_owned());
            seen += 1;
        }
        client.close(&uri);
    }
    assert!(
        seen > 200 && rules.len() > 40,
        "{seen} of {} rules",
        rules.len()
    );
    client.end();
}

#[test]
fn large_and_hostile_files_are_answered_soon() {
    let anchor = |i| format!("a{i}: &a{i} <+pipeline.name>\n");
    let anchors = (0..10_000).map(anchor).collect::<Vec<_>>().concat();
    let doubled = |i| format!("a{i}: &a{i} [*a{0}, *a{0}]\n", i - 1);
    let bomb = (1..30).map(doubled).collect::<Vec<_>>().concat();
    let conflict = pipeline(&script("A", "echo")).replace(
        "  variables:\n",
        "<<<<<<< HEAD\n  name: a\n=======\n  name: b\n>>>>>>> other\n  variables:\n",
    );
    let long = pipeline(
        &(0..3_000)
            .map(|i| script(&format!("s{i}"), "echo <+pipeline.variables.tag>"))
            .collect::<String>(),
    );
    let (_kept, root) = folder(&[]);
    let mut client = Client::started(&[&root], json!({}));
    for (name, text) in [
        (
            "anchors",
            pipeline("- step: { identifier: A, type: Http }\n") + &anchors,
        ),
        (
            "bomb",
            pipeline("- step: { identifier: A, type: Http }\n") + "a0: &a0 x\n" + &bomb,
        ),
        ("conflict", conflict),
        ("long", long),
    ] {
        let uri = client.open(&root.join(name), &text);
        client.diagnostics(&uri);
        let begun = Instant::now();
        let params =
            json!({ "textDocument": { "uri": uri }, "position": { "line": 9, "character": 0 } });
        client.ask("textDocument/completion", params).unwrap();
        assert!(
            begun.elapsed() < PATIENCE,
            "{name} takes {:?}",
            begun.elapsed()
        );
        client.close(&uri);
    }
    client.end();
}
