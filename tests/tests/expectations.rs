//! Files of tests: the example holds, and what is written for people holds when it is run.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use pipewright_context::yaml_values;
use pipewright_simulate::expect::{self, is_of_tests};
use pipewright_source::FileId;
use pipewright_tests::Session;
use serde_json::Value;

fn examples() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/release")
}

#[test]
fn the_example_holds() {
    let answer = Session::default().run(&examples(), &["test", "."]);
    assert_eq!(answer.code, 0, "{}{}", answer.stdout, answer.stderr);
}

#[test]
fn a_first_file_of_tests_holds() {
    let directory = tempfile::tempdir().unwrap();
    fs::copy(
        examples().join("pipeline.yaml"),
        directory.path().join("pipeline.yaml"),
    )
    .unwrap();
    let written = Session::default().run(directory.path(), &["test", "--init", "pipeline.yaml"]);
    assert_eq!(written.code, 0, "{}", written.stderr);
    // It tells what a person would: that production is asked for, and what a bad canary does.
    for name in [
        "- name: env is prod\n",
        "- name: \"env is anything else: Approve is skipped\"\n",
        "- name: \"env is prod, Canary fails: Deploy is rolled back\"\n",
    ] {
        assert!(written.stdout.contains(name), "{name}{}", written.stdout);
    }
    fs::write(directory.path().join("first.test.yaml"), &written.stdout).unwrap();
    let answer = Session::default().run(directory.path(), &["test"]);
    assert_eq!(answer.code, 0, "{}{}", answer.stdout, answer.stderr);
}

#[test]
fn what_differs_is_updated_and_the_rest_stays() {
    let directory = tempfile::tempdir().unwrap();
    fs::copy(
        examples().join("pipeline.yaml"),
        directory.path().join("pipeline.yaml"),
    )
    .unwrap();
    let before = "\
# A comment.
pipeline: pipeline.yaml
tests:
  - name: wrong   # here
    expect: { runs: [pipeline.stages.Approve] }
  - name: right
    expect:
      runs: [pipeline.stages.Build]   # stays

  - name: wrong, too
    given: { pipeline.variables.env: dev }
    expect:
      runs:
        - pipeline.stages.Approve

# The end.
";
    let file = directory.path().join("p.test.yaml");
    fs::write(&file, before).unwrap();
    let run = |options: &[&str]| {
        let answer = Session::default().run(directory.path(), &[&["test"], options].concat());
        (answer.code, answer.stdout)
    };
    assert_eq!(run(&[]).0, 1);
    assert_eq!(run(&["--update"]).0, 0);
    let (code, told) = run(&[]);
    assert_eq!(code, 0, "{told}");
    let after = fs::read_to_string(&file).unwrap();
    for kept in [
        "# A comment.\n",
        "wrong   # here\n",
        "[pipeline.stages.Build]   # stays\n",
        "\n# The end.\n",
    ] {
        assert!(after.contains(kept), "{kept:?} is gone:\n{after}");
    }
}

#[test]
fn an_update_keeps_what_is_expected_and_leaves_what_is_shared() {
    let directory = tempfile::tempdir().unwrap();
    let pipeline = directory.path().join("pipeline.yaml");
    fs::copy(examples().join("pipeline.yaml"), pipeline).unwrap();
    let before = "\
pipeline: pipeline.yaml
tests:
  - name: all kinds
    given: { pipeline.variables.env: dev }
    expect:
      runs: [pipeline.stages.Approve, pipeline.stages.Nowhere]
      status: { pipeline: FAILED }
      values: { <+pipeline.variables.env>: prod, <+pipeline.variables.env>.nope(): 1, <+trigger.type>: Cron }
      rendered: { pipeline.stages.Tell.spec.execution.steps.Mail.spec.source.spec.script: mail }
      findings: [unknown-output]
  - name: shared
    expect: &built { skipped: [pipeline.stages.Build] }
  - name: shares
    expect: *built
";
    let file = directory.path().join("p.test.yaml");
    fs::write(&file, before).unwrap();
    let answer = Session::default().run(directory.path(), &["test", "--update"]);
    assert_eq!(
        answer.stderr.matches("was not updated").count(),
        2,
        "{}",
        answer.stderr
    );
    let after = fs::read_to_string(&file).unwrap();
    let expected = "\
    expect:
      skipped:
        - pipeline.stages.Approve
      status:
        \"pipeline\": SUCCEEDED
      values:
        \"<+pipeline.variables.env>\": \"dev\"
        \"<+pipeline.variables.env>.nope()\": {\"error\":";
    assert!(after.contains(expected), "{after}");
    assert!(
        after.contains("script\": \"mail releases \\\"Release to dev\\\"\"\n"),
        "{after}"
    );
    assert!(after.contains("findings: []\n"), "{after}");
    assert!(!after.contains("trigger"), "{after}");
    let shared = before.split_once("  - name: shared").unwrap().1;
    assert!(after.ends_with(shared), "{after}");
}

#[test]
fn the_page_of_a_plan_needs_no_network_and_tells_every_node() {
    let options = [
        "plan",
        "pipeline.yaml",
        "--format",
        "html",
        "--set",
        "pipeline.variables.env=<b>&\"'",
    ];
    let answer = Session::default().run(&examples(), &options);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let page = answer.stdout.replace("http://www.w3.org/2000/svg", "");
    for word in ["http", "src=", "@import", "url(", "<b>"] {
        assert!(!page.contains(word), "{word}");
    }
    assert_eq!(
        page.matches("<section ").count(),
        page.matches("data-node=").count()
    );
    assert!(page.contains("&lt;b&gt;&amp;&quot;"));
}

#[test]
fn the_library_says_what_the_command_says() {
    let folder = examples();
    let command = Session::default().run(&folder, &["test", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&command.stdout).unwrap();
    let report = pipewright::run_tests(&[&folder]).unwrap();
    assert!(report.ok());
    let names: Vec<&str> = report.tests.iter().map(|test| &*test.name).collect();
    let of_command = told["tests"].as_array().unwrap().iter();
    let of_command: Vec<&str> = of_command
        .map(|test| test["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, of_command);

    let project = pipewright::Project::open(&folder).unwrap();
    let in_memory = project.run_tests(|name| name.contains("approval"));
    let names: Vec<&str> = in_memory.tests.iter().map(|test| &*test.name).collect();
    let expected = [
        "production waits for an approval",
        "a rejected approval keeps the deployment away, and is told",
    ];
    assert_eq!(names, expected);
    assert!(in_memory.ok());
    let percent = |coverage: &std::collections::BTreeMap<String, pipewright::Coverage>| {
        let all: Vec<u32> = coverage.values().map(|seen| seen.percent).collect();
        all
    };
    let whole = project.run_tests(|_| true);
    assert_eq!(percent(&whole.coverage), percent(&report.coverage));
}

/// Every file of tests below a folder, and those that transcripts write, with their texts.
fn files_of_tests() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join("../examples")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.display().to_string();
            if path.is_dir() {
                folders.push(path);
            } else if is_of_tests(&name) {
                found.push((name, fs::read_to_string(path).unwrap()));
            }
        }
    }
    for entry in fs::read_dir(root.join("data/cli")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for block in text.split("```yaml file=").skip(1) {
            let (name, rest) = block.split_once('\n').unwrap();
            if is_of_tests(name) {
                let (content, _) = rest.split_once("\n```").unwrap();
                found.push((name.to_owned(), format!("{content}\n")));
            }
        }
    }
    found
}

#[test]
fn the_schema_takes_what_the_reader_takes_and_refuses_keys_that_it_refuses() {
    let schema: Value = serde_json::from_str(&expect::schema().to_string()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let (mut taken, mut refused) = (0, 0);
    for (name, text) in files_of_tests() {
        let Ok(json) = yaml_values(&text) else {
            continue;
        };
        let json: Value = serde_json::from_str(&json.to_string()).unwrap();
        let file = expect::read(&pipewright_yaml::parse(FileId(0), &text));
        let mistakes = file.mistakes.iter().map(|mistake| &mistake.message);
        let broken = file.tests.iter().filter_map(|test| test.as_ref().err());
        let mistakes: Vec<&String> = mistakes
            .chain(broken.map(|broken| &broken.mistake.message))
            .collect();
        let errors: Vec<String> = validator
            .iter_errors(&json)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        if mistakes.is_empty() {
            assert!(errors.is_empty(), "{name}: {errors:#?}\n{text}");
            taken += 1;
        } else if !errors.is_empty() {
            refused += 1;
        }
    }
    assert!(
        taken >= 2 && refused >= 2,
        "{taken} taken, {refused} refused"
    );
    for wrong in [
        r#"{"tests": []}"#,
        r#"{"tests": [{"name": "x", "expekt": {}}]}"#,
        r#"{"tests": [{"given": {}}]}"#,
        r#"{"tests": [{"name": "x", "expect": {"error": true, "runs": []}}]}"#,
        r#"{"tests": [{"name": "x"}], "more": 1}"#,
    ] {
        let json: Value = serde_json::from_str(wrong).unwrap();
        assert!(!validator.is_valid(&json), "{wrong}");
        let file = expect::read(&pipewright_yaml::parse(FileId(0), wrong));
        let is_read = file.mistakes.is_empty() && file.tests.iter().all(Result::is_ok);
        assert!(!is_read, "{wrong}");
    }
}

/// An output that another thread reads while it is written.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Shared {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// Waits until the text has some words in it.
    fn wait_for(&self, words: &str) {
        for _ in 0..600 {
            if self.text().contains(words) {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("{words:?} never came:\n{}", self.text());
    }
}

#[test]
fn a_watch_runs_again_what_a_file_touches_until_it_is_interrupted() {
    let directory = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(directory.path().join(name), text).unwrap();
    let pipeline = |stage: &str| {
        format!(
            "pipeline: {{ identifier: p, stages: [{{ stage: {{ identifier: {stage}, type: Custom, spec: {{}} }} }}] }}\n"
        )
    };
    let test = |file: &str, name: &str| {
        format!(
            "pipeline: {file}\ntests: [{{ name: {name}, expect: {{ runs: [pipeline.stages.S] }} }}]\n"
        )
    };
    write("a.yaml", &pipeline("S"));
    write("b.yaml", &pipeline("S"));
    write("a.test.yaml", &test("a.yaml", "first"));
    write("b.test.yaml", &test("b.yaml", "second"));

    let output = Shared::default();
    let surroundings = pipewright_cli::Surroundings {
        directory: directory.path().to_owned(),
        ..Default::default()
    };
    let interrupted = Arc::clone(&surroundings.interrupted);
    let mut written = output.clone();
    let watch = thread::spawn(move || {
        let mut streams = pipewright_cli::Streams {
            input: &mut std::io::empty(),
            output: &mut written,
            errors: &mut std::io::sink(),
            surroundings,
        };
        pipewright_cli::run(["pipewright", "test", "--watch"], &mut streams).code()
    });

    output.wait_for("2 passed, 0 failed");
    write("b.yaml", &pipeline("Other"));
    output.wait_for("FAILED second");
    output.wait_for("0 passed, 1 failed");
    assert_eq!(
        output.text().matches("ok first").count(),
        1,
        "{}",
        output.text()
    );
    write("c.test.yaml", &test("a.yaml", "third"));
    output.wait_for("ok third");
    interrupted.store(true, Ordering::Relaxed);
    // A file of tests that was not run again counts as before.
    assert_eq!(watch.join().unwrap(), 1);
    assert_eq!(
        output.text().matches("ok first").count(),
        1,
        "{}",
        output.text()
    );
}
