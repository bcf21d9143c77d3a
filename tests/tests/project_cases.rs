//! Files checked together: each folder under `data/project` is a project, and its `expected.txt` says what is found and what
//! becomes of the references of each file with its templates written out.

#![allow(
    clippy::unwrap_used,
    reason = "a helper that fails is a test that fails"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use pipewright_lint::{self as lint, Analysis, Options, Project};
use pipewright_model::Pipeline;
use pipewright_resolve::{self as resolve, Outcome, ProjectFile, Reference, Texts};
use pipewright_source::{SourceFile, Sources, Span};
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
    let mut sources = Sources::new();
    let mut paths = yaml_files(case)?;
    paths.sort();
    for path in &paths {
        let name = path.strip_prefix(case).map_err(io::Error::other)?;
        let name = name.to_string_lossy().replace('\\', "/");
        sources.add(SourceFile::new(name, fs::read_to_string(path)?));
    }
    let analyses: Vec<Analysis> = sources
        .iter()
        .map(|(id, file)| lint::analyse(id, file))
        .collect();
    let mut text = String::from("findings\n");
    write_findings(&mut text, &sources, &analyses);
    text.push_str("\nreferences\n");
    write_references(&mut text, &sources, &analyses);
    Ok(text)
}

fn yaml_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(yaml_files(&path)?);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            found.push(path);
        }
    }
    Ok(found)
}

fn write_findings(text: &mut String, sources: &Sources, analyses: &[Analysis]) {
    let options = Options::default();
    let project = Project::new(sources, analyses, &options);
    let views = (0..analyses.len()).map(|at| project.view(at)).collect();
    let mut reports = project.recheck(views);
    for (id, file) in sources.iter() {
        let at = reports.iter().position(|one| one.file == id);
        let diagnostics = match at {
            Some(at) => reports.remove(at).diagnostics,
            None => lint::check(&analyses[id.0 as usize], file, &options),
        };
        for found in diagnostics {
            let place = place(sources, found.span);
            writeln!(text, "{place}: [{}] {}", found.rule, found.message).unwrap();
            for related in found.related {
                let place = self::place(sources, related.span);
                writeln!(text, "  {place}: {}", related.message).unwrap();
            }
        }
    }
}

fn write_references(text: &mut String, sources: &Sources, analyses: &[Analysis]) {
    let files: Vec<ProjectFile<'_>> = sources
        .iter()
        .zip(analyses)
        .map(|((_, file), analysis)| ProjectFile {
            name: file.name(),
            tree: analysis.tree(),
            documents: analysis.documents(),
        })
        .collect();
    let project = resolve::Project::new(files);
    for (at, (_, file)) in sources.iter().enumerate() {
        let expansion = project.expand(at);
        let (tree, documents) = match &expansion {
            Some(expansion) => (&expansion.tree, &*expansion.documents),
            None => (analyses[at].tree(), analyses[at].documents()),
        };
        let mut lines = String::new();
        for document in documents {
            let Some(pipeline) = document.pipeline() else {
                continue;
            };
            let resolution = resolve::analyse(tree, pipeline, &mut Texts::default());
            for (_, reference) in project.lost_inputs(at, tree, document, &resolution) {
                let reader = resolution.names.fqn(reference.reader);
                let place = place_of(sources, tree, pipeline, &reference);
                let became = became(&reference);
                writeln!(lines, "  {place}: {became} from {reader}, and nowhere else").unwrap();
            }
            let children = project.children(at, tree, document, &resolution);
            // Of a file that stands alone only what its children decide is new.
            let own = resolution.references.iter().enumerate();
            for (number, reference) in own.filter(|_| expansion.is_some()) {
                if children.iter().all(|one| !one.places.contains(&number)) {
                    let reader = resolution.names.fqn(reference.reader);
                    let place = place_of(sources, tree, pipeline, reference);
                    writeln!(lines, "  {place}: {} from {reader}", became(reference)).unwrap();
                }
            }
            for child in children {
                let file = sources.get(child.tree.file()).unwrap().name();
                for (place, reference) in child.places.iter().zip(&child.resolution.references) {
                    let reader = resolution.references[*place].reader;
                    let reader = resolution.names.fqn(reader);
                    let place = place_of(sources, tree, pipeline, reference);
                    let became = became(reference);
                    writeln!(lines, "  {place}: {became} from {reader} in {file}").unwrap();
                }
            }
        }
        for of in expansion.iter().flat_map(|expansion| &expansion.opaque) {
            let place = place(sources, of.span);
            writeln!(lines, "  {place}: opaque: {}", of.reason).unwrap();
        }
        if expansion.is_some() || !lines.is_empty() {
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
    match &reference.outcome {
        Outcome::Unknown(reason) => format!("unknown ({reason}): {path}"),
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
