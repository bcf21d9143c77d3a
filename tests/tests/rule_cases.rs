//! Every rule has cases enough: at least three that it finds and three in which it stays silent.
//!
//! What it finds is counted by running it: the places in the files of `tests/data/lint/NAME`, and in those of
//! `tests/data/marked`, where a finding of it begins (`marked` tests that these are the marked ones). Of the two rules
//! that no file by itself can break the transcripts in `tests/data/cli` are counted. Silent cases are the innermost
//! items of the lists in the files `silent*.yaml` of `tests/data/lint/NAME` and the lines of texts of several lines;
//! those that differ only in an identifier or a name are one, but where the rule is about names. Of rules about
//! comments each comment is one. `lint_cases` tests that nothing is found there.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use pipewright_lint as lint;
use pipewright_source::{FileId, SourceFile};
use pipewright_tests::files::texts_below;
use pipewright_tests::lint::check;
use pipewright_yaml::{self as yaml, NodeId, Tree};

const LEAST: usize = 3;

/// The rules whose findings only transcripts of the command show.
const IN_TRANSCRIPTS: [&str; 2] = ["unlisted-name", "unreadable-file"];

/// The rules that look at identifiers and names.
const ABOUT_NAMES: [&str; 4] = [
    "ambiguous-identifier",
    "duplicate-identifier",
    "invalid-identifier",
    "jexl-keyword-name",
];

/// The rules that look at comments.
const ABOUT_COMMENTS: [&str; 2] = ["malformed-suppression", "unused-suppression"];

/// What is written in a folder of the test data.
fn texts(folder: &str, extension: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data")
        .join(folder);
    let texts = texts_below(&folder, &[extension]).unwrap();
    let named = texts.into_iter().map(|(path, text)| {
        let name = path.strip_prefix(&folder).unwrap();
        (name.to_string_lossy().replace('\\', "/"), text)
    });
    named.collect()
}

/// At how many places each rule finds something in texts: in the folder of a rule only what that rule finds.
fn found(folder: &str) -> BTreeMap<String, usize> {
    let mut places = BTreeSet::new();
    for (name, text) in texts(folder, "yaml") {
        let of_rule = name
            .split('/')
            .next()
            .filter(|rule| lint::rule(rule).is_some());
        let file = SourceFile::new("case.yaml", text);
        for finding in check(&file) {
            if of_rule.is_none_or(|rule| rule == finding.rule) {
                let start = finding.span.range.start();
                places.insert((finding.rule.to_owned(), name.clone(), start));
            }
        }
    }
    counted(places.into_iter().map(|(rule, ..)| rule))
}

fn counted(all: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for one in all {
        *counts.entry(one).or_default() += 1;
    }
    counts
}

/// The silent cases of a rule, each as what is written in it.
fn silent_cases(rule: &str) -> BTreeSet<String> {
    let folder = format!("lint/{rule}");
    let mut cases = BTreeSet::new();
    let files = texts(&folder, "yaml");
    for (_, text) in files.iter().filter(|(name, _)| name.starts_with("silent")) {
        let tree = yaml::parse(FileId(0), text);
        let with_names = ABOUT_NAMES.contains(&rule);
        for root in tree.roots() {
            if !collect(&tree, *root, with_names, &mut cases) {
                cases.insert(written(&tree, *root, with_names));
            }
        }
        if ABOUT_COMMENTS.contains(&rule) {
            let comments = tree.comments().iter();
            cases.extend(comments.map(|comment| comment.range.slice(text).to_owned()));
        }
    }
    cases
}

/// Collects the innermost items below a node and the lines of its texts; tells whether there are any.
fn collect(tree: &Tree, id: NodeId, with_names: bool, cases: &mut BTreeSet<String>) -> bool {
    if let Some(text) = tree.text(id) {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let several = lines.clone().count() > 1;
        if several {
            cases.extend(lines.map(|line| line.trim().to_owned()));
        }
        return several;
    }
    let mut any = false;
    for entry in tree.entries(id) {
        any |= collect(tree, entry.value, with_names, cases);
    }
    for item in tree.items(id) {
        if !collect(tree, *item, with_names, cases) {
            cases.insert(written(tree, *item, with_names));
        }
        any = true;
    }
    any
}

/// What is written below a node, with or without what it is called.
fn written(tree: &Tree, id: NodeId, with_names: bool) -> String {
    if let Some(text) = tree.text(id) {
        return text.to_owned();
    }
    let mut all = String::new();
    for entry in tree.entries(id) {
        let key = tree.text(entry.key).unwrap_or_default();
        if with_names || !matches!(key, "identifier" | "name") {
            write!(all, "{key}: {}; ", written(tree, entry.value, with_names)).unwrap();
        }
    }
    for item in tree.items(id) {
        write!(all, "- {}; ", written(tree, *item, with_names)).unwrap();
    }
    all
}

/// What the transcripts of the command show of a rule, each finding once.
fn shown_in_transcripts(rule: &str) -> usize {
    let sign = format!("[{rule}]");
    let texts = texts("cli", "md");
    let lines = texts.iter().flat_map(|(_, text)| text.lines());
    let shown: BTreeSet<&str> = lines
        .filter_map(|line| line.split_once(&sign))
        .map(|(_, message)| message.trim_start_matches([':', ' ']))
        .collect();
    shown.len()
}

#[test]
fn every_rule_is_found_and_kept_silent_three_times() {
    let in_cases = found("lint");
    let marked = found("marked");
    let mut few = Vec::new();
    for rule in lint::rules().iter().map(|rule| rule.name) {
        if IN_TRANSCRIPTS.contains(&rule) {
            let shown = shown_in_transcripts(rule);
            if shown < LEAST {
                few.push(format!("{rule}: {shown} in transcripts"));
            }
            continue;
        }
        let count = |counts: &BTreeMap<String, usize>| counts.get(rule).copied().unwrap_or(0);
        // What an input set gives is judged with its pipeline, and a marked file is alone.
        let of_several_files = rule == "input-set-mismatch";
        let counts = [
            ("found in its folder", count(&in_cases)),
            (
                "marked",
                if of_several_files {
                    LEAST
                } else {
                    count(&marked)
                },
            ),
            ("silent", silent_cases(rule).len()),
        ];
        let short = counts.iter().filter(|(_, count)| *count < LEAST);
        few.extend(short.map(|(what, count)| format!("{rule}: {count} {what}")));
    }
    assert!(few.is_empty(), "{}", few.join("\n"));
}
