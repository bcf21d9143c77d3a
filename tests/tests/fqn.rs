//! The names of the pipelines below `data/fqn`. Beside each pipeline, a file of the same name ending in `.names` holds
//! what must be listed, one a line:
//!
//! * `kind available name`: listed without options, and
//! * `+ kind available name`: listed with `--outputs`;
//! * `@ path name`: what the name is called by the node that has `description: HERE`, and
//! * `@ outcome name`: what keeps that node from reading it.
//!
//! To add a case, add the two files.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};

use pipewright_tests::Session;
use serde_json::Value as Json;

/// The text that marks the reader of a case.
const READER: &str = "HERE";

struct Case {
    directory: PathBuf,
    file: String,
    text: String,
    expected: String,
}

fn cases() -> Vec<Case> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/fqn");
    let entries = fs::read_dir(&directory).expect("the cases are there");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the directory can be listed").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    paths.sort();
    let case = |path: PathBuf| Case {
        directory: directory.clone(),
        file: path.file_name().expect("a file").to_string_lossy().into(),
        text: fs::read_to_string(&path).expect("a pipeline is UTF-8"),
        expected: fs::read_to_string(path.with_extension("names")).expect("names are beside it"),
    };
    paths.into_iter().map(case).collect()
}

impl Case {
    fn names(&self, options: &[&str]) -> Vec<Json> {
        let arguments = ["fqn", &self.file, "--format", "json"];
        let answer = Session::default().run(&self.directory, &[&arguments, options].concat());
        assert_eq!(answer.code, 0, "{}: {}", self.file, answer.stderr);
        let document: Json = serde_json::from_str(&answer.stdout).expect("the output is JSON");
        document["names"].as_array().expect("names").clone()
    }

    /// The node that reads, if the case has one.
    fn reader(&self) -> Option<String> {
        let names = self.names(&[]);
        let marked = names.iter().find(|name| self.value_of(name) == READER)?;
        let fqn = marked["fqn"].as_str()?;
        fqn.strip_suffix(".description").map(str::to_owned)
    }

    /// The bytes of the file that a name's span covers.
    fn value_of(&self, name: &Json) -> &str {
        let byte = |end: &str| name["span"][end]["byte"].as_u64();
        let Some((start, end)) = byte("start").zip(byte("end")) else {
            return "";
        };
        &self.text[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()]
    }

    /// The lines that begin with `mark`, without it.
    fn marked(&self, mark: &str) -> impl Iterator<Item = &str> {
        self.expected
            .lines()
            .filter_map(move |line| line.strip_prefix(mark))
    }
}

fn text<'a>(name: &'a Json, field: &str) -> &'a str {
    name[field].as_str().unwrap_or_default()
}

fn row(name: &Json) -> String {
    ["kind", "available", "fqn"]
        .map(|field| text(name, field))
        .join(" ")
}

#[test]
fn every_expected_name_is_listed() {
    let cases = cases();
    assert!(cases.len() >= 15);
    let mut missing = Vec::new();
    for case in &cases {
        let written = case.names(&[]);
        let all = case.names(&["--outputs"]);
        assert_eq!(all[..written.len()], written, "{}", case.file);
        let has = |names: &[Json], wanted: &str| names.iter().any(|name| row(name) == wanted);
        let plain = case
            .expected
            .lines()
            .filter(|line| !line.starts_with(['+', '@']));
        let absent = plain
            .filter(|line| !has(&written, line))
            .chain(case.marked("+ ").filter(|line| !has(&all, line)));
        missing.extend(absent.map(|line| format!("{}: {line}", case.file)));
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn what_is_written_has_a_place_and_what_a_run_makes_has_none() {
    for case in cases() {
        let written = case.names(&[]);
        for name in &written {
            assert!(!case.value_of(name).is_empty(), "{}: {name}", case.file);
        }
        for name in &case.names(&["--outputs"])[written.len()..] {
            assert!(name["span"].is_null(), "{}: {name}", case.file);
        }
    }
}

#[test]
fn names_are_called_by_their_shortest_path_at_a_position() {
    let mut differences = Vec::new();
    for case in cases() {
        let Some(reader) = case.reader() else {
            assert_eq!(case.marked("@ ").count(), 0, "{} has no reader", case.file);
            continue;
        };
        let names = case.names(&["--outputs", "--at", &reader]);
        for line in case.marked("@ ") {
            let (wanted, fqn) = line.split_once(' ').expect("a path and a name");
            let name = names.iter().find(|name| text(name, "fqn") == fqn);
            let name = name.unwrap_or_else(|| panic!("{}: no {fqn}", case.file));
            let found = name["relative"].as_str().unwrap_or(text(name, "outcome"));
            if found != wanted {
                differences.push(format!("{}: {found} instead of {line}", case.file));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Writes every path into the text of the reader and asks `refs` where it leads.
#[test]
fn every_path_given_at_a_position_leads_to_its_name() {
    let mut readers = 0;
    for case in cases() {
        let Some(reader) = case.reader() else {
            continue;
        };
        readers += 1;
        let names = case.names(&["--outputs", "--at", &reader]);
        let readable: Vec<(&str, &str)> = names
            .iter()
            .filter_map(|name| Some((name["relative"].as_str()?, name["fqn"].as_str()?)))
            .collect();
        let islands: Vec<String> = readable
            .iter()
            .map(|(path, _)| format!("<+{path}>"))
            .collect();
        let written = format!("'{}'", islands.join(" ").replace('\'', "''"));
        let pipeline = case.text.replace(READER, &written);
        let session = Session {
            stdin: pipeline.as_bytes(),
            ..Session::default()
        };
        let answer = session.run(&case.directory, &["refs", "-", "--format", "json"]);
        let document: Json = serde_json::from_str(&answer.stdout).expect("the output is JSON");
        let references = document["references"].as_array().expect("references");
        let from_here: Vec<&Json> = references
            .iter()
            .filter(|reference| text(reference, "from") == reader)
            .collect();
        assert_eq!(from_here.len(), readable.len(), "{}", case.file);
        for (reference, (path, fqn)) in from_here.iter().zip(&readable) {
            assert_eq!(text(reference, "outcome"), "resolved", "{path}");
            let behind = fqn.strip_prefix(text(reference, "to"));
            // A path to a section (`stage.spec.execution`) points at the node that has it.
            let sections = ["", ".spec", ".spec.execution"];
            assert!(
                behind.is_some_and(|rest| sections.contains(&rest)),
                "{path}: {reference}"
            );
        }
    }
    assert!(readers > 0);
}

/// A stage that comes after all others, on a line of its own.
const LAST: &str = "    - stage: { identifier: Last, type: Custom, spec: { execution: { steps: [ { step: { identifier: read, type: ShellScript, spec: { shell: Bash } } } ] } } }\n";

impl Case {
    /// The pipeline with [`LAST`] behind its stages. `None` for a template, and for stages in an order of their own.
    fn with_last_stage(&self) -> Option<String> {
        let stages = self.text.find("\n  stages:\n")? + "\n  stages:\n".len();
        if self.text.contains("dependsOn") {
            return None;
        }
        let lines = self.text[stages..].split_inclusive('\n');
        let inside = lines.take_while(|line| line.starts_with("    ") || line.starts_with('#'));
        let end = stages + inside.map(str::len).sum::<usize>();
        Some(format!("{}{LAST}{}", &self.text[..end], &self.text[end..]))
    }
}

/// What is listed and what is accepted come from one source: no listed name is called undefined. Loops are named by
/// their instances instead.
#[test]
fn every_listed_name_is_there_for_a_last_stage() {
    let mut read = 0;
    let mut refused = Vec::new();
    for case in cases() {
        let Some(pipeline) = case.with_last_stage() else {
            continue;
        };
        let session = Session {
            stdin: pipeline.as_bytes(),
            ..Session::default()
        };
        let at = ["--at", "pipeline.stages.Last.spec.execution.steps.read"];
        let arguments = [&["fqn", "-", "--outputs", "--format", "json"][..], &at].concat();
        let answer = session.run(&case.directory, &arguments);
        assert_eq!(answer.code, 0, "{}: {}", case.file, answer.stderr);
        let document: Json = serde_json::from_str(&answer.stdout).expect("the output is JSON");
        let names = document["names"].as_array().expect("names");
        read += names.len();
        let undefined = names
            .iter()
            .filter(|name| text(name, "outcome") == "undefined")
            .map(|name| format!("{}: {}", case.file, text(name, "fqn")));
        refused.extend(undefined);
    }
    assert!(read > 1000);
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}
