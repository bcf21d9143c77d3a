//! What the cursor stands in, from the inside to the outside.

use pipewright_analysis::Snapshot;
use pipewright_source::{FileId, TextRange};
use pipewright_yaml::{NodeId, NodeKind};

use crate::cursor::{content, path_name, touches};
use crate::island::text_at;

/// The pieces of the file around the cursor, each inside the next one: a name of a path, the path, an expression with
/// and without its delimiters, the text, its key with it, and so on up to the document. Empty outside of documents.
pub fn selection(snapshot: &Snapshot, file: FileId, offset: u32) -> Vec<TextRange> {
    let Some(analysis) = snapshot.analysis(file) else {
        return Vec::new();
    };
    let mut all: Vec<TextRange> = Vec::new();
    if let Some(name) = path_name(snapshot, file, (file, offset)) {
        let reference = name.read.reference;
        all.push(name.read.cover(&reference.segments[name.segment]).range);
        let path = name.read.tree.cover_of(name.read.scalar, reference.range);
        all.push(path.range);
    }
    if let Some(of) = text_at(analysis, file, offset) {
        for (_, island, _) in of.text.islands() {
            all.extend([of.cover(island.inner).range, of.cover(island.range).range]);
        }
    }
    let tree = analysis.tree();
    let mut left: Vec<NodeId> = tree.roots().to_vec();
    while let Some(node) = left.pop() {
        let range = tree.span(node).range;
        if !touches(tree.span(node), file, offset) {
            continue;
        }
        all.push(range);
        match &tree.raw(node).kind {
            NodeKind::Scalar(_) => all.push(content(tree, node).range),
            NodeKind::Sequence(items) => left.extend(items),
            NodeKind::Mapping(entries) => {
                for entry in entries {
                    let pair = tree
                        .span(entry.key)
                        .range
                        .cover(tree.span(entry.value).range);
                    if range.contains_range(pair) {
                        all.push(pair);
                        left.extend([entry.key, entry.value]);
                    }
                }
            }
            NodeKind::Alias(_) | NodeKind::BrokenAlias => {}
        }
    }
    all.retain(|range| range.start() <= offset && offset <= range.end() && !range.is_empty());
    all.sort_by_key(|range| (range.len(), std::cmp::Reverse(range.start())));
    let mut found: Vec<TextRange> = Vec::new();
    for range in all {
        let grows = |inner: &TextRange| range.contains_range(*inner) && range != *inner;
        if found.last().is_none_or(grows) {
            found.push(range);
        }
    }
    found
}
