//! `docs/limits.md` says what the sources say: every row names a constant and its value.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::Path;

#[test]
fn every_row_has_the_value_of_its_constant() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("docs/limits.md")).unwrap();
    let rows: Vec<&str> = page
        .lines()
        .filter(|line| line.contains("| `crates/"))
        .collect();
    assert!(rows.len() > 30, "{} rows are found", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        let [value, file, constant] = quoted(row)[..] else {
            panic!("a row has a value, a file and a constant in backquotes: {row}");
        };
        let source = fs::read_to_string(root.join(file)).unwrap();
        let declared = source.lines().find_map(|line| {
            let (_, rest) = line.split_once(&format!("const {constant}: "))?;
            rest.split_once(" = ")?.1.strip_suffix(';')
        });
        if declared != Some(value) {
            wrong.push(format!("{file} {constant} is {declared:?}, not {value}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_limit_of_the_language_and_the_engine_is_on_the_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("docs/limits.md")).unwrap();
    // Harness's own: their errors are its errors, and no limits of ours.
    let of_harness = [
        "MAX_DEPTH",
        "MAX_ALIAS_STEPS",
        "MAX_OBJECT_DEPTH",
        "MAX_COLLECTION_NESTING",
    ];
    for file in ["crates/jexl/src/limits.rs", "crates/engine/src/limits.rs"] {
        let source = fs::read_to_string(root.join(file)).unwrap();
        let constants = source
            .lines()
            .filter_map(|line| line.strip_prefix("pub const "));
        let constants = constants.filter_map(|line| Some(line.split_once(':')?.0));
        for constant in constants {
            let is_other = file.contains("engine") && of_harness.contains(&constant);
            let row = format!("`{file}` `{constant}`");
            assert!(is_other || page.contains(&row), "{row} is not on the page");
        }
    }
}

/// The parts of a row in backquotes that are a value, a file and a constant; words of its prose in backquotes come
/// before or between.
fn quoted(row: &str) -> Vec<&str> {
    let parts: Vec<&str> = row.split('`').skip(1).step_by(2).collect();
    let is_value = |part: &&str| part.starts_with(|c: char| c.is_ascii_digit());
    let value = parts.iter().copied().find(is_value);
    let [.., file, constant] = parts[..] else {
        return Vec::new();
    };
    value.into_iter().chain([file, constant]).collect()
}
