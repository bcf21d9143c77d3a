//! YAML documents in another style: the same values, written otherwise.

use pipewright_yaml::{NodeId, Resolved, Tree};

/// A document on one line, in quotes, with its keys the other way around but for those of a matrix, of which the first
/// one counts turns slowest.
pub fn on_one_line(tree: &Tree, at: NodeId) -> String {
    one_line(tree, at, false)
}

fn one_line(tree: &Tree, at: NodeId, is_matrix: bool) -> String {
    if tree.is_mapping(at) {
        let entries = tree.entries(at).iter().map(|entry| {
            let is_matrix = tree.text(entry.key) == Some("matrix");
            let key = on_one_line(tree, entry.key);
            format!("{key}: {}", one_line(tree, entry.value, is_matrix))
        });
        let mut entries: Vec<String> = entries.collect();
        if !is_matrix {
            entries.reverse();
        }
        return format!("{{{}}}", entries.join(", "));
    }
    if tree.is_sequence(at) {
        let items = tree.items(at).iter().map(|item| on_one_line(tree, *item));
        return format!("[{}]", items.collect::<Vec<_>>().join(", "));
    }
    let text = tree.text(at).unwrap_or_default();
    match tree.resolve(at) {
        Some(Resolved::Text) => quoted(text),
        Some(Resolved::Null) | None => "null".to_owned(),
        Some(_) => text.to_owned(),
    }
}

/// A document in blocks that are indented by that many blanks, with its keys as they stand and a comment above each
/// mapping in a list.
pub fn in_blocks(tree: &Tree, root: NodeId, indent: usize) -> String {
    let mut text = String::new();
    block(tree, root, indent, 0, &mut text);
    text
}

fn block(tree: &Tree, at: NodeId, indent: usize, depth: usize, text: &mut String) {
    let blanks = &*" ".repeat(indent * depth);
    for entry in tree.entries(at) {
        text.extend([blanks, &*on_one_line(tree, entry.key), ":"]);
        below(tree, entry.value, indent, depth, text);
    }
    for item in tree.items(at) {
        if tree.is_mapping(*item) {
            text.extend([blanks, "# a remark\n"]);
        }
        text.extend([blanks, "-"]);
        below(tree, *item, indent, depth, text);
    }
}

/// A value behind its key or dash.
fn below(tree: &Tree, at: NodeId, indent: usize, depth: usize, text: &mut String) {
    if tree.entries(at).is_empty() && tree.items(at).is_empty() {
        text.extend([" ", &*on_one_line(tree, at), "\n"]);
    } else {
        text.push('\n');
        block(tree, at, indent, depth + 1, text);
    }
}

/// A text between double quotes.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
