//! What holds for every tree, and short cuts for the tests.
#![allow(
    dead_code,
    unused_imports,
    reason = "each test program uses a part of it"
)]

use std::fmt::Write as _;

use pipewright_source::{FileId, LineIndex};
pub(crate) use pipewright_yaml::fuzzing::{check_invariants, walk};
use pipewright_yaml::{ProblemKind, Tree};

/// Reads a text as file 0.
pub(crate) fn parse(text: &str) -> Tree {
    pipewright_yaml::parse(FileId(0), text)
}

/// The decoded texts of all scalars, in the order of the file.
pub(crate) fn values(tree: &Tree) -> Vec<&str> {
    tree.scalars().map(|(_, scalar)| &*scalar.value).collect()
}

/// The problems, one to a line: place, kind, bytes and message.
pub(crate) fn report(text: &str, tree: &Tree) -> String {
    let lines = LineIndex::new(text);
    let mut out = String::new();
    for problem in tree.problems() {
        let at = lines.scalar(text, problem.range.start());
        let place = format!("{}:{}", at.line, at.column);
        let kind = match problem.kind {
            ProblemKind::Syntax => "syntax".to_owned(),
            ProblemKind::UnknownAlias => "unknown alias".to_owned(),
            ProblemKind::EmptyAnchor => "empty anchor".to_owned(),
            ProblemKind::Limit => "limit".to_owned(),
            ProblemKind::ShortText {
                lines: short,
                indent,
            } => {
                let (first, last) = (lines.line(short.start()), lines.line(short.end()));
                format!("short text on lines {first} to {last}, to be indented by {indent}")
            }
            ProblemKind::UnquotedColon(scalar) => {
                format!("unquoted colon in {:?}", scalar.slice(text))
            }
            ProblemKind::FlowCut(scalar) => format!("flow cut in {:?}", scalar.slice(text)),
            ProblemKind::DuplicateKey(first) => {
                format!("duplicate of line {}", lines.line(first.start()))
            }
        };
        let written = problem.range.slice(text);
        let message = &problem.message;
        let _ = writeln!(out, "{place} {kind} at {written:?}: {message}");
    }
    out
}
