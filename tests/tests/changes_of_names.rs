//! A name that is another one everywhere is told as that, and nothing else is: names of stages, groups, steps,
//! variables and outputs of the test data are changed as an editor changes them, with all that reads them.
//!
//! `FILES=FOLDER` does the same with the files below another folder, `NAMES` says with how many names.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::env;
use std::path::{Path, PathBuf};

use pipewright_analysis::Snapshot;
use pipewright_compare::{Question, compare};
use pipewright_ide::{Declaration, DeclarationKind, Symbol, rename, symbols};
use pipewright_lint::{Options, check_all, edited};
use pipewright_source::{FileId, SourceFile};
use pipewright_tests::changes::told;
use pipewright_tests::files::texts_below;
use pipewright_yaml::parse;

/// A name that no file has.
const NEW: &str = "renamed_zz";

/// How many names are changed.
const NAMES: usize = 30;

fn flatten(symbols: Vec<Symbol>, found: &mut Vec<Declaration>) {
    for symbol in symbols {
        found.push(symbol.declaration);
        flatten(symbol.children, found);
    }
}

/// Whether it is the name of a node, a variable or an output. An axis is a setting of its loop.
fn is_a_name(kind: DeclarationKind) -> bool {
    kind.is_renamed() && kind != DeclarationKind::Axis
}

/// Rules about names as such, and about what silences them: of these another name may have more or less to say.
const ABOUT_NAMES: [&str; 7] = [
    "ambiguous-identifier",
    "duplicate-identifier",
    "hyphen-in-path",
    "invalid-identifier",
    "jexl-keyword-name",
    "reserved-word-in-path",
    "unused-suppression",
];

/// The snapshot after a declaration has got the new name. `None` where that is refused.
fn renamed(before: &Snapshot, declared: &Declaration) -> Option<Snapshot> {
    let (file, offset) = (declared.name.file, declared.name.range.start());
    let answer = rename(before, file, offset, NEW).ok()?;
    let mut after = before.clone();
    for of_file in answer
        .edits
        .chunk_by(|one, other| one.span.file == other.span.file)
    {
        let id = of_file[0].span.file;
        let source = before.source(id)?;
        let place = before.ids().find(|(_, known)| *known == id)?.0;
        after.set(
            place,
            SourceFile::new(source.name(), edited(source, of_file)),
        );
    }
    Some(after)
}

/// Whether no two nodes have one name: which of them is which one after is open.
fn is_unambiguous(snapshot: &Snapshot) -> bool {
    let found = check_all(snapshot, &Options::default());
    let mut found = found.iter();
    !found.any(|finding| finding.rule == "duplicate-identifier")
}

#[test]
fn a_name_that_is_another_one_everywhere_is_told_alone() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let folder = env::var_os("FILES").map_or(data, PathBuf::from);
    let most = env::var("NAMES").ok().and_then(|names| names.parse().ok());
    let mut names = Vec::new();
    for (path, text) in texts_below(&folder, &["yaml", "yml"]).unwrap() {
        // How far a mistake reaches depends on its line.
        if !parse(FileId(0), text.as_str()).problems().is_empty() {
            continue;
        }
        let mut snapshot = Snapshot::default();
        let file = snapshot.set_text(path.to_string_lossy().as_ref(), text.as_str());
        let mut declared = Vec::new();
        flatten(symbols(&snapshot, file), &mut declared);
        let free = declared.into_iter().filter(|of| is_a_name(of.kind));
        names.extend(free.map(|of| (snapshot.clone(), of)));
    }
    let step = (names.len() / most.unwrap_or(NAMES)).max(1);
    let (mut count, mut wrong) = (0, Vec::new());
    for (before, declared) in names.iter().step_by(step) {
        let Some(after) = renamed(before, declared).filter(|_| is_unambiguous(before)) else {
            continue;
        };
        count += 1;
        let mut told = told(&compare(before, &after, &Question::default()));
        told.retain(|line| !ABOUT_NAMES.iter().any(|rule| line.ends_with(rule)));
        let is_name = |line: &String| line.contains(": renamed ") && line.ends_with(", 0 readers");
        if told.is_empty() || !told.iter().all(is_name) {
            let file = before.source(declared.name.file).unwrap();
            let at = file
                .line_index()
                .scalar(file.text(), declared.name.range.start());
            let (name, line, column) = (file.name(), at.line, at.column);
            wrong.push(format!("{name}:{line}:{column}\n  {}", told.join("\n  ")));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {count}\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(count > NAMES / 2 || most.is_some(), "{count}");
}
