//! Each file of `tests/data` read and written as an outline. To add a case is to add a file there.
#![allow(clippy::unwrap_used, reason = "a test")]

use pipewright_model::documents;
use pipewright_source::FileId;

mod facts;
mod keys;
mod text;

#[test]
fn outlines() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../data");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.remove_info();
    settings.bind(|| {
        insta::glob!("../data", "*.{yaml,json}", |path| {
            let source = std::fs::read_to_string(path).unwrap();
            let tree = pipewright_yaml::parse(FileId(0), &source);
            let outlines: Vec<String> = documents(&tree)
                .iter()
                .map(|document| text::outline(&tree, document))
                .collect();
            insta::assert_snapshot!("outline", outlines.join("\n"));
        });
    });
}

/// A key's span holds the key, in every file of `tests/data`.
#[test]
fn keys_are_where_they_stand() {
    let mut seen = std::collections::BTreeSet::new();
    for file in std::fs::read_dir("tests/data").unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "yaml") {
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        let tree = pipewright_yaml::parse(FileId(0), &source);
        for (key, span) in documents(&tree).iter().flat_map(keys::of_document) {
            assert_eq!(span.range.slice(&source), key, "{}", path.display());
            seen.insert(key);
        }
    }
    assert_eq!(seen.len(), 20, "{seen:?}");
}

/// As on a worker thread: groups nested deeper than any limit end in nodes, not in an overflow.
#[test]
fn deep_nesting_is_bounded() {
    let open = "{stepGroup: {identifier: g, steps: [";
    let source = format!(
        "pipeline: {{stages: [{{stage: {{identifier: s, spec: {{execution: {{steps: [{}",
        open.repeat(10_000)
    );
    let nodes = std::thread::Builder::new()
        .stack_size(2 * 1024 * 1024)
        .spawn(move || {
            let tree = pipewright_yaml::parse(FileId(0), &source);
            let documents = documents(&tree);
            documents
                .iter()
                .filter_map(|document| document.pipeline())
                .map(|pipeline| pipeline.nodes.len())
                .sum::<usize>()
        })
        .unwrap()
        .join()
        .unwrap();
    assert!(nodes < 200, "{nodes}");
}
