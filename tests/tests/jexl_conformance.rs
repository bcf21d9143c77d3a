//! Every recorded JEXL case, answered by the protocol of `pipewright eval --jsonl` (`tests/data/conformance/jexl.jsonl`).

use std::fs;
use std::path::Path;

use pipewright_cli::Protocol;
use serde_json::Value;

/// Cases that are deliberately not met, each with the Java facility it would take.
const EXCEPTIONS: &[&str] = &[];

fn data(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data/conformance")
        .join(name);
    fs::read_to_string(&path).expect("the conformance data is part of the repository")
}

#[test]
fn every_recorded_case_agrees() {
    let contexts = serde_json::from_str(&data("contexts.json")).expect("contexts are JSON");
    let mut protocol = Protocol::new(contexts);
    let mut wrong = Vec::new();
    let cases = data("jexl.jsonl");
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        let answer = protocol.answer(line);
        let answer: Value = serde_json::from_str(&answer).expect("an answer is JSON");
        let id = case["id"].as_str().expect("a case has an id");
        if !agrees(&case["expect"], &answer) && !EXCEPTIONS.contains(&id) {
            wrong.push(format!(
                "{id}: {}\n  expected {}\n  answered {answer}",
                case["expr"], case["expect"]
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} cases disagree:\n{}",
        wrong.len(),
        cases.lines().count(),
        wrong.join("\n")
    );
}

fn agrees(expected: &Value, answer: &Value) -> bool {
    if expected["ok"] != answer["ok"] {
        return false;
    }
    if expected["ok"] == Value::Bool(false) {
        return expected["error"] == answer["error"];
    }
    let in_any_order = expected["type"] == "Set";
    expected["type"] == answer["type"]
        && same(&expected["value"], &answer["value"], in_any_order)
        && expected
            .get("str")
            .is_none_or(|text| *text == answer["str"])
}

/// Deep equality with exact numbers; the order of a set's elements and of a map's entries does not count.
fn same(expected: &Value, answer: &Value, in_any_order: bool) -> bool {
    match (expected, answer) {
        (Value::Array(a), Value::Array(b)) if in_any_order => {
            a.len() == b.len()
                && a.iter()
                    .all(|item| b.iter().any(|other| same(item, other, false)))
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b, false))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, value)| b.get(key).is_some_and(|other| same(value, other, false)))
        }
        (Value::Number(a), Value::Number(b)) => {
            a == b || (a.as_f64() == b.as_f64() && is_fraction(a) && is_fraction(b))
        }
        _ => expected == answer,
    }
}

/// Whether a number is written with a fraction or an exponent: `1e7` and `10000000.0` are the same double.
fn is_fraction(number: &serde_json::Number) -> bool {
    number.to_string().contains(['.', 'e', 'E'])
}
