//! Trees and predicates made from bytes: printed, read and printed again without a change.
//!
//! `MADE=100000 cargo test -p pipewright-syntax --test made` tries that many of each.

use std::collections::BTreeSet;

use pipewright_syntax::fuzzing::{Bytes, Kind, Maker, Words, made_text, scattered};
use pipewright_syntax::{ExprKind, Script, StatementKind, fuzzing, parse_script, print_script};

fn cases() -> u64 {
    let asked = std::env::var("MADE").ok();
    asked.and_then(|count| count.parse().ok()).unwrap_or(2_000)
}

#[test]
fn trees_are_read_as_they_were_printed() {
    (0..cases()).for_each(|seed| fuzzing::check_made_tree(&scattered(seed)));
}

#[test]
fn predicates_are_read_as_they_were_printed() {
    (0..cases()).for_each(|seed| fuzzing::check_made_predicate(&scattered(seed)));
}

#[test]
fn made_texts_hold_what_holds_for_every_text() {
    for seed in 0..cases() / 4 {
        let data = scattered(seed);
        for kind in [
            Kind::Expression,
            Kind::Script,
            Kind::Template,
            Kind::Predicate,
        ] {
            fuzzing::check_text(&made_text(kind, Words::default(), &mut Bytes::new(&data)));
        }
    }
}

#[test]
fn every_kind_of_node_is_made() {
    let mut kinds = BTreeSet::new();
    for seed in 0..4_000 {
        let data = scattered(seed);
        let script = Maker::new(Bytes::new(&data), Words::default()).script();
        note_statements(&script, &mut kinds);
        script.walk(&mut |expr| {
            kinds.insert(first_word(&expr.kind));
            if let ExprKind::Chain { links, .. } = &expr.kind {
                kinds.extend(
                    links
                        .iter()
                        .map(|link| format!("link {}", first_word(&link.kind))),
                );
            }
            if let ExprKind::Lambda { body, .. } = &expr.kind {
                let statements = body.statements.clone();
                note_statements(&Script { statements }, &mut kinds);
            }
        });
    }
    let kinds: Vec<String> = kinds.into_iter().collect();
    insta::assert_snapshot!(kinds.join("\n"));
}

fn note_statements(script: &Script, kinds: &mut BTreeSet<String>) {
    for statement in &script.statements {
        kinds.insert(format!("statement {}", first_word(&statement.kind)));
        if let StatementKind::If { then, .. } = &statement.kind {
            kinds.insert(format!("branch {}", first_word(&then.kind)));
        }
    }
}

/// The name of a variant, as `Debug` begins with it.
fn first_word(kind: &impl std::fmt::Debug) -> String {
    let shown = format!("{kind:?}");
    shown
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn a_lambda_behind_an_open_statement_is_a_function() {
    for (source, printed) in [
        ("var a = b x -> {}", "var a = b function(x) {};"),
        ("return b.c x -> { 1 }", "return b.c function(x) { 1; };"),
        (
            "return (b) function(x, y) {}",
            "return (b) function(x, y) {};",
        ),
        (
            "if (c) var a = b[0] x -> {}.y",
            "if (c) var a = b[0] function(x) {}.y;",
        ),
        ("var a = b; x -> {}", "var a = b ; (x) -> {};"),
        ("var a x -> {}", "var a (x) -> {};"),
    ] {
        let script = parse_script(source).unwrap();
        assert_eq!(print_script(&script, |_| ""), printed);
        assert_eq!(parse_script(printed), Ok(script), "{printed}");
    }
}
