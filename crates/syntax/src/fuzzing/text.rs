//! Texts made from bytes: programs, templates and predicates that mostly parse, and such with a few faults.

use super::bytes::Bytes;
use super::tree::Maker;
use super::words::Words;
use crate::{print_expression, print_script, tokens};

/// What a made text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One expression without islands.
    Expression,
    /// Statements without islands.
    Script,
    /// Text with islands, as most values of a pipeline.
    Template,
    /// An expression with islands, as a `when` condition.
    Predicate,
}

/// How deep islands of a made text stand in each other at most.
const MAX_ISLAND_DEPTH: usize = 3;

/// A text of a kind. One in sixteen has a fault: a token too many, too few or at another place.
pub fn made_text(kind: Kind, words: Words<'_>, bytes: &mut Bytes<'_>) -> String {
    let faulty = bytes.chance(16);
    let text = match kind {
        Kind::Expression => {
            let mut maker = Maker::new(bytes.clone(), words);
            let expr = maker.expr();
            *bytes = maker.into_bytes();
            print_expression(&expr, |_| "")
        }
        Kind::Script => {
            let mut maker = Maker::new(bytes.clone(), words);
            let script = maker.script();
            *bytes = maker.into_bytes();
            print_script(&script, |_| "")
        }
        Kind::Template => made_template(words, bytes),
        Kind::Predicate => with_islands(words, 0, bytes),
    };
    if faulty { spoil(&text, bytes) } else { text }
}

/// Text with islands in it, which may hold islands.
pub fn made_template(words: Words<'_>, bytes: &mut Bytes<'_>) -> String {
    let mut text = String::new();
    let count = 1 + bytes.below(4);
    for _ in 0..count {
        if bytes.chance(160) {
            text.push_str(bytes.pick(&[
                "x",
                " ",
                "-",
                "https://e/",
                ": ",
                "'",
                "\"",
                "\\",
                ">",
                "<",
                "\n",
                "${a}",
                "# ",
                "é",
                ", ",
            ]));
        }
        text.push_str(&island(words, 0, bytes));
    }
    text
}

fn island(words: Words<'_>, depth: usize, bytes: &mut Bytes<'_>) -> String {
    let inner = match bytes.below(16) {
        0 => "input".to_owned(),
        1 => bytes
            .pick(&[
                "input.allowedValues(a,b)",
                "input.default(1)",
                "input.regex(a.*)",
                "input.executionInput()",
                "input.allowedValues(a,b).default(a)",
            ])
            .to_owned(),
        2 => String::new(),
        3..=6 => {
            let words = words.variables;
            bytes.pick(words).to_owned()
        }
        _ => with_islands(words, depth + 1, bytes),
    };
    format!("<+{inner}>")
}

/// An expression whose islands are made as well, down to a depth.
fn with_islands(words: Words<'_>, depth: usize, bytes: &mut Bytes<'_>) -> String {
    let mut maker = if depth < MAX_ISLAND_DEPTH {
        Maker::with_islands(bytes.clone(), words)
    } else {
        Maker::new(bytes.clone(), words)
    };
    let expr = maker.expr();
    let count = maker.islands();
    *bytes = maker.into_bytes();
    let islands: Vec<String> = (0..count).map(|_| island(words, depth, bytes)).collect();
    print_expression(&expr, |id| {
        islands.get(id.0 as usize).map_or("", String::as_str)
    })
}

/// The text with one of its tokens doubled, left out, cut or moved to the front.
fn spoil(text: &str, bytes: &mut Bytes<'_>) -> String {
    let tokens = tokens(text);
    let Some(token) = tokens.get(bytes.below(tokens.len())) else {
        return text.to_owned();
    };
    let (start, end) = (token.range.start() as usize, token.range.end() as usize);
    let (before, token, after) = (&text[..start], &text[start..end], &text[end..]);
    match bytes.below(4) {
        0 => format!("{before}{token}{token}{after}"),
        1 => format!("{before}{after}"),
        2 => before.to_owned(),
        _ => format!("{token}{before}{after}"),
    }
}
