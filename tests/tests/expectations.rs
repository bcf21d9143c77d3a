//! Files of tests: the example holds, and what is written for people holds when it is run.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::Path;

use pipewright_tests::Session;

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
