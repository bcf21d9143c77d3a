//! The JSON schema of files of tests, from the tables that their reader asks.

use pipewright_jexl::Json;

use super::keys::{EXPECT, FILE, Key, Shape};

/// The JSON schema (draft 2020-12) of a file of tests, for editors.
pub fn schema() -> Json {
    let mut schema = vec![
        (
            "$schema",
            "https://json-schema.org/draft/2020-12/schema".into(),
        ),
        ("title", "Expectations about what a pipeline does".into()),
    ];
    schema.extend(keys(&FILE));
    Json::object(schema)
}

/// The members of the schema of a mapping; the first key is required where it says what the mapping is.
fn keys(table: &'static [Key]) -> Vec<(&'static str, Json)> {
    let properties = table.iter().map(|key| {
        let mut members = shape(&key.shape);
        members.push(("description", key.about.into()));
        (key.name, Json::object(members))
    });
    let mut members = vec![
        ("type", "object".into()),
        ("properties", Json::object(properties)),
        ("additionalProperties", false.into()),
    ];
    if std::ptr::eq(table, &raw const EXPECT) {
        // A pipeline that is refused has nothing else to expect.
        let error: Json = ["error"].into_iter().map(Json::from).collect();
        members.push(("if", Json::object([("required", error)])));
        members.push(("then", Json::object([("maxProperties", 1.into())])));
    } else {
        let first = table.first().map(|key| Json::from(key.name));
        members.push(("required", first.into_iter().collect()));
    }
    members
}

fn shape(shape: &'static Shape) -> Vec<(&'static str, Json)> {
    let text = || Json::object([("type", types(&TEXT))]);
    let by_name = |values: Json| vec![("type", "object".into()), ("additionalProperties", values)];
    let list = |items: Json| vec![("type", "array".into()), ("items", items)];
    match shape {
        Shape::Text => vec![("type", types(&TEXT))],
        Shape::Texts => list(text()),
        Shape::TextsByName => by_name(text()),
        Shape::Values => by_name(true.into()),
        Shape::Word(words) => {
            let words = words.iter().flat_map(|word| {
                // YAML reads a word of digits as a number.
                let number = word.parse::<i64>().ok().map(Json::from);
                [Some(Json::from(*word)), number].into_iter().flatten()
            });
            vec![("enum", words.collect())]
        }
        Shape::Error => {
            let text = Json::object([("type", "string".into())]);
            let always = Json::object([("const", true.into())]);
            vec![("anyOf", [text, always].into_iter().collect())]
        }
        Shape::Keys(table) => keys(table),
        Shape::Items(table) => {
            let mut members = list(Json::object(keys(table)));
            members.push(("minItems", 1.into()));
            members
        }
    }
}

/// What a scalar is that the reader takes as a text.
const TEXT: [&str; 3] = ["string", "number", "boolean"];

fn types(names: &[&str]) -> Json {
    names.iter().map(|name| Json::from(*name)).collect()
}
