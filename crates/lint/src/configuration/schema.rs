//! A file's values against its JSON schema: what is wrong is told at its place, with what was probably meant.

use std::borrow::Cow;
use std::ops::Range;

use pipewright_source::closest;
use serde_json::Value as Schema;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::ConfigurationError;

/// Looks for keys that there are not, keys that lack, and values that are not what the schema of the table wants.
pub(super) fn check(
    table: &Spanned<DeTable<'_>>,
    schema: &Schema,
) -> Result<(), ConfigurationError> {
    let checker = Checker { root: schema };
    checker.table(table.get_ref(), table.span(), schema)
}

struct Checker<'s> {
    root: &'s Schema,
}

impl<'s> Checker<'s> {
    /// A schema, or the one it names.
    fn resolved(&self, schema: &'s Schema) -> &'s Schema {
        if let Some(name) = schema["$ref"].as_str() {
            let pointer = name.trim_start_matches('#');
            return self.root.pointer(pointer).unwrap_or(schema);
        }
        // A setting that may be left out.
        match schema["anyOf"].as_array() {
            Some(choices) => choices.first().map_or(schema, |first| self.resolved(first)),
            None => schema,
        }
    }

    fn table(
        &self,
        table: &DeTable<'_>,
        place: Range<usize>,
        schema: &'s Schema,
    ) -> Result<(), ConfigurationError> {
        for (key, value) in table {
            let name: &str = key.get_ref();
            let of_name = &schema["properties"][name];
            let of_others = &schema["additionalProperties"];
            let names = strings(&schema["propertyNames"]["enum"]);
            if !names.is_empty() && !names.contains(&name) {
                return Err(unknown(key.span(), "rule or family", name, &names));
            }
            if let Some(of_value) = [of_name, of_others].into_iter().find(|of| of.is_object()) {
                self.value(&format!("`{name}`"), value, of_value)?;
            } else {
                let known = schema["properties"].as_object().into_iter().flatten();
                let known: Vec<&str> = known.map(|(name, _)| name.as_str()).collect();
                return Err(unknown(key.span(), "key", name, &known));
            }
        }
        for name in strings(&schema["required"]) {
            if !table.contains_key(name) {
                return Err(ConfigurationError::new(
                    place,
                    format!("the key `{name}` is missing"),
                ));
            }
        }
        Ok(())
    }

    /// A value, which people know as `what`.
    fn value(
        &self,
        what: &str,
        value: &Spanned<DeValue<'_>>,
        schema: &'s Schema,
    ) -> Result<(), ConfigurationError> {
        let schema = self.resolved(schema);
        let choices = choices(schema);
        let wanted = kind_of(schema);
        match value.get_ref() {
            DeValue::String(text) if wanted == "string" => {
                let text: &str = text;
                if choices.is_empty() || choices.contains(&text) {
                    return Ok(());
                }
                let near = did_you_mean(text, &choices);
                let message = format!("{what} may be {}, not `{text}`{near}", listed(&choices));
                Err(ConfigurationError::new(value.span(), message))
            }
            DeValue::Array(items) if wanted == "array" => {
                let (what, mut items) = (format!("each of {what}"), items.iter());
                items.try_for_each(|item| self.value(&what, item, &schema["items"]))
            }
            DeValue::Table(table) if wanted == "object" => self.table(table, value.span(), schema),
            other => {
                let wanted = match choices.as_slice() {
                    [] => Cow::Borrowed(noun(wanted)),
                    choices => Cow::Owned(listed(choices)),
                };
                let message = format!("{what} must be {wanted}, not {}", described(other));
                Err(ConfigurationError::new(value.span(), message))
            }
        }
    }
}

/// The texts that a value may be, where it may not be any.
fn choices(schema: &Schema) -> Vec<&str> {
    let variants = schema["oneOf"].as_array().into_iter().flatten();
    variants
        .filter_map(|variant| variant["const"].as_str())
        .collect()
}

fn strings(list: &Schema) -> Vec<&str> {
    let list = list.as_array().into_iter().flatten();
    list.filter_map(Schema::as_str).collect()
}

/// The kind of value that a schema wants, in the words of JSON schema.
fn kind_of(schema: &Schema) -> &str {
    let kind = schema["type"].as_str();
    // `["string", "null"]` is a text that may be left out.
    kind.or_else(|| schema["type"][0].as_str())
        .unwrap_or("string")
}

/// A value in people's words.
fn described(value: &DeValue<'_>) -> Cow<'static, str> {
    Cow::Borrowed(match value {
        DeValue::Boolean(truth) => return Cow::Owned(format!("`{truth}`")),
        DeValue::String(_) => noun("string"),
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => noun("array"),
        DeValue::Table(_) => noun("object"),
    })
}

/// A kind of value in people's words.
fn noun(kind: &str) -> &'static str {
    match kind {
        "array" => "a list",
        "object" => "a table",
        _ => "a text in quotes",
    }
}

/// `a`, `b` or `c`.
fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

fn unknown(place: Range<usize>, noun: &str, name: &str, known: &[&str]) -> ConfigurationError {
    let near = did_you_mean(name, known);
    ConfigurationError::new(place, format!("there is no {noun} `{name}`{near}"))
}

fn did_you_mean(name: &str, known: &[&str]) -> String {
    let near = closest(name, known.iter().copied());
    near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}
