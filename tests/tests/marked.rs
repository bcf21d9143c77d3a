//! Pipelines with mistakes that are marked where they are made: every file of `tests/data/marked`, with every rule on.
//!
//! `# expect: rule` at the end of a line, in YAML or in a script, says that the rule finds something that begins on it;
//! alone on its line it speaks for the next line, and `# expect +3: rule` for the third below. Several rules stand with
//! commas between them, a rule as often as it finds something. What is not marked must stay silent, and every rule is
//! expected somewhere.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pipewright_lint as lint;
use pipewright_source::SourceFile;
use pipewright_tests::files::texts_below;
use pipewright_tests::lint::check;

const MARK: &str = "# expect";

/// The rules that no file by itself can break.
const ELSEWHERE: [&str; 3] = ["input-set-mismatch", "unlisted-name", "unreadable-file"];

fn files() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/marked");
    texts_below(&folder, &["yaml"]).unwrap()
}

/// The marks of a file: line and rule.
fn expected(text: &str) -> Vec<(usize, String)> {
    let mut expected = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let Some((before, rules)) = line.split_once(MARK) else {
            continue;
        };
        let (distance, rules) = rules.split_once(": ").unwrap();
        let next = usize::from(before.trim().is_empty());
        let at = number + 1 + distance.trim().parse().unwrap_or(next);
        expected.extend(rules.split(',').map(|rule| (at, rule.trim().to_owned())));
    }
    expected.sort();
    expected
}

fn found(text: &str) -> Vec<(usize, String)> {
    let file = SourceFile::new("case.yaml", text);
    let line = |at| usize::try_from(file.line_index().line(at)).unwrap();
    let found = check(&file).into_iter();
    let mut found: Vec<(usize, String)> = found
        .map(|finding| (line(finding.span.range.start()), finding.rule.to_owned()))
        .collect();
    found.sort();
    found
}

/// What of one list is not in the other, each as often as it is more.
fn without(mut all: Vec<(usize, String)>, other: &[(usize, String)]) -> Vec<String> {
    for known in other {
        if let Some(at) = all.iter().position(|one| one == known) {
            all.remove(at);
        }
    }
    let show = |(line, rule): (usize, String)| format!("  {line}: {rule}");
    all.into_iter().map(show).collect()
}

#[test]
fn every_mark_is_found_and_nothing_else() {
    let mut wrong = String::new();
    for (path, text) in files() {
        let (expected, found) = (expected(&text), found(&text));
        let missed = without(expected.clone(), &found);
        let too_much = without(found, &expected);
        for (what, lines) in [("missed", missed), ("not marked", too_much)] {
            if !lines.is_empty() {
                let name = path.display().to_string();
                wrong.extend([&name, ": ", what, "\n", &lines.join("\n"), "\n"]);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_rule_is_expected_somewhere() {
    let marks = files().into_iter().flat_map(|(_, text)| expected(&text));
    let marked: BTreeSet<String> = marks.map(|(_, rule)| rule).collect();
    let rules = lint::rules().iter().map(|rule| rule.name);
    let missing: Vec<&str> = rules
        .filter(|rule| !marked.contains(*rule) && !ELSEWHERE.contains(rule))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
