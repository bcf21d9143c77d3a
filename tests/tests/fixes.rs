//! A fix does what it says: once it is applied its finding is gone, and nothing that does not parse has come.
//!
//! The test applies the fixes of the rules' cases; `FIXES=folder` applies those of every YAML file below a folder instead.
//! Fixes of cases changed by lines are applied, too: `MADE=10000` of that many.

use std::path::Path;

use pipewright_lint::fuzzing::mutate;
use pipewright_source::{Applicability, Diagnostic, Fix, SourceFile};
use pipewright_syntax::fuzzing::{Bytes, scattered};
use pipewright_tests::{files, lint};

/// The rules that say that something cannot be read.
const UNREADABLE: [&str; 3] = ["yaml-syntax", "expression-syntax", "unclosed-expression"];

#[test]
fn fixes_of_the_cases_settle_their_findings() {
    let files = match std::env::var_os("FIXES") {
        None => lint::cases().expect("the cases of the rules"),
        Some(folder) => {
            files::texts_below(Path::new(&folder), &["yaml"]).expect("the folder can be listed")
        }
    };
    let mut wrong = Vec::new();
    let mut applied = 0;
    for (path, text) in &files {
        applied += apply_each(&path.display().to_string(), text, &mut wrong);
    }
    println!("{applied} fixes applied");
    assert_none(&wrong, applied);
    assert!(applied > 0);
}

#[test]
fn fixes_of_changed_cases_settle_their_findings() {
    let files = lint::cases().expect("the cases of the rules");
    let asked = std::env::var("MADE").ok();
    let count = asked.and_then(|count| count.parse().ok()).unwrap_or(400);
    let mut wrong = Vec::new();
    let mut applied = 0;
    for seed in 0..count {
        let (path, text) = &files[usize::try_from(seed).unwrap_or(0) % files.len()];
        let changed = mutate(text, &mut Bytes::new(&scattered(seed)));
        let name = format!("{} changed by {seed}", path.display());
        applied += apply_each(&name, &changed, &mut wrong);
    }
    println!("{applied} fixes applied");
    assert_none(&wrong, applied);
}

fn assert_none(wrong: &[String], applied: usize) {
    let count = wrong.len();
    assert!(count == 0, "{}\n{count} of {applied}", wrong.join("\n"));
}

fn check(text: &str) -> Vec<Diagnostic> {
    lint::check(&SourceFile::new("case.yaml", text))
}

/// Applies each fix of a text alone; returns how many there were.
fn apply_each(name: &str, text: &str, wrong: &mut Vec<String>) -> usize {
    let before = check(text);
    let mut applied = 0;
    for finding in &before {
        let fixes = finding.fixes.iter();
        for fix in fixes.filter(|fix| fix.applicability != Applicability::DisplayOnly) {
            applied += 1;
            let after = check(&with(text, fix));
            let start = finding.span.range.start();
            let same = |all: &[Diagnostic]| {
                let same = all.iter();
                same.filter(|one| one.rule == finding.rule && one.message == finding.message)
                    .count()
            };
            // The next one of its kind may show only now, or move to its place.
            let is_there = same(&after) >= same(&before)
                && after.iter().any(|one| {
                    one.rule == finding.rule
                        && one.message == finding.message
                        && one.span.range.start() == start
                });
            let unreadable = |all: &[Diagnostic]| {
                all.iter()
                    .filter(|one| UNREADABLE.contains(&one.rule))
                    .count()
            };
            let what = if is_there {
                "is still there"
            } else if unreadable(&after) > unreadable(&before) {
                "is gone for one that does not parse"
            } else {
                continue;
            };
            let (rule, message) = (finding.rule, &finding.message);
            wrong.push(format!("{name}: {rule} {what} ({message}): {}", fix.title));
        }
    }
    applied
}

/// The text with the edits of a fix.
fn with(text: &str, fix: &Fix) -> String {
    let mut edits: Vec<_> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.range.start()));
    let mut text = text.to_owned();
    for edit in edits {
        text.replace_range(edit.span.range.to_usize(), &edit.replacement);
    }
    text
}
