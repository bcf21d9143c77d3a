//! Where findings stand: exactly, in every way to write a scalar.
#![allow(clippy::unwrap_used, reason = "a test")]

use pipewright_source::{Diagnostic, SourceFile, Span};
use pipewright_tests::lint;

fn check(text: &str) -> Vec<Diagnostic> {
    lint::check(&SourceFile::new("case.yaml", text))
}

/// A step whose URL is `value`, which is written as it stands.
fn step_with(value: &str) -> String {
    format!(
        "pipeline:
  identifier: release
  stages:
    - stage:
        identifier: Build
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  identifier: Call
                  type: Http
                  spec:
                    method: GET
                    url: {value}
"
    )
}

/// Ways to write a value with the path `stepGroup.name` in it, and what the file holds at the path.
const STYLES: [(&str, &str, &str); 13] = [
    (
        "plain",
        "https://example.com/<+stepGroup.name>",
        "stepGroup.name",
    ),
    (
        "plain behind an emoji",
        "😀 <+stepGroup.name> 😀",
        "stepGroup.name",
    ),
    (
        "plain, folded before",
        "a\n                      b <+stepGroup.name>",
        "stepGroup.name",
    ),
    (
        "plain, folded inside",
        "a <+stepGroup\n                      .name>",
        "stepGroup\n                      .name",
    ),
    (
        "single-quoted",
        "'it''s 😀 <+stepGroup.name>'",
        "stepGroup.name",
    ),
    (
        "single-quoted, folded inside",
        "'it''s <+stepGroup\n\n                      .name>'",
        "stepGroup\n\n                      .name",
    ),
    (
        "double-quoted",
        "\"\\ud83d\\ude00 \\x41 \\\"<+stepGroup.name>\\\"\"",
        "stepGroup.name",
    ),
    (
        "double-quoted, escapes inside",
        "\"<+stepGroup\\x2ename>\"",
        "stepGroup\\x2ename",
    ),
    (
        "double-quoted, continued inside",
        "\"a <+stepGroup.\\\n                      name>\"",
        "stepGroup.\\\n                      name",
    ),
    (
        "literal",
        "|\n                      😀\n                        <+stepGroup.name>\n\n                      b",
        "stepGroup.name",
    ),
    (
        "literal with an indicator",
        "|2-\n                        <+stepGroup.name>",
        "stepGroup.name",
    ),
    (
        "folded",
        ">-\n                      😀 a\n                      b <+stepGroup.name>",
        "stepGroup.name",
    ),
    (
        "folded, folded inside",
        ">\n                      <+stepGroup\n                      .name>",
        "stepGroup\n                      .name",
    ),
];

#[test]
fn a_path_is_found_where_it_was_written() {
    for (style, value, written) in STYLES {
        let unix = step_with(value);
        let variants = [
            ("", unix.clone(), written.to_owned()),
            (
                "CRLF",
                unix.replace('\n', "\r\n"),
                written.replace('\n', "\r\n"),
            ),
            ("BOM", format!("\u{feff}{unix}"), written.to_owned()),
        ];
        for (variant, text, written) in variants {
            let findings = check(&text);
            let found: Vec<(&str, &str)> = findings
                .iter()
                .map(|finding| (finding.rule, finding.span.range.slice(&text)))
                .collect();
            let wanted = [("step-group-outside-group", written.as_str())];
            assert_eq!(found, wanted, "{style} {variant}\n{text}");
        }
    }
}

/// Every span a finding carries.
fn spans(finding: &Diagnostic) -> impl Iterator<Item = Span> {
    let related = finding.related.iter().map(|label| label.span);
    let edits = finding
        .fixes
        .iter()
        .flat_map(|fix| &fix.edits)
        .map(|edit| edit.span);
    [finding.span].into_iter().chain(related).chain(edits)
}

/// What a finding says, with the text of each of its spans.
fn said(finding: &Diagnostic, text: &str) -> (&'static str, Vec<String>) {
    let texts = spans(finding).map(|span| {
        let slice = text
            .get(span.range.to_usize())
            .expect("a span lies in the file, between characters");
        slice.replace("\r\n", "\n")
    });
    (finding.rule, texts.collect())
}

#[test]
fn line_endings_and_a_byte_order_mark_change_nothing() {
    for (path, text) in lint::cases().unwrap() {
        let all = |text: &str| -> Vec<_> {
            check(text)
                .iter()
                .map(|finding| said(finding, text))
                .collect()
        };
        let unix = all(&text);
        assert_eq!(
            unix,
            all(&text.replace('\n', "\r\n")),
            "CRLF: {}",
            path.display()
        );
        assert_eq!(
            unix,
            all(&format!("\u{feff}{text}")),
            "BOM: {}",
            path.display()
        );
    }
}

#[test]
fn findings_stand_in_order() {
    for (path, text) in lint::cases().unwrap() {
        let findings = check(&text);
        let keys: Vec<_> = findings
            .iter()
            .map(|finding| (finding.span.range.start(), finding.rule))
            .collect();
        assert!(keys.is_sorted(), "{}", path.display());
    }
}
