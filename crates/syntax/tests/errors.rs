//! Messages of texts that do not parse, each with its span under the source: a line of `errors.txt` is a case.

use std::fmt::Write as _;

use pipewright_syntax::parse_expression;

#[test]
fn messages() {
    let mut shown = String::new();
    for source in include_str!("errors.txt").lines() {
        let error = parse_expression(source).expect_err(source);
        let range = error.range.to_usize();
        let before = source[..range.start].chars().count();
        let width = source[range].chars().count().max(1);
        writeln!(
            shown,
            "{source}\n{}{}",
            " ".repeat(before),
            "^".repeat(width)
        )
        .unwrap();
        writeln!(shown, "{:?}: {}", error.kind, error.message).unwrap();
        if let Some(hint) = error.hint {
            writeln!(shown, "hint: {hint}").unwrap();
        }
        shown.push('\n');
    }
    insta::assert_snapshot!(shown);
}
