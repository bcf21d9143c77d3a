//! What holds for the reports of `check` whatever is found.

use std::fs;
use std::path::{Path, PathBuf};

use pipewright_tests::Session;
use unicode_width::UnicodeWidthStr as _;

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

/// The human report of the rules' cases on a screen of that many columns.
fn human(columns: usize) -> String {
    let session = Session {
        variables: vec![("COLUMNS".to_owned(), columns.to_string())],
        ..Session::default()
    };
    let arguments = [
        "check",
        "lint",
        "attack",
        "project",
        "--pedantic",
        "--format",
        "human",
    ];
    session.run(&data(), &arguments).stdout
}

#[test]
fn no_line_is_wider_than_the_screen() {
    for columns in [50, 64, 80, 100, 200] {
        let text = human(columns);
        assert!(text.lines().count() > 1_000, "{text}");
        let wide = text.lines().find(|line| line.width() > columns);
        assert_eq!(wide, None, "{columns} columns");
    }
}

/// Every mark is drawn below a line of a file, and says nothing about the empty place behind it.
#[test]
fn every_finding_has_its_message_first_and_then_its_place() {
    let text = human(100);
    let starts = ["error[", "warning[", "info["];
    let begins = |line: &str| starts.iter().any(|start| line.starts_with(start));
    let lines: Vec<&str> = text.lines().collect();
    let mut findings = 0;
    for (at, line) in lines.iter().enumerate() {
        if begins(line) {
            findings += 1;
            assert!(at == 0 || lines[at - 1].is_empty(), "{line}");
            let mut rest = lines[at + 1..]
                .iter()
                .skip_while(|line| line.starts_with("    "));
            let place = rest.next().expect("a finding has a place");
            assert!(place.trim_start().starts_with("--> "), "{line}\n{place}");
        }
    }
    assert!(findings > 200, "{findings}");
}

#[test]
fn reports_go_into_files_as_they_are_printed() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let path = |name: &str| directory.path().join(name).display().to_string();
    let run = |arguments: &[&str]| {
        Session::default().run(
            &data(),
            &[&["check", "lint", "--pedantic"], arguments].concat(),
        )
    };
    let (sarif, human, text) = (path("a.sarif"), path("b.txt"), path("c.txt"));
    let formats = [format!("sarif={sarif}"), format!("human={human}")];
    let answer = run(&[
        "--output-file",
        &formats[0],
        "--output-file",
        &formats[1],
        "--output",
        &text,
        "--format",
        "grouped",
    ]);
    assert_eq!((answer.stdout.as_str(), answer.code), ("", 1));
    for (format, file) in [("sarif", sarif), ("human", human), ("grouped", text)] {
        let written = fs::read_to_string(file).expect("the report is there");
        assert!(written == run(&["--format", format]).stdout, "{format}");
    }
}
