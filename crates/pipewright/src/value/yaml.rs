//! A YAML mapping as values.

use pipewright_source::FileId;
use pipewright_yaml::{NodeId, NodeKind, Resolved, Tree};
use serde_json::{Map, Value as Json};

/// How deep values may be nested.
const MAX_DEPTH: usize = 128;

/// The value that a text of one document is; an empty one has no entries.
///
/// # Errors
/// Why it is none, as the end of a sentence.
pub(crate) fn read(text: &str) -> Result<Json, String> {
    let tree = pipewright_yaml::parse(FileId(0), text);
    if let Some(problem) = tree.problems().first() {
        return Err(problem.message.clone());
    }
    match tree.roots() {
        [] => Ok(Json::Object(Map::new())),
        [root] => node(&tree, *root, 0),
        _ => Err("there is more than one document".to_owned()),
    }
}

fn node(tree: &Tree, id: NodeId, depth: usize) -> Result<Json, String> {
    if depth > MAX_DEPTH {
        return Err(format!("it is nested deeper than {MAX_DEPTH}"));
    }
    Ok(match &tree.get(id).kind {
        NodeKind::Sequence(items) => {
            let items = items.iter().map(|item| node(tree, *item, depth + 1));
            Json::Array(items.collect::<Result<_, _>>()?)
        }
        NodeKind::Mapping(entries) => {
            let entries = entries.iter().map(|entry| {
                let key = tree.text(entry.key).ok_or("a key is no text")?;
                Ok((key.to_owned(), node(tree, entry.value, depth + 1)?))
            });
            Json::Object(entries.collect::<Result<_, String>>()?)
        }
        NodeKind::Scalar(scalar) => match tree.resolve(id).unwrap_or(Resolved::Text) {
            Resolved::Null => Json::Null,
            Resolved::Bool(value) => Json::Bool(value),
            Resolved::Int(number) => Json::from(number),
            Resolved::Float(number) => Json::from(number),
            Resolved::Text => Json::from(&*scalar.value),
        },
        NodeKind::Alias(_) | NodeKind::BrokenAlias => {
            return Err("there is an alias without anchor".to_owned());
        }
    })
}
