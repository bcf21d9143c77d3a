//! Every recorded JEXL case parses exactly if the original accepted it (`tests/data/conformance/jexl.jsonl`).
#![allow(clippy::unwrap_used, reason = "a test")]

use std::path::Path;

use pipewright_syntax::{SyntaxErrorKind, parse_expression, parse_script};

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

fn cases() -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/conformance/jexl.jsonl");
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
    let cases = cases();
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
