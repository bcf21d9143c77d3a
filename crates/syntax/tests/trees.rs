//! The trees and tokens of texts that parse, and the islands of templates: a line of the text files is a case.

use std::fmt::Write as _;

use pipewright_syntax::{parse_expression, parse_template, print_expression, tokens};

#[test]
fn trees() {
    let mut shown = String::new();
    for source in include_str!("trees.txt").lines() {
        let expr = parse_expression(source).unwrap().unwrap();
        let printed = print_expression(&expr, |_| "");
        writeln!(shown, "{source}\nprinted: {printed}\n{expr:#?}\n").unwrap();
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn token_kinds() {
    let mut shown = String::new();
    for source in include_str!("tokens.txt").lines() {
        writeln!(shown, "{source}").unwrap();
        for token in tokens(source) {
            writeln!(shown, "  {:?} {:?}", token.kind, token.range.slice(source)).unwrap();
        }
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn islands() {
    let mut shown = String::new();
    for source in include_str!("templates.txt").lines() {
        writeln!(shown, "{source}").unwrap();
        let template = parse_template(source);
        for island in &template.islands {
            let parent = island
                .parent
                .map_or("text".to_owned(), |id| format!("island {}", id.0));
            let escaped = if island.escaped { ", escaped" } else { "" };
            writeln!(
                shown,
                "  {:?} in {parent}{escaped}",
                island.inner.slice(source)
            )
            .unwrap();
        }
        if let Some(unclosed) = template.unclosed {
            writeln!(shown, "  never closed: {:?}", unclosed.slice(source)).unwrap();
        }
    }
    insta::assert_snapshot!(shown);
}
