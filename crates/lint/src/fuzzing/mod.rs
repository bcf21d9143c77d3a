//! What must hold for every file and every project, for the fuzz targets and the tests that replay their seeds, and
//! files with mistakes to try it on.

mod edits;
mod mutation;

use std::collections::{BTreeMap, BTreeSet};

use pipewright_analysis::Snapshot;
use pipewright_source::{Diagnostic, FileId, SourceFile, Span};

use crate::rule_context::RuleContext;
use crate::{Options, check, check_all, found_by};

pub use edits::{check_edits, check_many_edits};
pub use mutation::mutate;

/// Begins the line that names the next file of a project in one text.
const FILE_MARK: &str = "#### ";

/// Takes a text the whole way from bytes to findings.
///
/// # Panics
/// Where a finding, a related place or an edit does not stand inside the text on the bounds of characters, or where the
/// findings are not in order.
pub fn check_file(text: &str) {
    let mut snapshot = Snapshot::default();
    let file = snapshot.set_text("fuzz.yaml", text);
    let findings = check(&snapshot, file, &every_rule());
    check_findings(&findings, |span| text.get(span.range.to_usize()).is_some());
}

/// Checks several files of one project together; before each stands a line `#### name`. Of two of one name the first
/// counts.
///
/// # Panics
/// Where a finding does not stand inside its file, or the files in another order give other findings.
pub fn check_project(text: &str) {
    let files = files_of(text);
    let there = project_findings(files.iter());
    let back = project_findings(files.iter().rev());
    assert_eq!(there, back, "the order of the files decides");
}

/// What the rules find in a file by itself before precedence and comments silence some of it.
pub fn unsettled(snapshot: &Snapshot, file: FileId, options: &Options) -> Vec<Diagnostic> {
    let context = RuleContext::alone(snapshot, file, options);
    let found = context.map_or_else(Vec::new, |context| found_by(context, |_| true));
    found
        .into_iter()
        .map(|finding| finding.diagnostic)
        .collect()
}

/// The names and texts of the files in one text, at most twelve.
fn files_of(text: &str) -> Vec<(&str, &str)> {
    let mut names = BTreeSet::new();
    text.split(FILE_MARK)
        .filter_map(|file| file.split_once('\n'))
        .filter(|(name, _)| names.insert(*name))
        .take(12)
        .collect()
}

/// The findings of each file by its name, as text.
fn project_findings<'t>(
    files: impl Iterator<Item = &'t (&'t str, &'t str)>,
) -> BTreeMap<String, String> {
    let mut snapshot = Snapshot::default();
    for (name, text) in files {
        snapshot.set_text(*name, *text);
    }
    findings_of(&snapshot)
}

fn findings_of(snapshot: &Snapshot) -> BTreeMap<String, String> {
    let findings = check_all(snapshot, &every_rule());
    shown_of(snapshot, |id| {
        let of_file = findings.iter().filter(|finding| finding.span.file == id);
        of_file.cloned().collect()
    })
}

/// The findings of each file by its name, as text.
fn shown_of(
    snapshot: &Snapshot,
    found: impl Fn(FileId) -> Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let sources = snapshot.sources();
    let inside = |span: Span| {
        let file = sources.get(span.file);
        file.is_some_and(|file| file.text().get(span.range.to_usize()).is_some())
    };
    let of_file = |(id, file): (FileId, &SourceFile)| {
        let of_file = found(id);
        check_findings(&of_file, inside);
        (file.name().to_owned(), show(&of_file))
    };
    sources.iter().map(of_file).collect()
}

fn every_rule() -> Options {
    Options::new::<&str>(&[], &[], true).expect("no rule is named, so none is unknown")
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
