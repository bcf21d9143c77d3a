//! What only looks another way is no difference: every pipeline, template and input set of the test data in other
//! styles.
//!
//! `FILES=FOLDER` does the same with the files below another folder.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::env;
use std::path::{Path, PathBuf};
use std::thread;

use pipewright_analysis::Snapshot;
use pipewright_compare::{Comparison, Question, compare};
use pipewright_source::FileId;
use pipewright_tests::changes::told;
use pipewright_tests::files::texts_below;
use pipewright_tests::restyled::{in_blocks, on_one_line};
use pipewright_yaml::{Tree, parse};

/// The rules that tell of several places at the one that the file has first.
const OF_THE_FIRST: [&str; 2] = ["finds reference-cycle", "finds v1-structure"];

/// The files with their texts.
fn files() -> Vec<(PathBuf, String)> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let folder = env::var_os("FILES").map_or(data, PathBuf::from);
    texts_below(&folder, &["yaml", "yml", "json"]).unwrap()
}

fn compared(path: &Path, base: &str, head: &str) -> Comparison {
    let name = path.to_string_lossy().into_owned();
    let mut before = Snapshot::default();
    before.set_text(name.clone(), base);
    let mut after = before.clone();
    after.set_text(name, head);
    compare(&before, &after, &Question::default())
}

/// The text in other styles, each with its name.
fn restyled(text: &str) -> Vec<(&'static str, String)> {
    let tree = parse(FileId(0), text);
    let with_remarks = format!("# a remark\n{text}\n# another one\n");
    // How far a mistake reaches depends on its line.
    let mut found = if tree.problems().is_empty() {
        let lines = with_remarks.lines().map(|line| format!("{line}\r\n"));
        vec![("remarks and line ends", lines.collect())]
    } else {
        vec![("remarks", with_remarks)]
    };
    if let [root] = tree.roots()
        && may_be_written_anew(&tree, text)
    {
        found.push(("one line", on_one_line(&tree, *root)));
        found.push(("blocks", in_blocks(&tree, *root, 3)));
    }
    found
}

/// Whether a file is the same however it is written: nothing is wrong as YAML, no comment silences anything, and no
/// place is named twice.
fn may_be_written_anew(tree: &Tree, text: &str) -> bool {
    tree.problems().is_empty() && !text.contains("pipewright:") && tree.aliases().next().is_none()
}

#[test]
fn what_only_looks_another_way_is_no_difference() {
    let files = files();
    let half = files.len().div_ceil(2).max(1);
    let look = |files: &[(PathBuf, String)]| -> (usize, Vec<String>) {
        let (mut count, mut wrong) = (0, Vec::new());
        for (path, text) in files {
            for (style, changed) in restyled(text) {
                count += 1;
                let mut told = told(&compared(path, text, &changed));
                if style == "one line" {
                    told.retain(|line| !OF_THE_FIRST.iter().any(|rule| line.ends_with(rule)));
                }
                if !told.is_empty() {
                    let told = told.join("\n  ");
                    wrong.push(format!("{}, {style}:\n  {told}", path.display()));
                }
            }
        }
        (count, wrong)
    };
    let (mut count, mut wrong) = (0, Vec::new());
    thread::scope(|scope| {
        let halves: Vec<_> = files
            .chunks(half)
            .map(|files| scope.spawn(move || look(files)))
            .collect();
        for half in halves {
            let (looked_at, found) = half.join().unwrap();
            count += looked_at;
            wrong.extend(found);
        }
    });
    assert!(
        wrong.is_empty(),
        "{} of {count}\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(count > 1000 || env::var_os("FILES").is_some(), "{count}");
}
