//! What of a file can be folded away.

use pipewright_analysis::Snapshot;
use pipewright_source::{FileId, LineIndex, TextRange};
use pipewright_yaml::{NodeId, NodeKind, Tree};

/// The pieces of a file that can be folded, each of more than one line: from the beginning of its first line's key or
/// dash to its last byte. A piece stands before those inside it. Mappings and lists that repeat by aliases are folded
/// where they are written alone.
pub fn folds(snapshot: &Snapshot, file: FileId) -> Vec<TextRange> {
    let (Some(tree), Some(source)) = (snapshot.tree(file), snapshot.source(file)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let lines = source.line_index();
    let mut left: Vec<NodeId> = tree.roots().to_vec();
    while let Some(node) = left.pop() {
        match &tree.raw(node).kind {
            NodeKind::Mapping(entries) => {
                for entry in entries {
                    let key = tree.span(entry.key);
                    // Merged entries stand where they were written.
                    let own = tree.raw(node).range.contains_range(key.range);
                    if key.file == file && own {
                        let whole = key.range.cover(end(tree, entry.value, key.range));
                        add(whole, source.text(), lines, &mut found);
                        left.push(entry.value);
                    }
                }
            }
            NodeKind::Sequence(items) => {
                for item in items {
                    add(tree.raw(*item).range, source.text(), lines, &mut found);
                    left.push(*item);
                }
            }
            _ => {}
        }
    }
    found.sort_by_key(|range| (range.start(), std::cmp::Reverse(range.end())));
    found.dedup_by_key(|range| lines.line(range.start()));
    found
}

fn end(tree: &Tree, value: NodeId, key: TextRange) -> TextRange {
    let range = tree.raw(value).range;
    if range.start() < key.end() {
        key
    } else {
        range
    }
}

fn add(range: TextRange, text: &str, lines: &LineIndex, found: &mut Vec<TextRange>) {
    let written = range.slice(text).trim_end();
    let range = TextRange::of(
        range.start() as usize,
        range.start() as usize + written.len(),
    );
    if lines.line(range.start()) < lines.line(range.end()) {
        found.push(range);
    }
}
