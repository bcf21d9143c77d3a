//! The command line: every file below `data/cli` is a transcript that must come out as it stands.
//!
//! To add a case, write its files and commands and run the test with `BLESS=1`; then read what it wrote.

use std::fs;
use std::path::{Path, PathBuf};

use pipewright_tests::Transcript;

fn transcripts() -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/cli");
    let entries = fs::read_dir(directory).expect("the cases are there");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the directory can be listed").path())
        .collect();
    paths.sort();
    paths
}

#[test]
fn transcripts_come_out_as_they_stand() {
    let paths = transcripts();
    assert!(!paths.is_empty());
    let is_blessing = std::env::var_os("BLESS").is_some();
    let mut differences = Vec::new();
    for path in paths {
        let expected = fs::read_to_string(&path).expect("a case is UTF-8");
        let directory = tempfile::tempdir().expect("a temporary directory");
        let found = Transcript::parse(&expected).replay(directory.path());
        if found == expected {
            continue;
        }
        if is_blessing {
            fs::write(&path, &found).expect("a case can be written");
            continue;
        }
        differences.push(format!(
            "{}\n{}",
            path.display(),
            difference(&expected, &found)
        ));
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// The lines that differ, from the first to the last of them.
fn difference(expected: &str, found: &str) -> String {
    let (expected, found): (Vec<&str>, Vec<&str>) =
        (expected.lines().collect(), found.lines().collect());
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let start = expected.iter().zip(&found).take_while(same).count();
    let end = expected[start..]
        .iter()
        .rev()
        .zip(found[start..].iter().rev())
        .take_while(same)
        .count();
    let removed = expected[start..expected.len() - end]
        .iter()
        .map(|line| format!("-{line}\n"));
    let added = found[start..found.len() - end]
        .iter()
        .map(|line| format!("+{line}\n"));
    removed.chain(added).collect()
}
