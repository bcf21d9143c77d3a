//! Another name changes nothing but names: over all pipelines of the test data, names are changed, what is found then
//! is what was found before, and changing them back gives the bytes that were there.

use std::collections::BTreeMap;
use std::path::Path;

use pipewright_analysis::Snapshot;
use pipewright_ide::{Declaration, RenameError, Symbol, rename, symbols};
use pipewright_lint::{Options, check_all, edited};
use pipewright_source::{FileId, SourceFile};
use pipewright_tests::files;

/// A name that no file has.
const NEW: &str = "renamed_zz";

/// How many names are changed.
const NAMES: usize = 60;

#[test]
fn a_new_name_keeps_every_meaning_and_can_be_taken_back() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut repositories = Vec::new();
    for (path, text) in files::texts_below(&folder, &["yaml"]).unwrap() {
        let mut snapshot = Snapshot::default();
        let file = snapshot.set_text(path.to_string_lossy().as_ref(), text);
        repositories.push((snapshot, vec![file]));
    }
    for of in files::below(&folder.join("project"), &["yaml"]).unwrap() {
        let parent = of.parent().unwrap();
        let texts = files::texts_below(parent, &["yaml"]).unwrap();
        let mut snapshot = Snapshot::of_one_repository();
        let ids = texts
            .into_iter()
            .map(|(path, text)| snapshot.set_text(path.to_string_lossy().as_ref(), text));
        let ids = ids.collect();
        repositories.push((snapshot, ids));
    }
    let counts = over(&repositories, NAMES);
    assert!(counts.renamed > NAMES / 2, "{counts:?}");
    assert!(counts.refused > 0, "{counts:?}");
}

#[derive(Default, Debug)]
struct Counts {
    renamed: usize,
    edits: usize,
    refused: usize,
    reasons: BTreeMap<String, usize>,
}

/// Changes evenly chosen names.
fn over(repositories: &[(Snapshot, Vec<FileId>)], most: usize) -> Counts {
    let mut names: Vec<(&Snapshot, Declaration)> = Vec::new();
    for (snapshot, files) in repositories {
        for file in files {
            let mut declared = Vec::new();
            flatten(symbols(snapshot, *file), &mut declared);
            let free = declared.into_iter().filter(|of| of.kind.is_renamed());
            let free = free.filter(|of| is_only_a_name(snapshot, of));
            names.extend(free.map(|of| (snapshot, of)));
        }
    }
    let step = (names.len() / most).max(1);
    let mut counts = Counts::default();
    for (snapshot, declared) in names.iter().step_by(step) {
        let (file, offset) = (declared.name.file, declared.name.range.start());
        match rename(snapshot, file, offset, NEW) {
            Ok(answer) => {
                counts.renamed += 1;
                counts.edits += answer.edits.len();
                is_the_same(snapshot, declared);
            }
            Err(error) => {
                counts.refused += 1;
                *counts.reasons.entry(error.to_string()).or_default() += 1;
            }
        }
    }
    counts
}

/// Whether another name means the same: not where this one has a sign that expressions read, or may be compared as a
/// text, which stays as it is.
fn is_only_a_name(snapshot: &Snapshot, declared: &Declaration) -> bool {
    let file = snapshot.source(declared.name.file);
    let text = file.expect("the files are there").text();
    let name = snapshot.sources().slice(declared.name);
    let literals = [format!("\"{name}\""), format!("'{name}'")];
    !name.contains('-') && !literals.iter().any(|literal| text.contains(literal))
}

fn flatten(symbols: Vec<Symbol>, found: &mut Vec<Declaration>) {
    for symbol in symbols {
        found.push(symbol.declaration);
        flatten(symbol.children, found);
    }
}

fn is_the_same(before: &Snapshot, declared: &Declaration) {
    let (file, offset) = (declared.name.file, declared.name.range.start());
    let old = before.sources().slice(declared.name);
    let old = old.split("<+").next().expect("the files are there");
    let after = changed(before, file, offset, NEW);
    assert_eq!(
        findings(&after, NEW, old),
        findings(before, old, old),
        "{}",
        place(before, declared)
    );
    match rename(&after, file, moved(before, &after, declared), old) {
        // No name that Harness takes.
        Err(error) if error.span().is_none() => return,
        Err(RenameError::Taken(other)) => {
            // It was declared twice.
            assert_eq!(after.sources().slice(other), old);
            return;
        }
        _ => {}
    }
    let back = changed(&after, file, moved(before, &after, declared), old);
    for (name, id) in before.ids() {
        assert_eq!(
            back.source(id).expect("the files are there").text(),
            before.source(id).expect("the files are there").text(),
            "{name}"
        );
    }
}

fn place(snapshot: &Snapshot, declared: &Declaration) -> String {
    let file = snapshot
        .source(declared.name.file)
        .expect("the files are there");
    let at = file
        .line_index()
        .scalar(file.text(), declared.name.range.start());
    format!("{}:{}:{} {}", file.name(), at.line, at.column, declared.fqn)
}

/// Where the declaration stands after its name has changed.
fn moved(before: &Snapshot, after: &Snapshot, declared: &Declaration) -> u32 {
    let file = declared.name.file;
    let (then, now) = (
        before.source(file).expect("the files are there"),
        after.source(file).expect("the files are there"),
    );
    let line = then.line_index().line(declared.name.range.start());
    let start = now
        .line_index()
        .line_start(line)
        .expect("the files are there");
    let column = declared.name.range.start()
        - then
            .line_index()
            .line_start(line)
            .expect("the files are there");
    let text = &now.text()[start as usize..];
    let near = text
        .match_indices(NEW)
        .map(|(at, _)| u32::try_from(at).expect("the files are there"));
    start
        + near
            .min_by_key(|at| at.abs_diff(column))
            .expect("the files are there")
}

fn changed(snapshot: &Snapshot, file: FileId, offset: u32, to: &str) -> Snapshot {
    let answer = rename(snapshot, file, offset, to).expect("the files are there");
    let mut after = snapshot.clone();
    for of_file in answer.edits.chunk_by(|a, b| a.span.file == b.span.file) {
        let id = of_file[0].span.file;
        let source = snapshot.source(id).expect("the files are there");
        let (place, _) = snapshot
            .ids()
            .find(|(_, known)| *known == id)
            .expect("the files are there");
        after.set(
            place,
            SourceFile::new(source.name(), edited(source, of_file)),
        );
    }
    after
}

/// Rules about names as such: of these another name may have less to say, which leaves a comment that silences them
/// without use.
const ABOUT_NAMES: [&str; 6] = [
    "ambiguous-identifier",
    "duplicate-identifier",
    "invalid-identifier",
    "jexl-keyword-name",
    "reserved-word-in-path",
    "unused-suppression",
];

/// What is found beside that, with `name` read as `old`: the rule, its line and what it says.
fn findings(
    snapshot: &Snapshot,
    name: &str,
    old: &str,
) -> Vec<(FileId, u32, &'static str, String)> {
    let found = check_all(snapshot, &Options::default()).into_iter();
    let found = found.filter(|finding| !ABOUT_NAMES.contains(&finding.rule));
    let mut found: Vec<_> = found
        .map(|finding| {
            let file = snapshot
                .source(finding.span.file)
                .expect("the files are there");
            let line = file.line_index().line(finding.span.range.start());
            // Where a long text is cut hangs on the length of its names.
            let parts = finding.message.split('`');
            let message: Vec<&str> = parts.filter(|part| !part.contains('…')).collect();
            let message = message.join("`").replace(name, old).replace(',', "");
            // Messages list names by the alphabet.
            let mut words: Vec<&str> = message.split(' ').collect();
            words.sort_unstable();
            (finding.span.file, line, finding.rule, words.join(" "))
        })
        .collect();
    found.sort();
    found
}
