//! The recorded and documented expressions under `tests/data`: each JEXL case parses exactly if the original accepted
//! it, and what parses is printed to a text that reads as the same tree.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;
use std::path::Path;

use pipewright_syntax::fuzzing::check_text;
use pipewright_syntax::{SyntaxErrorKind, parse_expression, parse_script};
use serde::de::DeserializeOwned;

#[derive(serde::Deserialize)]
struct Case {
    id: String,
    expr: String,
    mode: String,
    expect: Expect,
}

#[derive(serde::Deserialize)]
struct Expect {
    error: Option<String>,
}

/// The lines of a file below `tests/data`.
fn read<T: DeserializeOwned>(file: &str) -> Vec<T> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data")
        .join(file);
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// What the parser says of a case, in the words of the recording: nothing, `syntax` or `blank-source`.
fn verdict(case: &Case) -> Option<&'static str> {
    let error = match case.mode.as_str() {
        "script" => parse_script(&case.expr).err(),
        _ => parse_expression(&case.expr).err(),
    };
    match error?.kind {
        SyntaxErrorKind::BlankSource => Some("blank-source"),
        _ => Some("syntax"),
    }
}

#[test]
fn validity_agrees_with_every_recorded_case() {
    let cases: Vec<Case> = read("conformance/jexl.jsonl");
    assert!(cases.len() > 5_000, "only {} cases were read", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let recorded = case.expect.error.as_deref();
        let expected = recorded.filter(|error| matches!(*error, "syntax" | "blank-source"));
        let found = verdict(case);
        if found != expected {
            wrong.push(format!(
                "{}: {:?}: {found:?}, recorded {recorded:?}",
                case.id, case.expr
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Any line with a text to read.
#[derive(serde::Deserialize)]
struct Text {
    expr: Option<String>,
}

#[test]
fn every_recorded_and_documented_text_prints_to_the_same_tree() {
    let texts: BTreeSet<String> = [
        "conformance/jexl.jsonl",
        "conformance/engine.jsonl",
        "jexl/extra.jsonl",
        "documented/expressions.jsonl",
    ]
    .into_iter()
    .flat_map(read::<Text>)
    .filter_map(|line| line.expr)
    .collect();
    assert!(texts.len() > 6_000, "only {} texts were read", texts.len());
    for text in &texts {
        check_text(text);
    }
}
