//! Files checked together: each folder under `data/project` is a project, and its `expected.txt` says what is found and
//! what becomes of the references of each file with its templates written out.

#![allow(
    clippy::unwrap_used,
    reason = "a helper that fails is a test that fails"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use pipewright_analysis::Snapshot;
use pipewright_lint::{self as lint, Options};
use pipewright_model::Pipeline;
use pipewright_resolve::{Reference, Verdict};
use pipewright_source::{Sources, Span};
use pipewright_tests::files;
use pipewright_yaml::Tree;

#[test]
fn projects_are_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/project");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    let mut wrong = Vec::new();
    for case in cases {
        let expected = fs::read_to_string(case.join("expected.txt")).unwrap_or_default();
        let actual = report(&case).unwrap();
        // What came out, to be compared with an editor.
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("project-{name}.txt"));
        fs::write(&copy, &actual).unwrap();
        if actual != expected {
            wrong.push(format!("{name}: the actual text is in {}", copy.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The findings of a project and the references of each of its files.
fn report(case: &Path) -> io::Result<String> {
    let mut snapshot = Snapshot::default();
    let paths = files::below(case, &["yaml"])?;
    for path in &paths {
        let name = path.strip_prefix(case).map_err(io::Error::other)?;
        let name = name.to_string_lossy().replace('\\', "/");
        snapshot.set_text(name, fs::read_to_string(path)?);
    }
    let mut text = String::from("findings\n");
    write_findings(&mut text, &snapshot);
    text.push_str("\nreferences\n");
    write_references(&mut text, &snapshot);
    Ok(text)
}

fn write_findings(text: &mut String, snapshot: &Snapshot) {
    for found in lint::check_all(snapshot, &Options::default()) {
        let place = place(snapshot.sources(), found.span);
        writeln!(text, "{place}: [{}] {}", found.rule, found.message).unwrap();
        for related in found.related {
            let place = self::place(snapshot.sources(), related.span);
            writeln!(text, "  {place}: {}", related.message).unwrap();
        }
    }
}

fn write_references(text: &mut String, snapshot: &Snapshot) {
    let sources = snapshot.sources();
    for (id, file) in sources.iter() {
        let Some(whole) = snapshot.written_out(id) else {
            continue;
        };
        let tree = whole.analysis().tree();
        let is_expanded = !whole.uses().as_slice().is_empty();
        let mut lines = String::new();
        for ((pipeline, resolution), beyond) in whole.analysis().resolved().zip(whole.beyond()) {
            let from = |place: usize| {
                let reference = &resolution.references[place];
                let reader = resolution.names.fqn(reference.reader);
                let place = place_of(sources, tree, pipeline, reference);
                (
                    format!("{place}: {} from {reader}", became(reference)),
                    reader,
                )
            };
            for place in beyond.unresolved_inputs() {
                writeln!(lines, "  {}, and nowhere else", from(*place).0).unwrap();
            }
            // Of a file that stands alone only what its children decide is new.
            let decided = beyond.decided();
            let own = (0..resolution.references.len()).filter(|_| is_expanded);
            for place in own.filter(|place| !decided.contains_key(place)) {
                writeln!(lines, "  {}", from(place).0).unwrap();
            }
            for child in beyond.children() {
                let file = sources.get(child.tree.file()).unwrap().name();
                for (place, reference) in child.places.iter().zip(&child.resolution.references) {
                    let reader = from(*place).1;
                    let place = place_of(sources, tree, pipeline, reference);
                    let became = became(reference);
                    writeln!(lines, "  {place}: {became} from {reader} in {file}").unwrap();
                }
            }
        }
        for of in whole.opaque().iter().filter(|_| is_expanded) {
            let place = place(sources, of.span);
            writeln!(lines, "  {place}: opaque: {}", of.reason).unwrap();
        }
        if is_expanded || !lines.is_empty() {
            write!(text, "{}:\n{lines}", file.name()).unwrap();
        }
    }
}

fn place_of(sources: &Sources, tree: &Tree, pipeline: &Pipeline, reference: &Reference) -> String {
    let site = pipeline.sites[reference.site].yaml;
    place(sources, tree.cover_of(site, reference.range))
}

/// The outcome and the path.
fn became(reference: &Reference) -> String {
    let path = reference.path();
    match &reference.verdict {
        Verdict::Unknown(reason) => format!("unknown ({reason}): {path}"),
        outcome => format!("{}: {path}", outcome.as_str()),
    }
}

fn place(sources: &Sources, span: Span) -> String {
    let Some(file) = sources.get(span.file) else {
        return String::new();
    };
    let at = file.line_index().scalar(file.text(), span.range.start());
    format!("{}:{}:{}", file.name(), at.line, at.column)
}
