//! Where two rules find the same mistake, the specific one speaks: `tests/data/precedence/GENERAL/SPECIFIC.yaml` is a
//! text that breaks both.
//!
//! Every pair of the table has such a file, or a line `SPECIFIC GENERAL` in `apart.txt`: of what is wrong there the
//! general rule, which judges values, knows none.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pipewright_lint as lint;
use pipewright_source::{Diagnostic, SourceFile, TextRange};
use pipewright_tests::lint::check;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/precedence")
}

/// The pairs `(specific, general)` that have a file, with its path.
fn files() -> Vec<((String, String), PathBuf)> {
    let mut files = Vec::new();
    for general in std::fs::read_dir(folder()).unwrap() {
        let general = general.unwrap();
        if !general.file_type().unwrap().is_dir() {
            continue;
        }
        for specific in std::fs::read_dir(general.path()).unwrap() {
            let path = specific.unwrap().path();
            let specific = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let general = general.file_name().to_str().unwrap().to_owned();
            files.push(((specific, general), path));
        }
    }
    files.sort();
    files
}

/// The pairs that never meet.
fn apart() -> BTreeSet<(String, String)> {
    let text = std::fs::read_to_string(folder().join("apart.txt")).unwrap();
    let pairs = text.lines().filter_map(|line| line.split_once(' '));
    pairs
        .map(|(specific, general)| (specific.to_owned(), general.to_owned()))
        .collect()
}

/// Where a rule finds something.
fn places(found: &[Diagnostic], rule: &str) -> Vec<TextRange> {
    let of_rule = found.iter().filter(|finding| finding.rule == rule);
    of_rule.map(|finding| finding.span.range).collect()
}

#[test]
fn every_pair_of_the_table_has_a_file() {
    let with_file: BTreeSet<_> = files().into_iter().map(|(pair, _)| pair).collect();
    let known: BTreeSet<_> = with_file.union(&apart()).cloned().collect();
    let table: BTreeSet<_> = lint::precedence()
        .map(|(specific, general)| (specific.name.to_owned(), general.name.to_owned()))
        .collect();
    let without: Vec<_> = table.difference(&known).collect();
    assert!(without.is_empty(), "without a file: {without:?}");
    let too_much: Vec<_> = known.difference(&table).collect();
    assert!(too_much.is_empty(), "not in the table: {too_much:?}");
    let both: Vec<_> = with_file.intersection(&apart()).cloned().collect();
    assert!(both.is_empty(), "apart and with a file: {both:?}");
}

#[test]
fn the_specific_rule_speaks_and_the_general_one_does_not() {
    for ((specific, general), path) in files() {
        let file = SourceFile::new("case.yaml", std::fs::read_to_string(&path).unwrap());
        let found = check(&file);
        let name = path.display();
        assert!(!places(&found, &specific).is_empty(), "{name}: {found:#?}");
        assert_eq!(places(&found, &general), [], "{name}");
    }
}
