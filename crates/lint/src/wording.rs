//! How messages name things, so that every rule says the same in the same words.

use pipewright_jexl::Value;
use pipewright_model::{NodeId, NodeKind, Pipeline};

/// What a kind of node is called.
pub(crate) const fn kind(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Pipeline => "pipeline",
        NodeKind::Stage => "stage",
        NodeKind::StepGroup => "step group",
        NodeKind::Step => "step",
    }
}

/// A node by kind and identifier, as in ``step `Build` ``; `this step` where it has none.
pub(crate) fn node(pipeline: &Pipeline, id: NodeId) -> String {
    let node = pipeline.node(id);
    let noun = kind(node.kind);
    match &node.identifier {
        _ if node.kind == NodeKind::Pipeline => "the pipeline".to_owned(),
        Some(identifier) => format!("{noun} `{}`", identifier.text),
        None => format!("this {noun}"),
    }
}

/// The identifier of a node without what may be written behind it for the loop; empty where it has none.
pub(crate) fn identifier(pipeline: &Pipeline, id: NodeId) -> &str {
    pipewright_resolve::identifier(pipeline.node(id)).unwrap_or_default()
}

/// Names as a list in words: `` `A`, `B` and `C` ``; beyond `most` the rest is counted.
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a str>, most: usize) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    if names.len() <= most {
        return joined(names, "and");
    }
    let shown: Vec<String> = names[..most]
        .iter()
        .map(|name| format!("`{name}`"))
        .collect();
    format!("{} and {} more", shown.join(", "), names.len() - most)
}

/// Names to choose from: `` `A`, `B` or `C` ``.
pub(crate) fn choice<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    joined(names, "or")
}

fn joined<'a>(names: impl IntoIterator<Item = &'a str>, word: &str) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// A piece of the file inside a message: on one line, at most 60 characters.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return format!("`{line}`");
    }
    let cut: String = line.chars().take(LONGEST - 1).collect();
    format!("`{cut}…`")
}

/// A value inside a message, where it is a text, a number or a Boolean.
pub(crate) fn value(value: &Value) -> Option<String> {
    let shown = || Some(quoted(&value.text().ok()?.to_str()));
    match value {
        Value::String(text) => Some(quoted(&format!("\"{}\"", text.to_str()))),
        Value::Boolean(_) => shown(),
        value if value.is_number() => shown(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(list(["A"], 3), "`A`");
        assert_eq!(list(["A", "B", "C"], 3), "`A`, `B` and `C`");
        assert_eq!(list(["A", "B", "C", "D"], 3), "`A`, `B`, `C` and 1 more");
    }

    #[test]
    fn long_texts_are_cut_and_put_on_one_line() {
        assert_eq!(quoted("a\n  b"), "`a b`");
        assert_eq!(quoted(&"x".repeat(99)).chars().count(), 62);
    }
}
