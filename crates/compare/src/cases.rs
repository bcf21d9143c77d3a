//! What the tests beside pipelines give.

use std::collections::BTreeMap;

use pipewright_analysis::Snapshot;
use pipewright_simulate::Given;
use pipewright_simulate::expect::{beside, is_of_tests, test_cases};
use pipewright_source::{FileId, SourceFile};

/// What a test gives.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Case {
    /// The name of the test.
    pub test: String,
    /// What it gives.
    pub given: Given,
}

/// What the tests of a snapshot give, by the file of their pipeline. Tests with an input set are left out: they have
/// another pipeline.
pub(crate) fn cases(snapshot: &Snapshot) -> BTreeMap<FileId, Vec<Case>> {
    let mut found: BTreeMap<FileId, Vec<Case>> = BTreeMap::new();
    for (place, file) in snapshot.ids().filter(|(place, _)| is_of_tests(place)) {
        let Some(source) = snapshot.source(file) else {
            continue;
        };
        let text = &mut |path: &str| {
            let source = snapshot.id(path).and_then(|id| snapshot.source(id));
            let text = source.map(SourceFile::shared_text);
            text.ok_or_else(|| format!("there is no `{path}`"))
        };
        for case in test_cases(place, source.text(), text) {
            let pipeline = snapshot.id(&beside(place, &case.pipeline));
            if let Some(pipeline) = pipeline.filter(|_| case.input_set.is_none()) {
                found.entry(pipeline).or_default().push(Case {
                    test: case.name,
                    given: case.given,
                });
            }
        }
    }
    found
}
