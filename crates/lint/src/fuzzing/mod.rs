//! What must hold for every file and every project, for the fuzz targets and the tests that replay their seeds, and files
//! with mistakes to try it on.

mod mutation;

use pipewright_source::{Diagnostic, FileId, SourceFile, Sources, Span};

use crate::{Analysis, Options, Project, analyse, check};

pub use mutation::mutate;

/// Begins the line that names the next file of a project in one text.
const FILE_MARK: &str = "#### ";

/// Takes a text the whole way from bytes to findings.
///
/// # Panics
/// Where a finding, a related place or an edit does not stand inside the text on the bounds of characters, or where the
/// findings are not in order.
pub fn check_file(text: &str) {
    let file = SourceFile::new("fuzz.yaml", text);
    let options =
        Options::new::<&str>(&[], &[], true).expect("no rule is named, so none is unknown");
    let findings = check(&analyse(FileId(0), &file), &file, &options);
    check_findings(&findings, |span| text.get(span.range.to_usize()).is_some());
}

/// Checks several files of one project together; before each stands a line `#### name`.
///
/// # Panics
/// Where a finding does not stand inside its file, or the files in another order give other findings.
pub fn check_project(text: &str) {
    let files: Vec<(&str, &str)> = text
        .split(FILE_MARK)
        .filter_map(|file| file.split_once('\n'))
        .take(12)
        .collect();
    let there = project_findings(files.iter());
    let mut back = project_findings(files.iter().rev());
    back.reverse();
    assert_eq!(there, back, "the order of the files decides");
}

/// The findings of each file, as text.
fn project_findings<'t>(files: impl Iterator<Item = &'t (&'t str, &'t str)>) -> Vec<String> {
    let mut sources = Sources::new();
    for (name, text) in files {
        sources.add(SourceFile::new(*name, *text));
    }
    let analyses: Vec<Analysis> = sources.iter().map(|(id, file)| analyse(id, file)).collect();
    let options =
        Options::new::<&str>(&[], &[], true).expect("no rule is named, so none is unknown");
    let project = Project::new(&sources, &analyses, &options);
    let views = (0..analyses.len()).map(|at| project.view(at)).collect();
    let inside = |span: Span| {
        let file = sources.get(span.file);
        file.is_some_and(|file| file.text().get(span.range.to_usize()).is_some())
    };
    let mut shown: Vec<String> = Vec::new();
    for (analysis, (id, file)) in analyses.iter().zip(sources.iter()) {
        let findings = check(analysis, file, &options);
        check_findings(&findings, inside);
        debug_assert_eq!(analysis.file(), id);
        shown.push(show(&findings));
    }
    for file in project.recheck(views) {
        check_findings(&file.diagnostics, inside);
        if let Some(shown) = shown.get_mut(file.file.0 as usize) {
            *shown = show(&file.diagnostics);
        }
    }
    shown
}

fn show(findings: &[Diagnostic]) -> String {
    let line = |finding: &Diagnostic| {
        let range = finding.span.range;
        format!("{range:?} {}: {}\n", finding.rule, finding.message)
    };
    findings.iter().map(line).collect()
}

fn check_findings(findings: &[Diagnostic], inside: impl Fn(Span) -> bool) {
    for finding in findings {
        assert!(inside(finding.span), "{finding:?}");
        assert!(
            finding.related.iter().all(|related| inside(related.span)),
            "{finding:?}"
        );
        let mut edits = finding.fixes.iter().flat_map(|fix| &fix.edits);
        assert!(edits.all(|edit| inside(edit.span)), "{finding:?}");
    }
    assert!(findings.is_sorted_by_key(|finding| (finding.span.range.start(), finding.rule)));
}
