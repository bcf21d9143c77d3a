//! What holds for the command line whatever the input is: shapes, slices, tables, and hostile files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pipewright_tests::{Answer, Session};
use serde_json::Value;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn check(directory: &Path, arguments: &[&str]) -> Answer {
    let arguments = [&["check"], arguments].concat();
    Session::default().run(directory, &arguments)
}

/// Checks a text as standard input.
fn check_text(text: &str, arguments: &[&str]) -> Answer {
    let session = Session {
        stdin: text.as_bytes(),
        ..Session::default()
    };
    session.run(Path::new(""), &[&["check", "-"], arguments].concat())
}

/// The value of a member that must be there.
fn member<'a>(object: &'a Value, name: &str) -> &'a Value {
    object
        .get(name)
        .unwrap_or_else(|| panic!("there is no `{name}` in {object}"))
}

fn number(object: &Value, name: &str) -> usize {
    let value = member(object, name).as_u64();
    usize::try_from(value.unwrap_or_else(|| panic!("`{name}` is no number in {object}")))
        .expect("a small number")
}

fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    member(object, name)
        .as_str()
        .unwrap_or_else(|| panic!("`{name}` is no text in {object}"))
}

fn list<'a>(object: &'a Value, name: &str) -> &'a [Value] {
    member(object, name)
        .as_array()
        .unwrap_or_else(|| panic!("`{name}` is no list in {object}"))
}

fn assert_members(object: &Value, expected: &[&str]) {
    let members = object
        .as_object()
        .unwrap_or_else(|| panic!("no object: {object}"));
    let found: BTreeSet<&str> = members.keys().map(String::as_str).collect();
    assert_eq!(found, expected.iter().copied().collect());
}

/// A span has the documented members, and its lines and columns are those of its bytes. Gives the bytes.
fn span_of(span: &Value, source: &str) -> std::ops::Range<usize> {
    assert_members(span, &["start", "end"]);
    let byte_of = |end: &str| {
        let position = member(span, end);
        assert_members(position, &["byte", "line", "column"]);
        let byte = number(position, "byte");
        let before = &source[..byte];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        assert_eq!(number(position, "line"), before.matches('\n').count() + 1);
        assert_eq!(
            number(position, "column"),
            before[line_start..].chars().count() + 1
        );
        byte
    };
    byte_of("start")..byte_of("end")
}

fn assert_documented_shape(report: &Value, directory: &Path) {
    assert_members(
        report,
        &["version", "diagnostics", "failures", "summary", "omitted"],
    );
    assert_eq!(number(report, "version"), 1);
    let severities = ["error", "warning", "info"];
    let mut counts = [0; 3];
    let mut order = Vec::new();
    for diagnostic in list(report, "diagnostics") {
        assert_members(
            diagnostic,
            &[
                "rule", "severity", "message", "label", "help", "url", "file", "span", "text",
                "fqn", "related", "fixes",
            ],
        );
        let severity = severities
            .iter()
            .position(|name| *name == text(diagnostic, "severity"));
        counts[severity.expect("a known severity")] += 1;
        let file = text(diagnostic, "file");
        let source = fs::read_to_string(directory.join(file)).expect("the file can be read");
        let range = span_of(member(diagnostic, "span"), &source);
        order.push((
            file.to_owned(),
            range.start,
            text(diagnostic, "rule").to_owned(),
        ));
        assert_eq!(text(diagnostic, "text"), &source[range]);
        assert!(member(diagnostic, "help").is_string() || member(diagnostic, "help").is_null());
        for related in list(diagnostic, "related") {
            assert_members(related, &["message", "file", "span"]);
            let source = fs::read_to_string(directory.join(text(related, "file")))
                .expect("the file can be read");
            span_of(member(related, "span"), &source);
        }
        for fix in list(diagnostic, "fixes") {
            assert_members(fix, &["title", "applicability", "edits"]);
            assert!(["safe", "unsafe", "display-only"].contains(&text(fix, "applicability")));
            for edit in list(fix, "edits") {
                assert_members(edit, &["file", "start", "end", "replacement"]);
                assert!(source.is_char_boundary(number(edit, "start")));
                assert!(source.is_char_boundary(number(edit, "end")));
                assert!(number(edit, "start") <= number(edit, "end"));
            }
        }
    }
    assert!(order.is_sorted(), "{order:?}");
    let summary = member(report, "summary");
    assert_members(summary, &["files", "errors", "warnings", "infos"]);
    let found = ["errors", "warnings", "infos"].map(|name| number(summary, name));
    assert_eq!(found, counts);
    assert_members(
        member(report, "omitted"),
        &["silenced", "baseline", "files"],
    );
}

#[test]
fn json_has_the_documented_shape_and_exact_slices() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let files = [
        ("plain.yaml", "pipeline:\n  identifier: 😀 not valid\n"),
        (
            "quoted.yaml",
            "pipeline:\n  'identifier': \"not valid\"\n  identifier: twice\n",
        ),
        (
            "crlf.yaml",
            "\u{FEFF}pipeline:\r\n  identifier: not valid\r\n  name: [\r\n",
        ),
        (
            "folded.yaml",
            "pipeline:\n  name: 日本\n  identifier: >-\n    not\n    valid\n",
        ),
        (
            "object.json",
            "{\"pipeline\": {\"identifier\": \"not valid\", \"stages\": []}}",
        ),
    ];
    for (name, content) in files {
        fs::write(directory.path().join(name), content).expect("a new file");
    }
    let answer = check(directory.path(), &["--format", "json", "--pedantic"]);
    let report: Value = serde_json::from_str(&answer.stdout).expect("the report is JSON");
    assert_documented_shape(&report, directory.path());
    let found: BTreeSet<&str> = list(&report, "diagnostics")
        .iter()
        .map(|found| text(found, "file"))
        .collect();
    assert_eq!(
        found.len(),
        files.len(),
        "each file has a finding: {found:?}"
    );

    let lines = check(directory.path(), &["--format", "jsonl", "--pedantic"]);
    let lines: Vec<Value> = lines
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect();
    assert_eq!(lines, list(&report, "diagnostics"));
}

#[test]
fn the_step_group_example_is_clean() {
    let examples = repository().join("examples");
    let clean = check(&examples, &["step-groups", "--pedantic"]);
    assert_eq!((clean.stdout.as_str(), clean.code), ("", 0));
    assert_eq!(clean.stderr, "no problems found in 1 file\n");
}

#[test]
fn the_example_of_mistakes_shows_them() {
    let examples = repository().join("examples");
    let answer = check(&examples, &["mistakes", "--format", "json"]);
    assert_eq!(answer.code, 1);
    let report: Value = serde_json::from_str(&answer.stdout).expect("the report is JSON");
    assert_documented_shape(&report, &examples);
    let found: Vec<(&str, &str)> = list(&report, "diagnostics")
        .iter()
        .map(|found| (text(found, "rule"), text(found, "text")))
        .collect();
    insta::assert_debug_snapshot!(found);
}

#[test]
fn rules_are_listed_and_explained() {
    let run = |arguments: &[&str]| Session::default().run(Path::new(""), arguments);
    let json: Value = serde_json::from_str(&run(&["rules", "--format", "json"]).stdout)
        .expect("the list is JSON");
    let table = run(&["rules"]).stdout;
    let rules = list(&json, "rules");
    assert_eq!(rules.len(), pipewright_lint::rules().len());
    for rule in rules {
        assert_members(
            rule,
            &[
                "name", "severity", "family", "fix", "fixable", "summary", "default", "url",
            ],
        );
        let name = text(rule, "name");
        let row = table
            .lines()
            .find(|line| line.split_whitespace().next() == Some(name));
        let row = row.unwrap_or_else(|| panic!("`{name}` is not in\n{table}"));
        assert!(row.contains(text(rule, "severity")), "{row}");
        let page = run(&["explain", name]);
        assert!(page.code == 0 && page.stdout.starts_with(name), "{page:?}");
        assert!(!page.stdout.contains("```"), "{name} shows its fences");
    }
    let narrow = Session {
        terminal: true,
        width: Some(80),
        ..Session::default()
    };
    let table = narrow
        .run(Path::new(""), &["rules", "--color", "never"])
        .stdout;
    let too_long = table.lines().find(|line| line.chars().count() > 80);
    assert_eq!(too_long, None);
}

#[test]
fn every_command_has_help_with_examples_and_a_manual_page() {
    let run = |arguments: &[&str]| Session::default().run(Path::new(""), arguments);
    let help = run(&["--help"]).stdout;
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.contains(&"check"), "{commands:?}");
    for command in commands {
        let help = run(&[command, "--help"]);
        assert_eq!((help.code, help.stderr.as_str()), (0, ""));
        assert!(
            help.stdout.contains("Examples:\n  "),
            "{command} has no examples"
        );
        let page = run(&["man", command]).stdout;
        assert!(
            page.contains(&format!(".TH pipewright-{command} 1")),
            "{page}"
        );
    }
}

#[test]
fn completions_know_the_options_of_check() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let answer = Session::default().run(Path::new(""), &["completions", shell]);
        assert_eq!(answer.code, 0);
        assert!(answer.stdout.contains("stdin-filename"), "{shell}");
    }
}

#[test]
fn figures_are_printed_beside_the_report() {
    let examples = repository().join("examples");
    let figures = |text: &str| {
        let row = |name: &str| {
            text.lines()
                .find(|line| line.starts_with(name))
                .map(str::to_owned)
        };
        assert!(
            row("files").is_some_and(|row| row.ends_with(" 2")),
            "{text}"
        );
        assert!(
            row("scalars without").is_some_and(|row| row.ends_with(" 0")),
            "{text}"
        );
        assert!(
            row("time to check").is_some_and(|row| row.ends_with(" ms")),
            "{text}"
        );
    };
    let answer = check(&examples, &["mistakes", "step-groups", "--stats"]);
    figures(&answer.stderr);
    let answer = check(
        &examples,
        &["mistakes", "step-groups", "--stats", "--format", "json"],
    );
    assert!(serde_json::from_str::<Value>(&answer.stdout).is_ok());
    figures(&answer.stderr);
}

/// A reader that has gone away.
struct Closed;

impl std::io::Write for Closed {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_closed_pipe_changes_no_answer() {
    use pipewright_cli::Exit;

    for (arguments, expected) in [
        (&["rules"][..], Exit::Success),
        (&["eval", "--condition", "false"], Exit::Negative),
        (&["eval", "--condition", "true"], Exit::Success),
        (&["eval", "<+"], Exit::Failure),
    ] {
        let mut errors = Vec::new();
        let mut streams = pipewright_cli::Streams {
            input: &mut std::io::empty(),
            output: &mut Closed,
            errors: &mut errors,
            surroundings: pipewright_cli::Surroundings::default(),
        };
        let arguments = ["pipewright"].iter().chain(arguments);
        let exit = pipewright_cli::run(arguments, &mut streams);
        assert_eq!(exit, expected);
        let text = String::from_utf8_lossy(&errors);
        assert!(!text.contains("cannot write"), "{text}");
    }
}

/// Questions without end stop when nobody reads the answers.
#[test]
fn a_closed_pipe_ends_a_conversation() {
    let mut endless = std::io::BufReader::new(std::io::repeat(b'\n'));
    let mut errors = Vec::new();
    let mut streams = pipewright_cli::Streams {
        input: &mut endless,
        output: &mut Closed,
        errors: &mut errors,
        surroundings: pipewright_cli::Surroundings::default(),
    };
    let exit = pipewright_cli::run(["pipewright", "eval", "--jsonl"], &mut streams);
    assert_eq!(exit, pipewright_cli::Exit::Success);
}

/// Every hostile text is answered with a finding or a clear sentence, soon, and in every format.
#[test]
fn hostile_files_are_answered_in_bounded_time() {
    let expression = |text: &str| format!("pipeline:\n  identifier: p\n  name: {text}\n");
    let doubled: Vec<String> = (1..30)
        .map(|i| format!("a{i}: &a{i} [*a{0}, *a{0}]\n", i - 1))
        .collect();
    let staircase: Vec<String> = (0..2_000)
        .map(|i| format!("{}pipeline:\n", " ".repeat(i)))
        .collect();
    let cases = [
        (
            "nested mappings",
            format!("pipeline: {}1", "{a: ".repeat(10_000)),
        ),
        ("nested lists", format!("pipeline: {}", "[".repeat(100_000))),
        ("nested blocks", staircase.concat()),
        (
            "nested parentheses",
            expression(&format!(
                "<+{}1{}>",
                "(".repeat(100_000),
                ")".repeat(100_000)
            )),
        ),
        (
            "open parentheses",
            expression(&format!("<+{}>", "(".repeat(100_000))),
        ),
        ("nested expressions", expression(&"<+".repeat(100_000))),
        (
            "aliases that double",
            format!(
                "a0: &a0 x\n{}pipeline:\n  identifier: *a29\n",
                doubled.concat()
            ),
        ),
        (
            "a line of megabytes",
            expression(&format!("\"{}\"", "<+pipeline.name> ".repeat(1 << 14))),
        ),
        (
            "many lines",
            format!(
                "pipeline:\n  identifier: p\n{}",
                "  x: <+(>\n".repeat(2_000)
            ),
        ),
        (
            "many findings on one line",
            expression(&format!("\"{}\"", "<+> ".repeat(5_000))),
        ),
        ("only a byte order mark", "\u{FEFF}".to_owned()),
        ("only comments", "# nothing\n".repeat(1_000)),
    ];
    for (name, text) in cases {
        for format in ["human", "json"] {
            let started = Instant::now();
            let answer = check_text(&text, &["--format", format]);
            let took = started.elapsed();
            assert!(
                took < Duration::from_secs(30),
                "{name} as {format} took {took:?}"
            );
            assert!(answer.code <= 1, "{name}: {answer:?}");
            let said_something = !answer.stderr.is_empty() || answer.stdout.contains("file");
            assert!(said_something, "{name} as {format} is not answered");
            if format == "json" {
                assert!(
                    serde_json::from_str::<Value>(&answer.stdout).is_ok(),
                    "{name}"
                );
            }
        }
    }
}

/// The projects of the test data in which the directories decide which files belong together; those of `--with` belong
/// to all.
const BY_DIRECTORY: [&str; 1] = ["repositories"];

#[test]
fn a_file_with_the_others_at_hand_is_reported_on_as_among_them() {
    let projects = repository().join("tests/data/project");
    let projects = fs::read_dir(projects).expect("a directory");
    let mut compared = 0;
    for project in projects {
        let project = project.expect("a directory").path();
        let name = project.file_name().and_then(|name| name.to_str());
        if !project.is_dir() || name.is_some_and(|name| BY_DIRECTORY.contains(&name)) {
            continue;
        }
        let findings = |arguments: &[&str]| -> Vec<Value> {
            let answer = check(
                &project,
                &[arguments, &["--pedantic", "--format", "json"]].concat(),
            );
            let report: Value = serde_json::from_str(&answer.stdout).expect("a report");
            list(&report, "diagnostics").to_vec()
        };
        let together = findings(&["."]);
        let files = pipewright_tests::files::texts_below(&project, &["yaml"]).expect("files");
        for (path, _) in files {
            let file = path.strip_prefix(&project).expect("a file of the project");
            let file = file.to_str().expect("a name of letters").replace('\\', "/");
            let among = together
                .iter()
                .filter(|finding| text(finding, "file") == file);
            let alone = findings(&[&file, "--with", "."]);
            assert_eq!(
                alone.iter().collect::<Vec<_>>(),
                among.collect::<Vec<_>>(),
                "{name:?} {file}"
            );
            compared += alone.len();
        }
    }
    assert!(compared > 20, "the projects have findings: {compared}");
}
