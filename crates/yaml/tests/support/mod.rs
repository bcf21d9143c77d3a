//! What holds for every tree, and short cuts for the tests.
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::fmt::Write as _;

use pipewright_source::{FileId, LineIndex, OffsetMap, TextRange};
use pipewright_yaml::{NodeId, NodeKind, ProblemKind, Scalar, Tree, limits};

/// Reads a text as file 0.
pub(crate) fn parse(text: &str) -> Tree {
    pipewright_yaml::parse(FileId(0), text)
}

/// Checks what must hold for the tree of any text: ranges inside the text, maps that lead back, bounded recursion.
pub(crate) fn check_invariants(text: &str, tree: &Tree) {
    let inside = |range: TextRange| {
        assert!(
            text.get(range.to_usize()).is_some(),
            "{range:?} is no part of {text:?}"
        );
    };
    for (id, scalar) in tree.scalars() {
        inside(tree.raw(id).range);
        check_map(text, scalar);
    }
    for comment in tree.comments() {
        inside(comment.range);
        assert!(comment.range.slice(text).starts_with('#'), "{text:?}");
    }
    for problem in tree.problems() {
        inside(problem.range);
        assert!(!problem.message.is_empty());
        match problem.kind {
            ProblemKind::DuplicateKey(other) | ProblemKind::UnquotedColon(other) => inside(other),
            _ => {}
        }
    }
    for root in tree.roots() {
        walk(text, tree, *root, 0);
    }
}

/// Follows every alias, as careless callers do; returns the number of nodes seen.
pub(crate) fn walk(text: &str, tree: &Tree, id: NodeId, depth: u32) -> usize {
    assert!(depth <= limits::MAX_DEPTH, "recursion beyond the limit");
    let node = tree.get(id);
    assert!(text.get(node.range.to_usize()).is_some());
    let children: Vec<NodeId> = match &node.kind {
        NodeKind::Mapping(_) => tree
            .entries(id)
            .iter()
            .flat_map(|entry| [entry.key, entry.value])
            .collect(),
        NodeKind::Sequence(_) => tree.items(id).to_vec(),
        NodeKind::Alias(_) => panic!("an alias to an alias"),
        NodeKind::Scalar(_) | NodeKind::BrokenAlias => Vec::new(),
    };
    1 + children
        .into_iter()
        .map(|child| walk(text, tree, child, depth + 1))
        .sum::<usize>()
}

/// Whatever the map calls verbatim is the same on both sides, and its segments leave no gap in the value.
fn check_map(text: &str, scalar: &Scalar) {
    let value = &*scalar.value;
    let whole = TextRange::of(0, value.len());
    match &scalar.map {
        OffsetMap::Identity(start) => assert_eq!(whole.shift(*start).slice(text), value),
        OffsetMap::Whole(range) => assert!(text.get(range.to_usize()).is_some()),
        OffsetMap::Segments(segments) => {
            let mut end = 0;
            for segment in segments {
                assert_eq!(segment.decoded.start(), end, "a gap in {scalar:?}");
                end = segment.decoded.end();
                let source = text
                    .get(segment.source.to_usize())
                    .expect("inside the text");
                if segment.verbatim {
                    assert_eq!(segment.decoded.slice(value), source);
                }
            }
            assert_eq!(end, whole.end());
        }
    }
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
            ProblemKind::Limit => "limit".to_owned(),
            ProblemKind::UnquotedColon(scalar) => {
                format!("unquoted colon in {:?}", scalar.slice(text))
            }
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
