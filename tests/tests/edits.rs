//! A snapshot on another thread, edited a thousand times at random places of a project with a template, a chained
//! pipeline and an input set: after each edit it finds what a new one finds, and no file is parsed again but the one
//! that was edited.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::path::Path;
use std::thread;

use pipewright_lint::fuzzing::check_many_edits;
use pipewright_tests::files;

#[test]
fn a_thousand_edits_find_what_a_new_snapshot_finds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/edits");
    let files = files::texts_below(&folder, &["yaml"]).unwrap();
    assert!(files.len() >= 4, "the project has its files");
    let project: Vec<String> = files
        .iter()
        .map(|(path, text)| {
            format!(
                "#### {}\n{text}",
                path.strip_prefix(&folder).unwrap().display()
            )
        })
        .collect();
    let project = project.concat();
    thread::spawn(move || check_many_edits(&project, 1_000))
        .join()
        .unwrap();
}
