//! Files rewritten for v1 YAML: what is converted stays, and nothing but expressions changes.

use std::path::Path;

use pipewright_analysis::Snapshot;
use pipewright_lint::edited;
use pipewright_resolve::conversion::{Delimiters, convert_file};
use pipewright_source::FileId;
use pipewright_yaml::Tree;

fn converted(snapshot: &Snapshot, id: FileId, delimiters: Delimiters) -> String {
    let source = snapshot.source(id).expect("a file of the snapshot");
    let tree = snapshot.tree(id).expect("a file of the snapshot");
    let documents = snapshot.documents(id).expect("a file of the snapshot");
    let converted = convert_file((tree, source.text()), documents, delimiters);
    edited(source, &converted.edits)
}

/// The texts of a tree that hold no expression, and how many there are in all.
fn plain_texts(tree: &Tree) -> (Vec<&str>, usize) {
    let texts: Vec<&str> = tree.scalars().map(|(_, scalar)| &*scalar.value).collect();
    let plain = |text: &&str| !text.contains("<+") && !text.contains("${{");
    (texts.iter().copied().filter(plain).collect(), texts.len())
}

fn files(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder of cases") {
        let path = entry.expect("an entry that can be read").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "yaml") {
            found.extend(std::fs::read_to_string(path));
        }
    }
}

#[test]
fn nothing_but_expressions_changes_and_twice_is_once() {
    let mut texts = Vec::new();
    files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("data"),
        &mut texts,
    );
    let mut changed = 0;
    for text in &texts {
        for delimiters in [Delimiters::Unchanged, Delimiters::Newest] {
            let mut snapshot = Snapshot::default();
            let before = snapshot.set_text("before.yaml", text.as_str());
            let once = converted(&snapshot, before, delimiters);
            let after = snapshot.set_text("after.yaml", once.as_str());
            assert_eq!(converted(&snapshot, after, delimiters), once, "{text}");
            changed += usize::from(*text != once);
            let trees = [before, after].map(|id| snapshot.tree(id).unwrap());
            let [(plain_before, all_before), (plain_after, all_after)] =
                trees.map(|tree| plain_texts(tree));
            assert_eq!(all_before, all_after, "{text}");
            assert!(
                plain_before.iter().all(|text| plain_after.contains(text)),
                "{text}"
            );
        }
    }
    assert!(changed > 100, "{changed} texts changed");
}
