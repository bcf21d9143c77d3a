//! The names of the pipelines under `data/listing/`: each begins with a comment that holds its whole listing, one name
//! a line as `# kind available name`; `# + …` are names that come with the catalogue's, of which only some are told.

use std::fmt::Write as _;
use std::path::Path;

use pipewright_model::documents;
use pipewright_resolve::{Name, Names, list};
use pipewright_source::FileId;

fn row(name: &Name) -> String {
    format!(
        "{} {} {}",
        name.kind.as_str(),
        name.available.as_str(),
        name.fqn
    )
}

#[test]
fn listings_are_those_at_the_head_of_the_files() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/listing");
    let mut report = String::new();
    for entry in std::fs::read_dir(data).expect("the data is there") {
        let path = entry.expect("the data can be listed").path();
        let text = std::fs::read_to_string(&path).expect("the data can be read");
        let tree = pipewright_yaml::parse(FileId(0), &text);
        let documents = documents(&tree);
        let pipeline = documents[0].pipeline().expect("a pipeline");
        let names = Names::new(pipeline);

        let head = || text.lines().map_while(|line| line.strip_prefix("# "));
        let expected: Vec<&str> = head().filter(|row| !row.starts_with('+')).collect();
        let written = list(&tree, pipeline, &names, false);
        let got: Vec<String> = written.iter().map(row).collect();
        if got != expected {
            let _ = writeln!(report, "{}:\n# {}", path.display(), got.join("\n# "));
        }
        for name in &written {
            let span = name.span.expect("what is written has a place");
            assert!(!span.range.slice(&text).is_empty(), "{}", name.fqn);
        }

        let all = list(&tree, pipeline, &names, true);
        let more: Vec<String> = all[written.len()..].iter().map(row).collect();
        assert_eq!(all[..written.len()], written);
        for wanted in head().filter_map(|row| row.strip_prefix("+ ")) {
            if !more.iter().any(|row| row == wanted) {
                let _ = writeln!(
                    report,
                    "{}: no {wanted} in\n{}",
                    path.display(),
                    more.join("\n")
                );
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn nodes_are_found_by_their_names() {
    let text = "pipeline: {stages: [{stage: {identifier: S, spec: {execution: {steps: [{step: {identifier: A}}]}}}}]}";
    let tree = pipewright_yaml::parse(FileId(0), text);
    let documents = documents(&tree);
    let pipeline = documents[0].pipeline().expect("a pipeline");
    let names = Names::new(pipeline);
    for id in pipeline.ids() {
        assert_eq!(names.find(&names.fqn(id)), Some(id));
    }
    assert_eq!(names.find("pipeline.stages.S.spec.execution.steps.B"), None);
    assert_eq!(names.find("A"), None);
}
