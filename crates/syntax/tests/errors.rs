//! Messages of texts that do not parse, each with its span under the source: a line of `errors.txt` or `script_errors.txt` is a case.

use std::fmt::Write as _;

use pipewright_syntax::{SyntaxError, parse_expression, parse_script};

#[test]
fn messages() {
    let shown = shown(include_str!("errors.txt"), |source| {
        parse_expression(source).expect_err(source)
    });
    insta::assert_snapshot!(shown);
}

#[test]
fn messages_of_scripts() {
    let shown = shown(include_str!("script_errors.txt"), |source| {
        parse_script(source).expect_err(source)
    });
    insta::assert_snapshot!(shown);
}

/// The mistake in each line, marked under it.
fn shown(sources: &str, mistake: impl Fn(&str) -> SyntaxError) -> String {
    let mut shown = String::new();
    for source in sources.lines() {
        let error = mistake(source);
        let range = error.range.to_usize();
        let before = source[..range.start].chars().count();
        let width = source[range].chars().count().max(1);
        writeln!(
            shown,
            "{source}\n{}{}",
            " ".repeat(before),
            "^".repeat(width)
        )
        .expect("a String takes every text");
        writeln!(shown, "{:?}: {}", error.kind, error.message).expect("a String takes every text");
        if let Some(hint) = error.hint {
            writeln!(shown, "hint: {hint}").expect("a String takes every text");
        }
        shown.push('\n');
    }
    shown
}
