//! What the documentation tells people to run: every line of the `bash` blocks and of the recipes for CI is run, and
//! what a `text` block shows behind `$ …` is what the command prints. `BLESS=1` writes what is shown.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "tests"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The files with commands that people copy.
const PAGES: [&str; 3] = ["README.md", "docs/README.md", "docs/ci/README.md"];

/// The recipes for CI: in each the lines that begin with `pipewright` are run.
const RECIPES: [&str; 4] = [
    "docs/ci/github.yaml",
    "docs/ci/gitlab.yaml",
    "docs/ci/Jenkinsfile",
    "docs/ci/harness.yaml",
];

/// A line that nothing but this program is needed for begins with one of these.
const RUNNABLE: [&str; 4] = ["pipewright ", "echo ", "git diff ", "git status "];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A repository with the examples in it, as a clone has them.
fn clone() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("examples"), &folder.path().join("examples"));
    let prepare = "git init -q && git add -A && git -c user.name=a -c user.email=a@example.com commit -qm all";
    let prepared = bash(prepare, folder.path());
    assert!(prepared.status.success(), "{prepared:?}");
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn bash(command: &str, folder: &Path) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_pipewright"))
        .parent()
        .unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    Command::new("bash")
        .args(["-c", command])
        .current_dir(folder)
        .env("PATH", path)
        .env("COLUMNS", "120")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("FORCE_COLOR")
        .output()
        .unwrap()
}

/// The contents of the blocks of a page that are marked with `language`, with the line before each.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let mark = format!("\n```{language}\n");
    let rest = page.split(&mark).skip(1);
    rest.map(|rest| rest.split("\n```").next().unwrap_or_default().to_owned())
        .collect()
}

/// A command answers where it exits with no more than 1, or with 3 for what is unknown.
fn answers(command: &str, folder: &Path) {
    let output = bash(&format!("set -o pipefail; {command}"), folder);
    let code = output.status.code();
    assert!(matches!(code, Some(0 | 1 | 3)), "$ {command}\n{output:?}");
}

#[test]
fn every_command_of_a_page_answers() {
    let clone = clone();
    for page in PAGES {
        let page = fs::read_to_string(root().join(page)).unwrap();
        for command in blocks(&page, "bash").iter().flat_map(|block| block.lines()) {
            let is_runnable = RUNNABLE.iter().any(|word| command.starts_with(word));
            assert!(
                is_runnable,
                "a command that this test does not know: {command}"
            );
            answers(command, clone.path());
        }
    }
}

#[test]
fn what_a_page_shows_is_what_is_printed() {
    let clone = clone();
    for name in PAGES {
        let path = root().join(name);
        let page = fs::read_to_string(&path).unwrap();
        let mut written = page.clone();
        for block in blocks(&page, "text") {
            let Some(command) = block.strip_prefix("$ ") else {
                continue;
            };
            let command = command.lines().next().unwrap_or_default();
            let right = format!("$ {command}\n{}", printed(command, clone.path()));
            written = written.replace(&block, right.trim_end());
        }
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &written).unwrap();
        } else {
            assert!(
                page == written,
                "{name} is not up to date: BLESS=1 writes what is printed"
            );
        }
    }
}

/// What a command prints on a terminal of 120 columns without colours.
fn printed(command: &str, folder: &Path) -> String {
    let human = match command.strip_prefix("pipewright check ") {
        Some(arguments) => format!("pipewright check --format human {arguments}"),
        None => command.to_owned(),
    };
    let output = bash(&format!("{human} 2>&1"), folder);
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_commands_of_the_recipes_answer_and_write_their_reports() {
    for name in RECIPES {
        let recipe = fs::read_to_string(root().join(name)).unwrap();
        let clone = clone();
        let mut commands = 0;
        for line in recipe.lines() {
            let Some(at) = line.find("pipewright check") else {
                continue;
            };
            if line.trim_start().starts_with(['#', '/']) || line.contains("name:") {
                continue;
            }
            let command = line[at..].trim_end_matches(['\'', '"']);
            answers(command, clone.path());
            commands += 1;
            let reports = command.split("--output-file ").skip(1);
            for report in reports {
                let file = report.split_whitespace().next().unwrap_or_default();
                let file = file.split_once('=').expect("FORMAT=FILE").1;
                let length = fs::metadata(clone.path().join(file)).unwrap().len();
                assert!(length > 0, "{name}: {file} is empty");
            }
        }
        assert!(commands > 0, "{name} runs no check");
    }
}

/// The recipes for a comment: in each the line with `pipewright diff` is run.
const COMMENTS: [&str; 3] = [
    "docs/ci/comment.github.yaml",
    "docs/ci/comment.gitlab.yaml",
    "docs/ci/comment.harness.yaml",
];

#[test]
fn the_recipes_for_a_comment_write_one() {
    for name in COMMENTS {
        let recipe = fs::read_to_string(root().join(name)).unwrap();
        let clone = clone();
        let changed = clone.path().join("examples/change/before/release.yaml");
        let text = fs::read_to_string(&changed).unwrap();
        fs::write(&changed, text.replace("30m", "40m")).unwrap();
        let line = recipe.lines().find(|line| line.contains("pipewright diff"));
        let line = line.unwrap();
        let command = &line[line.find("pipewright diff").unwrap()..];
        answers(command, clone.path());
        let comment = fs::read_to_string(clone.path().join("pipewright.md")).unwrap();
        assert!(comment.contains("1 pipeline differs"), "{name}: {comment}");
    }
}
