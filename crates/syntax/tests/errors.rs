//! Messages of texts that do not parse, each with its span under the source: a line of `errors.txt` or
//! `script_errors.txt` is a case.

use std::fmt::Write as _;

use pipewright_syntax::{
    IslandId, SyntaxError, parse_expression, parse_island, parse_predicate, parse_script,
    parse_template, tokens,
};

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

/// Each case with each of its tokens left out, doubled, or changed for one of another case, as plain JEXL, as a script
/// and around islands.
#[test]
fn no_message_shows_an_empty_name_or_an_internal_mark() {
    let cases = [
        include_str!("errors.txt"),
        include_str!("script_errors.txt"),
    ]
    .concat();
    let cases: Vec<&str> = cases.lines().filter(|case| !case.contains('`')).collect();
    let mut told = 0;
    for (number, case) in cases.iter().enumerate() {
        let other = cases[(number * 7 + 3) % cases.len()];
        let others = tokens(other);
        for (at, token) in tokens(case).into_iter().enumerate() {
            let (before, after) = (
                &case[..token.range.to_usize().start],
                &case[token.range.to_usize().end..],
            );
            let own = token.range.slice(case);
            let foreign = others[at % others.len()].range.slice(other);
            for new in ["", &own.repeat(2), foreign, "<+x>", "<+x>.y"] {
                told += check_messages(&format!("{before}{new}{after}"));
            }
        }
    }
    assert!(told > 1000, "{told}");
}

/// Checks what is told of a text in every way it is read; returns how often something is.
fn check_messages(text: &str) -> usize {
    let template = parse_template(text);
    let island = format!("<+{}>", text.replace('>', "\\>"));
    let around = parse_template(&island);
    let errors = [
        (text, parse_expression(text).err()),
        (text, parse_script(text).err()),
        (text, parse_predicate(text, &template).err()),
        (&*island, parse_island(&island, &around, IslandId(0)).err()),
    ];
    let mut told = 0;
    for (source, error) in errors {
        let Some(error) = error else { continue };
        let hint = error.hint.as_deref().unwrap_or_default();
        for sentence in [&*error.message, hint] {
            assert!(!sentence.contains("``"), "{source}\n{sentence}");
            assert!(!sentence.contains('\u{E000}'), "{source}\n{sentence}");
        }
        assert!(
            source.get(error.range.to_usize()).is_some(),
            "{source}\n{error:?}"
        );
        told += 1;
    }
    told
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
