//! Renderings of hand-made findings: the shapes of text that are hard to show.

use pipewright_source::{Diagnostic, FileId, Severity, SourceFile, Sources, Span, TextRange};

use super::{Format, LeftOut, Nodes, Report, Summary};
use crate::colour::Palette;
use crate::layout::Layout;

/// A text in which `‹` and `›` stand around each place to mark.
struct Marked {
    text: String,
    spans: Vec<Span>,
}

fn marked(text: &str) -> Marked {
    let mut plain = String::new();
    let mut open = Vec::new();
    let mut spans = Vec::new();
    for c in text.chars() {
        match c {
            '‹' => open.push(plain.len()),
            '›' => {
                let range = TextRange::of(open.pop().unwrap(), plain.len());
                spans.push(Span::new(FileId(0), range));
            }
            c => plain.push(c),
        }
    }
    spans.sort_by_key(|span| span.range.start());
    Marked { text: plain, spans }
}

fn layout(columns: usize) -> Layout {
    Layout {
        palette: Palette::new(false),
        columns,
        unicode: true,
    }
}

/// The finding stands at the first mark; every other mark is a related place.
fn render(text: &str, layout: Layout) -> String {
    let Marked { text, spans } = marked(text);
    let mut diagnostic = Diagnostic::new(
        "parallel-step-reference",
        Severity::Error,
        spans[0],
        "`A` runs in parallel with `B`, so its output does not exist yet",
    )
    .with_label("is null when `B` starts, and the script runs on with an empty text")
    .with_help("move `B` after the parallel block, or read the output in a later step");
    for span in &spans[1..] {
        diagnostic = diagnostic.with_related(*span, "runs at the same time");
    }
    let mut sources = Sources::new();
    sources.add(SourceFile::new("dir/pipeline.yaml", text));
    write(&sources, &[diagnostic], layout)
}

fn write(sources: &Sources, diagnostics: &[Diagnostic], layout: Layout) -> String {
    let report = Report {
        sources,
        diagnostics,
        nodes: &Nodes::default(),
        checked: &[],
        failures: Vec::new(),
        summary: &Summary::new(1, diagnostics, LeftOut::default()),
        with_summary: true,
    };
    let mut output = Vec::new();
    Format::Human.write(&report, layout, &mut output).unwrap();
    let text = String::from_utf8(output).unwrap();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n")
}

#[test]
fn hard_texts() {
    let long_value = "0123456789".repeat(30);
    let cases = [
        (
            "one line",
            "a: 1\nb: echo <+‹steps.A.output.x›>\nc: 2\n".to_owned(),
        ),
        ("two places near", "a: ‹A›\nb: 1\nc: ‹B›\n".to_owned()),
        ("two places on one line", "a: ‹A› and ‹B›\n".to_owned()),
        (
            "two places far apart",
            format!("a: ‹A›\n{}z: ‹B›\n", "x: 1\n".repeat(50)),
        ),
        ("tabs", "a:\t\t‹A›\tx\n".to_owned()),
        ("wide characters", "a: 😀 日本 ‹<+x>› 😀\n".to_owned()),
        ("carriage returns", "a: 1\r\nb: ‹A›\r\nc: 1\r\n".to_owned()),
        (
            "over two lines",
            "a: >-\n  echo ‹<+steps.A\n  .output.x>› end\nb: 1\n".to_owned(),
        ),
        (
            "over many lines",
            format!("a: |\n  ‹<+steps\n{}›\nb: 1\n", "  more\n".repeat(40)),
        ),
        ("at the end", "a: 1\nb:‹›".to_owned()),
        ("after the last line break", "a: 1\nb: 2\n‹›".to_owned()),
        ("an empty file", "‹›".to_owned()),
        ("a byte order mark", "\u{FEFF}a: ‹A›\n".to_owned()),
        (
            "a long line",
            format!("a: 1\nb: {long_value} ‹<+steps.A.x>› {long_value}\nc: {long_value}\n"),
        ),
        ("a long mark", format!("b: ‹{long_value}›\n")),
        (
            "terminal escapes",
            "a: \u{1B}[31m‹<+x>›\u{202E}b\u{7}\n".to_owned(),
        ),
    ];
    let rendered: Vec<String> = cases
        .iter()
        .map(|(name, text)| format!("=== {name}\n{}\n", render(text, layout(80))))
        .collect();
    insta::assert_snapshot!(rendered.join("\n"));
}

#[test]
fn a_narrow_terminal() {
    insta::assert_snapshot!(render(
        "a: 1\nb: echo <+‹pipeline.stages.Build.spec.execution.steps.A.output.x›>\nc: 2\n",
        layout(40)
    ));
}

#[test]
fn a_terminal_without_box_characters() {
    let layout = Layout {
        unicode: false,
        ..layout(80)
    };
    insta::assert_snapshot!(render("a: ‹A›\nb: 1\nc: ‹B›\n", layout));
}

#[test]
fn a_place_in_another_file() {
    let mut sources = Sources::new();
    let here = sources.add(SourceFile::new(
        "pipeline.yaml",
        "pipeline:\n  x: <+steps.A.x>\n",
    ));
    let there = sources.add(SourceFile::new(
        "template.yaml",
        "template:\n  identifier: A\n",
    ));
    let diagnostic = Diagnostic::new(
        "unknown-step",
        Severity::Warning,
        Span::new(here, TextRange::new(17, 26)),
        "there is no step `A`",
    )
    .with_related(
        Span::new(there, TextRange::new(24, 25)),
        "the template calls it so",
    )
    .with_help("first line\nsecond line");
    insta::assert_snapshot!(write(&sources, &[diagnostic], layout(80)));
}

#[test]
fn a_line_of_megabytes_is_cut() {
    let filler = "<+x> ".repeat(1 << 20);
    let text = render(&format!("a: {filler}‹<+y>› {filler}\n"), layout(80));
    assert!(text.len() < 2000, "{} bytes", text.len());
    assert!(text.contains("dir/pipeline.yaml:1:5242884"), "{text}");
}
