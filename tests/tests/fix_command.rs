//! `check --fix` over the cases of the rules: nothing new goes wrong, and nothing is left for a second run.
//!
//! `FIXES=folder` fixes a copy of the YAML files below a folder instead.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use pipewright_tests::{Answer, Session, files, lint};
use serde_json::Value;

/// Findings by file and rule.
type Counts = BTreeMap<(String, String), usize>;

fn check(directory: &Path, arguments: &[&str]) -> Answer {
    let arguments = [&["check", "--exit-zero"], arguments].concat();
    Session::default().run(directory, &arguments)
}

fn counts(directory: &Path) -> Counts {
    let answer = check(directory, &["--format", "json"]);
    let report: Value = serde_json::from_str(&answer.stdout).expect("the report is JSON");
    let mut counts = Counts::new();
    for found in report["diagnostics"].as_array().expect("a list") {
        let text = |member: &str| found[member].as_str().unwrap_or_default().to_owned();
        *counts.entry((text("file"), text("rule"))).or_default() += 1;
    }
    counts
}

fn texts(directory: &Path) -> Vec<String> {
    let texts = files::texts_below(directory, &["yaml", "json"]).expect("the folder can be listed");
    texts.into_iter().map(|(_, text)| text).collect()
}

/// Writes every case into a folder of its own, as it is and with wide line breaks.
fn copy_cases(directory: &Path, wide: bool) {
    let cases = match std::env::var_os("FIXES") {
        None => lint::cases().expect("the cases of the rules"),
        Some(folder) => {
            files::texts_below(Path::new(&folder), &["yaml"]).expect("the folder can be listed")
        }
    };
    for (number, (_, text)) in cases.iter().enumerate() {
        let text = if wide {
            text.replace("\r\n", "\n").replace('\n', "\r\n")
        } else {
            text.clone()
        };
        let folder = directory.join(number.to_string());
        fs::create_dir(&folder).expect("a folder can be made");
        fs::write(folder.join("case.yaml"), text).expect("a file can be written");
    }
}

#[test]
fn fixes_make_nothing_worse_and_a_second_run_changes_nothing() {
    for (wide, fix) in [(false, "--fix"), (true, "--unsafe-fixes")] {
        let directory = tempfile::tempdir().expect("a temporary directory");
        copy_cases(directory.path(), wide);
        let (before, old) = (counts(directory.path()), texts(directory.path()));
        let answer = check(directory.path(), &[fix]);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        let (after, new) = (counts(directory.path()), texts(directory.path()));
        let worse: Vec<_> = after
            .iter()
            .filter(|(key, count)| **count > before.get(*key).copied().unwrap_or(0))
            .collect();
        assert!(worse.is_empty(), "{fix}: {worse:?}");
        let changed = old.iter().zip(&new).filter(|(old, new)| old != new).count();
        let least = if std::env::var_os("FIXES").is_some() {
            0
        } else {
            20
        };
        assert!(changed > least, "{fix}: {changed} files are changed");
        if wide {
            let narrow = new
                .iter()
                .find(|text| text.replace("\r\n", "").contains('\n'));
            assert_eq!(narrow, None, "{fix}");
        }
        check(directory.path(), &[fix]);
        assert!(
            texts(directory.path()) == new,
            "{fix} changes something again"
        );
    }
}
