//! Texts and objects of values that a command reads: JSON or YAML, from a file or standard input.

use std::path::Path;

use pipewright_source::{FileId, TextRange};
use pipewright_workspace::Workspace;
use pipewright_yaml::{NodeId, NodeKind, Resolved, Tree};
use serde_json::{Map, Value as Json};

use crate::Streams;
use crate::exit::Failure;
use crate::mark::explain;
use crate::report::printable;

/// How deep a context may be nested.
const MAX_CONTEXT_DEPTH: usize = 128;

/// The text of a file, or of standard input for `-`.
pub(crate) fn read_text(path: &Path, streams: &mut Streams<'_>) -> Result<String, Failure> {
    let directory = streams.surroundings.directory.clone();
    Workspace::new(directory, &mut streams.input, "<stdin>")
        .read_text(path)
        .map_err(|error| {
            let name = called(path);
            Failure::Message(format!("cannot read {}: {error}", printable(&name)))
        })
}

/// What messages call the file at a path.
fn called(path: &Path) -> String {
    if path.as_os_str() == "-" {
        return "standard input".to_owned();
    }
    format!("`{}`", path.to_string_lossy())
}

/// The JSON or YAML object in a file.
pub(crate) fn read_object(
    path: &Path,
    streams: &mut Streams<'_>,
) -> Result<Map<String, Json>, Failure> {
    let text = read_text(path, streams)?;
    let wrong =
        |Wrong { why, range }: Wrong| explain(&format!("{} {why}", called(path)), range, &text);
    let json = match serde_json::from_str(&text) {
        Ok(json) => json,
        Err(error) if text.trim_start().starts_with('{') => {
            // Some YAML begins so, too.
            yaml_value(&text).map_err(|_| wrong(no_json(&error, &text)))?
        }
        Err(_) => yaml_value(&text).map_err(wrong)?,
    };
    match json {
        Json::Object(object) => Ok(object),
        _ => Err(wrong("holds no object of names and values".into())),
    }
}

/// Why a text is no object of values, and where.
struct Wrong {
    why: String,
    range: Option<TextRange>,
}

impl From<&str> for Wrong {
    fn from(why: &str) -> Self {
        Self {
            why: why.to_owned(),
            range: None,
        }
    }
}

/// Why a text is no JSON, and the byte where that shows.
fn no_json(error: &serde_json::Error, text: &str) -> Wrong {
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    let lines = text.split_inclusive('\n');
    let before: usize = lines
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let at = before + error.column().saturating_sub(1);
    // Columns of JSON are bytes; a place inside a character is that of the character.
    let at = (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    Wrong {
        why: format!("is no JSON: {reason}"),
        range: u32::try_from(at).ok().map(TextRange::empty),
    }
}

/// The value a YAML text is.
fn yaml_value(text: &str) -> Result<Json, Wrong> {
    let tree = pipewright_yaml::parse(FileId(0), text);
    if let Some(problem) = tree.problems().first() {
        return Err(Wrong {
            why: format!("is neither JSON nor YAML: {}", problem.message),
            range: Some(problem.range),
        });
    }
    match tree.roots() {
        [] => Ok(Json::Object(Map::new())),
        [root] => yaml_node(&tree, *root, 0),
        _ => Err("holds more than one document".into()),
    }
}

fn yaml_node(tree: &Tree, id: NodeId, depth: usize) -> Result<Json, Wrong> {
    let wrong = |id: NodeId, why: &str| Wrong {
        why: why.to_owned(),
        range: Some(tree.get(id).range),
    };
    if depth > MAX_CONTEXT_DEPTH {
        let why = format!("is nested deeper than {MAX_CONTEXT_DEPTH}");
        return Err(wrong(id, &why));
    }
    Ok(match &tree.get(id).kind {
        NodeKind::Sequence(items) => {
            let items: Result<_, _> = items
                .iter()
                .map(|item| yaml_node(tree, *item, depth + 1))
                .collect();
            Json::Array(items?)
        }
        NodeKind::Mapping(entries) => {
            let mut object = Map::new();
            for entry in entries {
                let key = tree
                    .text(entry.key)
                    .ok_or_else(|| wrong(entry.key, "has a key that is no text"))?;
                object.insert(key.to_owned(), yaml_node(tree, entry.value, depth + 1)?);
            }
            Json::Object(object)
        }
        NodeKind::Scalar(scalar) => match tree.resolve(id).unwrap_or(Resolved::Text) {
            Resolved::Null => Json::Null,
            Resolved::Bool(value) => Json::Bool(value),
            Resolved::Int(number) => Json::from(number),
            Resolved::Float(number) => long_number(&scalar.value, number),
            Resolved::Text => Json::from(&*scalar.value),
        },
        NodeKind::Alias(_) | NodeKind::BrokenAlias => {
            return Err(wrong(id, "has an alias without anchor"));
        }
    })
}

/// A number as JSON. One that is too long for the types of YAML keeps its digits.
fn long_number(text: &str, number: f64) -> Json {
    match serde_json::from_str(text) {
        Ok(json @ Json::Number(_)) => json,
        _ => Json::from(number),
    }
}
