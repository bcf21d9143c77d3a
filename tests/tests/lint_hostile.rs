//! Files that no person wrote: an answer in bounded time, on the small stack of a worker thread.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fmt::Write as _;

use pipewright_analysis::{FileKind, Snapshot};
use pipewright_lint::{self as lint, Options};

/// The stack of a thread the command gives its files to.
const STACK: usize = 2 * 1024 * 1024;

/// What kind of file a text is, and the rules that find something, each once.
fn judge(text: String) -> (FileKind, Vec<&'static str>) {
    let judging = move || {
        let mut snapshot = Snapshot::default();
        let id = snapshot.set_text("hostile.yaml", text);
        let options = Options::new::<&str>(&[], &[], true).unwrap();
        let mut rules: Vec<_> = lint::check(&snapshot, id, &options)
            .iter()
            .map(|finding| finding.rule)
            .collect();
        rules.sort_unstable();
        rules.dedup();
        (snapshot.kind(id).unwrap(), rules)
    };
    let thread = std::thread::Builder::new().stack_size(STACK);
    thread.spawn(judging).unwrap().join().unwrap()
}

/// A pipeline whose only condition is `condition`.
fn with_condition(condition: &str) -> String {
    format!(
        "pipeline:\n  identifier: release\n  stages:\n    - stage:\n        identifier: Build\n        type: Custom\n        \
         when:\n          pipelineStatus: Success\n          condition: {condition}\n"
    )
}

#[test]
fn files_without_a_document() {
    for text in [
        "",
        "\n\n",
        "# nothing\n",
        "---\n---\n",
        "\u{feff}",
        "[]",
        "x",
        "\u{1}\u{2}\u{0}",
    ] {
        let (kind, rules) = judge(text.to_owned());
        assert!(
            matches!(kind, FileKind::Other | FileKind::Broken),
            "{text:?}"
        );
        assert!(
            rules.iter().all(|rule| *rule == "yaml-syntax"),
            "{text:?}: {rules:?}"
        );
    }
}

#[test]
fn deep_parentheses() {
    let text = with_condition(&("(".repeat(100_000) + &")".repeat(100_000)));
    assert_eq!(judge(text), (FileKind::Harness, vec!["expression-syntax"]));
}

#[test]
fn deep_prefixes() {
    let text = with_condition(&format!("\"{}true\"", "!".repeat(100_000)));
    assert_eq!(judge(text), (FileKind::Harness, vec!["expression-syntax"]));
}

#[test]
fn deep_islands() {
    let text = with_condition(&("<+".repeat(50_000) + "a" + &">".repeat(50_000)));
    assert_eq!(judge(text).0, FileKind::Harness);
    let text = with_condition(&("<+a".repeat(50_000)));
    assert_eq!(
        judge(text),
        (FileKind::Harness, vec!["unclosed-expression"])
    );
}

#[test]
fn many_ends_behind_an_island() {
    let text = with_condition(&format!("\"<+<+a> {}\"", "> ".repeat(100_000)));
    assert_eq!(judge(text).0, FileKind::Harness);
    let text = with_condition(&"<+<+a> >".repeat(1_000));
    assert_eq!(judge(text).0, FileKind::Harness);
}

#[test]
fn deep_mappings() {
    let mut text = String::from("pipeline:\n");
    for depth in 1..2_000 {
        writeln!(text, "{}a:", " ".repeat(depth)).unwrap();
    }
    assert_eq!(judge(text), (FileKind::Harness, vec!["unreadable-file"]));
    let text = format!(
        "pipeline: {}1{}\n",
        "{a: ".repeat(10_000),
        "}".repeat(10_000)
    );
    assert!(judge(text).1.contains(&"unreadable-file"));
}

#[test]
fn an_alias_bomb() {
    let mut text = String::from("a0: &a0 <+stepGroup.x>\n");
    for level in 1..20 {
        let aliases = format!("*a{}, ", level - 1).repeat(9);
        writeln!(text, "a{level}: &a{level} [{aliases}]").unwrap();
    }
    text.push_str("pipeline:\n  identifier: release\n  tags: *a19\n");
    assert!(matches!(judge(text).0, FileKind::Harness));
}

/// A parallel block of `count` steps; `read` is what the step of a number reads.
fn with_steps(count: u32, read: impl Fn(u32) -> String) -> String {
    let mut text = String::from(
        "pipeline:\n  identifier: release\n  stages:\n    - stage:\n        identifier: Build\n        spec:\n          \
         execution:\n            steps:\n              - parallel:\n",
    );
    for step in 0..count {
        writeln!(
            text,
            "                  - step:\n                      identifier: S{step}\n                      spec:\n                        \
             url: <+execution.steps.{}.output.x>",
            read(step)
        )
        .unwrap();
    }
    text
}

#[test]
fn many_steps_that_read_each_other() {
    let text = with_steps(1_000, |step| format!("S{}", (step * 7 + 1) % 1_000));
    assert_eq!(
        judge(text),
        (FileKind::Harness, vec!["parallel-step-reference"])
    );
}

#[test]
fn many_steps_that_read_what_is_not_there() {
    let text = with_steps(1_000, |step| format!("Nowhere_{step}"));
    assert_eq!(judge(text), (FileKind::Harness, vec!["unknown-step"]));
}

#[test]
fn many_comments_that_silence() {
    let comments = "# pipewright: ignore[empty-expression]\n".repeat(10_000);
    let text = comments + &with_condition("<+>");
    assert_eq!(judge(text).0, FileKind::Harness);
    let text = with_condition("<+>") + &"# pipewright: ignore[".repeat(10_000);
    assert_eq!(judge(text).0, FileKind::Harness);
}
