//! Revisions of a git repository are compared without a checkout, and nothing in it changes.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use pipewright_cli::{Exit, Streams, Surroundings, run};

fn git(directory: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(directory)
        .args(["-c", "user.name=n", "-c", "user.email=e@example.com"])
        .args([
            "-c",
            "commit.gpgsign=false",
            "-c",
            "init.defaultBranch=main",
        ])
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn pipeline(script: &str) -> String {
    format!(
        "pipeline:\n  identifier: release\n  stages:\n    - stage:\n        identifier: S\n        type: Custom\n        spec:\n          execution:\n            steps:\n              - step: {{ identifier: A, type: ShellScript, spec: {{ source: {{ type: Inline, spec: {{ script: {script} }} }} }} }}\n"
    )
}

/// Every file below a directory with its bytes.
fn bytes(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut left = vec![directory.to_owned()];
    while let Some(at) = left.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                left.push(path);
            } else {
                found.insert(path.to_string_lossy().into_owned(), fs::read(path).unwrap());
            }
        }
    }
    found
}

fn diff(directory: &Path, arguments: &[&str]) -> (Exit, String, String) {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let mut streams = Streams {
        input: &mut std::io::empty(),
        output: &mut output,
        errors: &mut errors,
        surroundings: Surroundings {
            directory: directory.to_owned(),
            ..Surroundings::default()
        },
    };
    let arguments = ["pipewright", "diff"]
        .into_iter()
        .chain(arguments.iter().copied());
    let exit = run(arguments, &mut streams);
    (
        exit,
        String::from_utf8(output).unwrap(),
        String::from_utf8(errors).unwrap(),
    )
}

#[test]
fn two_revisions_and_the_working_tree_are_compared_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    git(root, &["init", "-q"]);
    fs::create_dir_all(root.join(".harness/Größe")).unwrap();
    let file = root.join(".harness/release.yaml");
    fs::write(&file, pipeline("one")).unwrap();
    fs::write(
        root.join(".harness/Größe/a b.yaml"),
        pipeline("x").replace("release", "other"),
    )
    .unwrap();
    fs::write(root.join("README.md"), "not for Harness").unwrap();
    git(root, &["add", "-A"]);
    git(root, &["commit", "-qm", "one"]);
    git(root, &["tag", "v1"]);
    fs::write(&file, pipeline("two")).unwrap();
    git(root, &["commit", "-qam", "two"]);
    fs::write(&file, pipeline("three")).unwrap();
    fs::write(
        root.join("untracked.yaml"),
        pipeline("new").replace("release", "third"),
    )
    .unwrap();
    let before = (bytes(root), git(root, &["status", "--porcelain"]));

    let (exit, output, errors) = diff(root, &["v1", "HEAD"]);
    assert_eq!((exit, errors.as_str()), (Exit::Negative, ""));
    assert!(
        output.contains("- one") && output.contains("+ two"),
        "{output}"
    );
    assert!(output.contains("1 pipeline differs of 2"), "{output}");
    let (exit, output, _) = diff(root, &["HEAD"]);
    assert_eq!(exit, Exit::Negative);
    assert!(
        output.contains("- two") && output.contains("+ three"),
        "{output}"
    );
    assert!(
        output.contains("pipeline third (untracked.yaml), which is new"),
        "{output}"
    );
    let (exit, output, _) = diff(root, &["HEAD", "HEAD"]);
    assert_eq!(exit, Exit::Success);
    assert_eq!(output, "nothing differs in meaning: 2 pipelines compared\n");
    // In a folder of the repository, what is below it is compared.
    let (exit, output, _) = diff(&root.join(".harness/Größe"), &["v1", "HEAD"]);
    assert_eq!(exit, Exit::Success, "{output}");
    assert_eq!(output, "nothing differs in meaning: 1 pipeline compared\n");

    git(root, &["gc", "-q"]);
    let after = git(root, &["status", "--porcelain"]);
    assert_eq!(after, before.1);
    for (exit, revision) in [
        (Exit::Failure, "v2"),
        (Exit::Failure, "--all"),
        (Exit::Negative, "v1"),
    ] {
        assert_eq!(diff(root, &["--", revision]).0, exit, "{revision}");
    }
    let tree = |all: &BTreeMap<String, Vec<u8>>| -> BTreeMap<String, Vec<u8>> {
        let own = all.iter().filter(|(path, _)| !path.contains("/.git/"));
        own.map(|(path, bytes)| (path.clone(), bytes.clone()))
            .collect()
    };
    assert_eq!(tree(&bytes(root)), tree(&before.0));
}

#[test]
fn nothing_in_the_repository_changes() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    git(root, &["init", "-q"]);
    fs::write(root.join("a.yaml"), pipeline("one")).unwrap();
    git(root, &["add", "-A"]);
    git(root, &["commit", "-qm", "one"]);
    let before = bytes(root);
    assert_eq!(diff(root, &["HEAD"]).0, Exit::Success);
    assert_eq!(bytes(root), before);
}

#[test]
fn a_revision_has_the_configuration_that_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let inner = root.join("a/b");
    git(root, &["init", "-q"]);
    fs::create_dir_all(&inner).unwrap();
    let read = |name: &str| {
        format!("pipeline: {{ identifier: p, description: <+pipeline.variables.{name}> }}")
    };
    let rules = |level: &str| {
        format!("[[overrides]]\npaths = [\"a/**\"]\nrules = {{ unknown-variable = \"{level}\" }}\n")
    };
    let commit = |pipeline: &str, configuration: &str, tag: &str| {
        fs::write(inner.join("p.yaml"), pipeline).unwrap();
        fs::write(root.join("pipewright.toml"), configuration).unwrap();
        git(root, &["add", "-A"]);
        git(root, &["commit", "-qm", tag]);
        git(root, &["tag", tag]);
    };
    commit(&read("x"), &rules("off"), "silent");
    commit(&read("y"), &rules("off"), "edited");
    commit(&read("y"), &rules("error"), "loud");
    commit(&read("y"), "rulse = 1", "wrong");
    let findings = |directory: &Path, from: &str, to: &str| -> (usize, usize) {
        let (exit, output, errors) = diff(directory, &[from, to, "--format", "json"]);
        assert_ne!(exit, Exit::Failure, "{errors}");
        let told: serde_json::Value = serde_json::from_str(&output).unwrap();
        let found = &told["pipelines"][0]["findings"];
        let count = |list: &str| found[list].as_array().map_or(0, Vec::len);
        (count("new"), count("gone"))
    };
    // The configuration stands above the folder that is compared, too.
    for directory in [root, &inner] {
        assert_eq!(findings(directory, "silent", "edited"), (0, 0));
        assert_eq!(findings(directory, "edited", "loud"), (1, 0));
        assert_eq!(findings(directory, "loud", "silent"), (0, 1));
        let (exit, _, errors) = diff(directory, &["loud", "wrong"]);
        assert_eq!(exit, Exit::Failure);
        assert!(errors.contains("pipewright.toml:1:1"), "{errors}");
        let (exit, ..) = diff(directory, &["loud", "wrong", "--no-config"]);
        assert_eq!(exit, Exit::Success);
    }
}
