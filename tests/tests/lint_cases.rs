//! Every `tests/data/lint/**/*.yaml`, checked; the findings stand in the `.snap` file beside it.
//!
//! A case in a folder with the name of a rule is about that rule: the findings of other rules show only where they are
//! errors. In other folders the rules that are on by default run. Files that begin with `silent` must yield nothing.
//! Every fix is applied and the result checked again.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use pipewright_analysis::Snapshot;
use pipewright_lint::{self as lint, Options, Rule, edited};
use pipewright_source::{Applicability, Diagnostic, SourceFile, Span};
use pipewright_tests::lint::{cases as cases_of_rules, check_for, folder};

/// The rules that no file by itself can break: transcripts of the command show them.
const WITHOUT_CASES: [&str; 2] = ["unlisted-name", "unreadable-file"];

/// What is found in a case: by the rules that the folder around it is about.
fn check(path: &Path, file: &SourceFile) -> Vec<Diagnostic> {
    let folder = path.parent().and_then(Path::file_name).unwrap();
    if let Some(rule) = lint::rule(folder.to_str().unwrap()) {
        return check_for(rule.name, file);
    }
    let mut snapshot = Snapshot::default();
    let id = snapshot.set_text(file.name(), file.text());
    lint::check(&snapshot, id, &Options::default())
}

/// `line:column` of the beginning of a span.
fn at(file: &SourceFile, span: Span) -> String {
    let place = file.line_index().scalar(file.text(), span.range.start());
    format!("{}:{}", place.line, place.column)
}

fn render(file: &SourceFile, findings: &[Diagnostic]) -> String {
    let mut out = String::new();
    for finding in findings {
        let severity = finding.severity.as_str();
        let place = at(file, finding.span);
        writeln!(
            out,
            "{place}: {severity}[{}] {}",
            finding.rule, finding.message
        )
        .unwrap();
        writeln!(out, "  text: {:?}", finding.span.range.slice(file.text())).unwrap();
        for (name, line) in [("label", &finding.label), ("help", &finding.help)] {
            if let Some(line) = line {
                writeln!(out, "  {name}: {line}").unwrap();
            }
        }
        for label in &finding.related {
            writeln!(out, "  at {}: {}", at(file, label.span), label.message).unwrap();
        }
        for fix in &finding.fixes {
            writeln!(out, "  fix ({}): {}", fix.applicability.as_str(), fix.title).unwrap();
            for edit in &fix.edits {
                let old = edit.span.range.slice(file.text());
                writeln!(
                    out,
                    "    {}: {old:?} -> {:?}",
                    at(file, edit.span),
                    edit.replacement
                )
                .unwrap();
            }
        }
    }
    if out.is_empty() {
        out.push_str("nothing\n");
    }
    out
}

/// A fix removes its finding and brings no other.
fn assert_fixes_hold(path: &Path, file: &SourceFile, findings: &[Diagnostic]) {
    for finding in findings {
        for fix in &finding.fixes {
            let fixed = SourceFile::new("fixed.yaml", edited(file, &fix.edits));
            let left = check(path, &fixed);
            let title = &fix.title;
            assert!(
                left.len() < findings.len(),
                "{}: `{title}` leaves\n{}\nin\n{}",
                path.display(),
                render(&fixed, &left),
                fixed.text()
            );
        }
    }
}

#[test]
fn cases() {
    insta::glob!("../data/lint", "**/*.yaml", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let file = SourceFile::new("case.yaml", text);
        let findings = check(path, &file);
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let rendered = render(&file, &findings);
        if stem.starts_with("silent") {
            assert_eq!(rendered, "nothing\n", "{}", path.display());
            return;
        }
        assert_fixes_hold(path, &file, &findings);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(path.parent().unwrap());
        settings.set_prepend_module_to_snapshot(false);
        settings.remove_snapshot_suffix();
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(stem, rendered));
    });
}

/// The surest fix that the cases of each rule show.
fn fixes_shown() -> BTreeMap<&'static str, Applicability> {
    let mut shown = BTreeMap::new();
    for (path, text) in cases_of_rules().unwrap() {
        let file = SourceFile::new("case.yaml", text);
        for finding in check(&path, &file) {
            let fixes = finding.fixes.iter().map(|fix| fix.applicability);
            if let Some(surest) = fixes.min_by_key(|fix| *fix as u8) {
                let known = shown.entry(finding.rule).or_insert(surest);
                *known = [*known, surest]
                    .into_iter()
                    .min_by_key(|fix| *fix as u8)
                    .unwrap();
            }
        }
    }
    shown
}

#[test]
fn every_rule_declares_the_surest_fix_that_its_cases_show() {
    let shown = fixes_shown();
    let of_case = |rule: &&Rule| shown.get(rule.name).copied();
    let mut others = lint::rules()
        .iter()
        .filter(|rule| !WITHOUT_CASES.contains(&rule.name) && rule.fix != of_case(rule));
    let other = others.next().map(|rule| (rule.name, of_case(&rule)));
    assert_eq!(other, None, "`declare!` says something else than the cases");
}

#[test]
fn every_rule_has_a_case_that_finds_it() {
    for rule in lint::rules() {
        if WITHOUT_CASES.contains(&rule.name) {
            continue;
        }
        let folder = folder().join(rule.name);
        let found = std::fs::read_dir(&folder)
            .unwrap_or_else(|_| panic!("no cases in {}", folder.display()))
            .map(|entry| entry.unwrap().path())
            .filter(|path| {
                path.extension()
                    .is_some_and(|extension| extension == "snap")
            })
            .any(|path| {
                std::fs::read_to_string(path)
                    .unwrap()
                    .contains(&format!("[{}]", rule.name))
            });
        assert!(found, "no case finds {}", rule.name);
    }
}
