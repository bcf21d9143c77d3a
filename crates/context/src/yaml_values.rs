//! Values that are written as YAML.

use pipewright_jexl::Json;
use pipewright_jexl::json::{JsonError, JsonErrorKind, Object};
use pipewright_source::{FileId, TextRange};
use pipewright_yaml::{NodeId, NodeKind, Resolved, Tree};

/// How deep values may be nested.
const MAX_DEPTH: usize = 128;

/// Why a text gives no values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoValues {
    /// The fact, as the end of a sentence about the text.
    pub why: String,
    /// Where in the text.
    pub range: Option<TextRange>,
}

/// The object of names and values that a text of JSON or YAML holds.
///
/// # Errors
/// Why it holds none, and where.
pub fn object_of(text: &str) -> Result<Object, NoValues> {
    let json = match Json::read_strictly(text) {
        Ok(json) => json,
        Err(error) if error.kind == JsonErrorKind::Repeated => {
            return Err(NoValues {
                why: format!("cannot be taken: {}", error.message),
                range: Some(TextRange::empty(error.offset)),
            });
        }
        Err(error) if is_meant_as_json(text) => {
            // Some YAML begins so, too.
            yaml_values(text).map_err(|_| no_json(&error))?
        }
        Err(_) => yaml_values(text)?,
    };
    match json {
        Json::Object(object) => Ok(object),
        _ => Err(NoValues {
            why: "holds no object of names and values".to_owned(),
            range: None,
        }),
    }
}

/// Whether a text begins as an object of JSON does. In YAML a name needs no quotes.
fn is_meant_as_json(text: &str) -> bool {
    let members = text.trim_start().strip_prefix('{');
    members.is_some_and(|members| members.trim_start().starts_with(['"', '}']))
}

/// Why a text is no JSON, and the byte where that shows.
fn no_json(error: &JsonError) -> NoValues {
    NoValues {
        why: format!("is no JSON: {}", error.message),
        range: Some(TextRange::empty(error.offset)),
    }
}

/// The values that a text of one YAML document gives, or one of JSON; an empty text gives none. A key that is given
/// twice has no value that anybody could be sure of.
///
/// # Errors
/// Why it is none, and where.
pub fn yaml_values(text: &str) -> Result<Json, NoValues> {
    let tree = pipewright_yaml::parse(FileId(0), text);
    if let Some(problem) = tree.problems().first() {
        return Err(NoValues {
            why: format!("is neither JSON nor YAML: {}", problem.message),
            range: Some(problem.range),
        });
    }
    match tree.roots() {
        [] => Ok(Json::Object(Object::new())),
        [root] => value(&tree, *root, 0),
        _ => Err(NoValues {
            why: "holds more than one document".to_owned(),
            range: None,
        }),
    }
}

/// The value of a node of a file; `None` where nobody could be sure of it.
pub fn json_of(tree: &Tree, id: NodeId) -> Option<Json> {
    value(tree, id, 0).ok()
}

fn value(tree: &Tree, id: NodeId, depth: usize) -> Result<Json, NoValues> {
    let wrong = |id: NodeId, why: &str| NoValues {
        why: why.to_owned(),
        range: Some(tree.get(id).range),
    };
    if depth > MAX_DEPTH {
        let why = format!("is nested deeper than {MAX_DEPTH}");
        return Err(wrong(id, &why));
    }
    Ok(match &tree.get(id).kind {
        NodeKind::Sequence(items) => {
            let items: Result<_, _> = items
                .iter()
                .map(|item| value(tree, *item, depth + 1))
                .collect();
            Json::Array(items?)
        }
        NodeKind::Mapping(entries) => {
            let mut object = Object::new();
            for entry in entries {
                let key = tree
                    .text(entry.key)
                    .ok_or_else(|| wrong(entry.key, "has a key that is no text"))?;
                let value = value(tree, entry.value, depth + 1)?;
                if object.insert(key.to_owned(), value).is_some() {
                    return Err(wrong(entry.key, &format!("gives `{key}` twice")));
                }
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
    match Json::read(text) {
        Ok(json @ Json::Number(_)) => json,
        _ => Json::from(number),
    }
}
