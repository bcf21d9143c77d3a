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
