//! Regular expressions find and replace what `java.util.regex` of Java 17 does; the lines of `tests/data/regex/*.jsonl`
//! were recorded there.
//!
//! A line with a `pattern` and a `text` has the `matches` that `find` gives, each as the UTF-16 offset of its start,
//! its text and those of its groups, or `error` where Java refuses the pattern; those of `made.jsonl` were made at
//! random, without what `COMPATIBILITY.md` names. A line with a `piece` has the `length` and the `hash` of what
//! `replaceAll` makes of so many of it. `REGEX_CASES=file cargo test -p pipewright-jexl --test java_regex` reads
//! another file instead.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use pipewright_jexl::regex::{self, Match, Pattern};
use pipewright_jexl::{ErrorKind, value::JavaString};
use serde_json::{Value, json};

fn files() -> Vec<PathBuf> {
    if let Some(file) = std::env::var_os("REGEX_CASES") {
        return vec![file.into()];
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/regex");
    // A packaged crate comes without them.
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// The cases that have a member.
fn cases_with(member: &str) -> Vec<Value> {
    let read = |file| std::fs::read_to_string(file).unwrap();
    let lines = files().into_iter().map(read).collect::<String>();
    let case = |line| serde_json::from_str::<Value>(line).unwrap();
    let cases = lines.lines().map(case);
    cases.filter(|case| case.get(member).is_some()).collect()
}

#[test]
fn matches_and_groups_are_those_of_java() {
    let mut wrong = Vec::new();
    for case in cases_with("text") {
        let expected = if case["error"] == true {
            json!("pattern-syntax")
        } else {
            case["matches"].clone()
        };
        let text = case["text"].as_str().unwrap();
        let groups = expected[0].as_array().map_or(0, |found| found.len() - 2);
        let found = find(case["pattern"].as_str().unwrap(), text, groups);
        if found != expected {
            wrong.push(format!("{case}\n  gives {found}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn find(pattern: &str, text: &str, groups: usize) -> Value {
    let matches = Pattern::new(&pattern.into()).and_then(|pattern| pattern.find_all(text));
    match matches {
        Ok(matches) => matches
            .iter()
            .map(|found| written(found, text, groups))
            .collect(),
        Err(failure) => json!(failure.kind().map(ErrorKind::name)),
    }
}

fn written(found: &Match, text: &str, groups: usize) -> Value {
    let start = text[..found.range().start].encode_utf16().count();
    let texts = (0..=groups).map(|group| {
        let range = found.group(group);
        range.map_or(Value::Null, |range| json!(text[range]))
    });
    std::iter::once(json!(start)).chain(texts).collect()
}

#[test]
fn tens_of_thousands_of_matches_are_within_the_budget() {
    for case in cases_with("piece") {
        let text = |member: &str| JavaString::from(case[member].as_str().unwrap());
        let times = usize::try_from(case["times"].as_u64().unwrap()).unwrap();
        let source = case["piece"].as_str().unwrap().repeat(times);
        let replaced = regex::replace(
            &text("pattern"),
            &source.as_str().into(),
            &text("replacement"),
            false,
        );
        let replaced = replaced.unwrap();
        let units: Vec<u16> = replaced.to_str().encode_utf16().collect();
        assert_eq!(json!(units.len()), case["length"], "{case}");
        let hash = units.iter().fold(0_i32, |hash, unit| {
            hash.wrapping_mul(31).wrapping_add(i32::from(*unit))
        });
        assert_eq!(json!(hash), case["hash"], "{case}");
    }
}
