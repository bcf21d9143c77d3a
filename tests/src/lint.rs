//! Checking small files with every rule on.

use std::io;
use std::path::{Path, PathBuf};

use pipewright_analysis::Snapshot;
use pipewright_lint::{self as lint, Options};
use pipewright_source::{Diagnostic, Severity, SourceFile};

/// What every rule, the `info` ones too, finds in a file.
///
/// # Panics
/// Never: no rule is named, so none is unknown.
pub fn check(file: &SourceFile) -> Vec<Diagnostic> {
    let options =
        Options::new::<&str>(&[], &[], true).expect("no name is given, so none is unknown");
    alone(file, &options)
}

/// What is found in a file that is all there is.
fn alone(file: &SourceFile, options: &Options) -> Vec<Diagnostic> {
    let mut snapshot = Snapshot::default();
    snapshot.set_text(file.name(), file.text());
    lint::check_all(&snapshot, options)
}

/// What a rule finds in a file, and what every rule for errors does. Findings of other warnings and infos are left out,
/// so that a new rule of that kind changes nothing that is about another one.
///
/// # Panics
/// If there is no rule of that name.
pub fn check_for(rule: &str, file: &SourceFile) -> Vec<Diagnostic> {
    let errors = lint::rules()
        .iter()
        .filter(|rule| rule.severity == Severity::Error);
    let mut names: Vec<&str> = errors.map(|rule| rule.name).collect();
    names.push(rule);
    let options = Options::new(&names, &[], false).expect("there is a rule of that name");
    alone(file, &options)
}

/// The rules among a rule and those for errors that find something in a text, each once, by name.
pub fn rules_found_in(text: &str, rule: &str) -> Vec<&'static str> {
    let file = SourceFile::new("case.yaml", text);
    let mut names: Vec<_> = check_for(rule, &file)
        .iter()
        .map(|finding| finding.rule)
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The folder of the lint cases, one folder in it for each rule.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/lint")
}

/// The files of the lint cases with their texts.
///
/// # Errors
/// Where a folder or file of the cases cannot be read.
pub fn cases() -> io::Result<Vec<(PathBuf, String)>> {
    let mut cases = Vec::new();
    for rule in std::fs::read_dir(folder())? {
        for entry in std::fs::read_dir(rule?.path())? {
            let path = entry?.path();
            if path
                .extension()
                .is_some_and(|extension| extension == "yaml")
            {
                let text = std::fs::read_to_string(&path)?;
                cases.push((path, text));
            }
        }
    }
    cases.sort_unstable();
    Ok(cases)
}
