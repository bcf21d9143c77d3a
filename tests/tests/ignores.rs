//! Comments that are added for what is found now silence it, and change nothing else.
#![allow(clippy::unwrap_used, reason = "a test")]

use pipewright_analysis::Snapshot;
use pipewright_lint::{self as lint, Options, Place, Places, check_all, edited, ignores};
use pipewright_source::{Diagnostic, FileId, SourceFile};
use pipewright_tests::lint::cases;

/// The rules whose findings no comment silences.
const STAY: [&str; 6] = [
    "malformed-suppression",
    "templated-file",
    "unreadable-file",
    "unused-suppression",
    "yaml-duplicate-key",
    "yaml-syntax",
];

fn checked(text: &str) -> (Snapshot, FileId, Vec<Diagnostic>) {
    let mut snapshot = Snapshot::default();
    let id = snapshot.set_text("case.yaml", text);
    let options = Options::new(&[lint::ALL], &[], false).unwrap();
    let findings = check_all(&snapshot, &options);
    (snapshot, id, findings)
}

fn values(snapshot: &Snapshot, id: FileId) -> Vec<String> {
    let tree = snapshot.tree(id).unwrap();
    let values = tree.scalars().map(|(_, scalar)| scalar.value.to_string());
    values.collect()
}

/// Places of the findings that a comment can silence.
fn places(snapshot: &Snapshot, findings: &[Diagnostic]) -> Vec<(&'static str, Place)> {
    let can_be = findings.iter().filter(|found| !STAY.contains(&found.rule));
    let mut places = Places::new(snapshot);
    can_be
        .map(|found| (found.rule, places.place(found)))
        .collect()
}

#[test]
fn added_comments_silence_what_was_found_and_change_no_value() {
    for (number, (path, text)) in cases().unwrap().into_iter().enumerate() {
        // The other line ending makes the same way again: a part of the files shows it.
        let other = (number % 5 == 0).then(|| text.replace('\n', "\r\n"));
        for text in other.into_iter().chain([text]) {
            let (snapshot, id, findings) = checked(&text);
            if !snapshot.tree(id).unwrap().problems().is_empty() {
                continue;
            }
            let edits = ignores(&snapshot, &findings);
            let file = SourceFile::new("case.yaml", &*text);
            let edited = edits
                .get(&id)
                .map_or(text.clone(), |edits| edited(&file, edits));
            let (after, id_after, left) = checked(&edited);
            let name = path.display();
            assert_eq!(
                values(&snapshot, id),
                values(&after, id_after),
                "{name}\n{edited}"
            );
            assert_eq!(places(&after, &left), [], "{name}\n{edited}");
        }
    }
}

#[test]
fn a_place_is_the_same_when_lines_move() {
    for (path, text) in cases().unwrap() {
        let (snapshot, id, findings) = checked(&text);
        if !snapshot.tree(id).unwrap().problems().is_empty() {
            continue;
        }
        let (moved, _, again) = checked(&format!("# one\n\n# two\n{text}"));
        let name = path.display();
        assert_eq!(
            places(&snapshot, &findings),
            places(&moved, &again),
            "{name}"
        );
    }
}
