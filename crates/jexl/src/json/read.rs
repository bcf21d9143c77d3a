//! Reading JSON, by a loop and not by recursion.

use std::borrow::Cow;

use json_event_parser::{JsonEvent, JsonSyntaxError, LowLevelJsonParser};
use pipewright_source::TextRange;

use super::{Json, Number, Object};
use crate::limits::MAX_NUMBER_DIGITS;

/// How deep lists and objects may stand in each other.
pub const MAX_JSON_DEPTH: usize = 128;

/// JSON that was read.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct JsonDocument {
    /// The value. Of members with the same name it has the last one.
    pub value: Json,
    /// Where a name stands again in its object, from left to right, in bytes.
    pub repeated: Vec<TextRange>,
}

/// Why a text is no JSON that can be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct JsonError {
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// The byte where it shows.
    pub offset: u32,
    /// What kind of mistake it is.
    pub kind: JsonErrorKind,
}

/// What is wrong with JSON.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum JsonErrorKind {
    /// It is none.
    Syntax,
    /// It is too deep or has too long a number.
    Limit,
    /// An object gives a name twice.
    Repeated,
}

impl Json {
    /// The value of a text that is JSON and nothing else.
    ///
    /// # Errors
    /// What is wrong, and where. Lists and objects may be 128 deep, and a number may have 20,000 digits.
    pub fn read(text: &str) -> Result<Self, JsonError> {
        Self::read_document(text).map(|document| document.value)
    }

    /// [`Json::read`] for a text in which no object gives a name twice: nobody could be sure which value is meant.
    ///
    /// # Errors
    /// As [`Json::read`], and for such a name.
    pub fn read_strictly(text: &str) -> Result<Self, JsonError> {
        let document = Self::read_document(text)?;
        match document.repeated.first() {
            None => Ok(document.value),
            Some(name) => Err(JsonError {
                message: format!("{} is given twice", name.slice(text)),
                offset: name.start(),
                kind: JsonErrorKind::Repeated,
            }),
        }
    }

    /// [`Json::read`], with the names that are given twice.
    ///
    /// # Errors
    /// As [`Json::read`].
    pub fn read_document(text: &str) -> Result<JsonDocument, JsonError> {
        let mut reader = Reader::new(text);
        let document = reader.document()?;
        match reader.next()? {
            JsonEvent::Eof => Ok(document),
            _ => Err(reader.error(JsonErrorKind::Syntax, "something stands behind the value")),
        }
    }

    /// The value at the start of a text; what follows it does not count. `None` for blanks.
    ///
    /// # Errors
    /// As [`Json::read`].
    pub fn read_first(text: &str) -> Result<Option<Self>, JsonError> {
        if text.trim_start_matches([' ', '\t', '\n', '\r']).is_empty() {
            return Ok(None);
        }
        let document = Reader::new(text).document()?;
        Ok(Some(document.value))
    }
}

/// A list or object that is not closed yet.
enum Open {
    List(Vec<Json>),
    Object { members: Object, key: String },
}

struct Reader<'t> {
    text: &'t str,
    parser: LowLevelJsonParser,
    /// Where the parser stands.
    at: usize,
    open: Vec<Open>,
    repeated: Vec<TextRange>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            parser: LowLevelJsonParser::new(),
            at: 0,
            open: Vec::new(),
            repeated: Vec::new(),
        }
    }

    /// Reads one value with everything in it.
    fn document(&mut self) -> Result<JsonDocument, JsonError> {
        loop {
            let before = self.at;
            let value = match self.next()? {
                JsonEvent::Null => Json::Null,
                JsonEvent::Boolean(value) => Json::Bool(value),
                JsonEvent::String(text) => Json::String(text.into_owned()),
                JsonEvent::Number(digits) => self.number(&digits)?,
                JsonEvent::StartArray => {
                    self.enter(Open::List(Vec::new()))?;
                    continue;
                }
                JsonEvent::StartObject => {
                    self.enter(Open::Object {
                        members: Object::new(),
                        key: String::new(),
                    })?;
                    continue;
                }
                JsonEvent::ObjectKey(name) => {
                    self.key(name, before);
                    continue;
                }
                JsonEvent::EndArray | JsonEvent::EndObject => match self.open.pop() {
                    Some(Open::List(items)) => Json::Array(items),
                    Some(Open::Object { members, .. }) => Json::Object(members),
                    None => {
                        return Err(self.error(
                            JsonErrorKind::Syntax,
                            "nothing is open that could be closed",
                        ));
                    }
                },
                JsonEvent::Eof => {
                    return Err(self.error(JsonErrorKind::Syntax, "a value is missing"));
                }
            };
            match self.open.last_mut() {
                None => {
                    return Ok(JsonDocument {
                        value,
                        repeated: std::mem::take(&mut self.repeated),
                    });
                }
                Some(Open::List(items)) => items.push(value),
                Some(Open::Object { members, key }) => {
                    members.insert(std::mem::take(key), value);
                }
            }
        }
    }

    fn next(&mut self) -> Result<JsonEvent<'t>, JsonError> {
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            let result = self.parser.parse_next(rest, true);
            self.at += result.consumed_bytes;
            match result.event {
                Some(Ok(event)) => return Ok(event),
                Some(Err(error)) => return Err(syntax(&error)),
                None => {}
            }
        }
    }

    fn enter(&mut self, open: Open) -> Result<(), JsonError> {
        if self.open.len() >= MAX_JSON_DEPTH {
            let message = format!("it is nested more than {MAX_JSON_DEPTH} deep");
            return Err(self.error(JsonErrorKind::Limit, message));
        }
        self.open.push(open);
        Ok(())
    }

    /// A name of a member, whose text stands somewhere behind `before`.
    fn key(&mut self, name: Cow<'_, str>, before: usize) {
        let quote = self.text[before..self.at].find('"').unwrap_or(0);
        if let Some(Open::Object { members, key }) = self.open.last_mut() {
            if members.contains_key(&*name) {
                self.repeated.push(TextRange::of(before + quote, self.at));
            }
            *key = name.into_owned();
        }
    }

    fn number(&self, digits: &str) -> Result<Json, JsonError> {
        if digits.len() > MAX_NUMBER_DIGITS {
            let message = format!("the number has more than {MAX_NUMBER_DIGITS} digits");
            return Err(self.error(JsonErrorKind::Limit, message));
        }
        Ok(Json::Number(Number::from_digits(digits)))
    }

    /// An error where the parser stands.
    fn error(&self, kind: JsonErrorKind, message: impl Into<String>) -> JsonError {
        JsonError {
            message: message.into(),
            offset: offset(self.at as u64),
            kind,
        }
    }
}

fn syntax(error: &JsonSyntaxError) -> JsonError {
    let message = error.message();
    let mut characters = message.chars();
    let first = characters.next().into_iter().flat_map(char::to_lowercase);
    JsonError {
        message: first.chain(characters).collect(),
        offset: offset(error.location().start.offset),
        kind: JsonErrorKind::Syntax,
    }
}

/// Texts are shorter than 4 GiB, as everywhere.
fn offset(bytes: u64) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_json_is_told_with_its_place() {
        for (text, offset) in [
            ("", 0),
            ("{\"a\":}", 5),
            ("[1 2]", 3),
            ("1 x", 2),
            ("[1,]", 3),
            ("\"\\q\"", 1),
        ] {
            let error = Json::read(text).unwrap_err();
            let found = (error.offset, error.kind);
            assert_eq!(found, (offset, JsonErrorKind::Syntax), "{text}: {error}");
        }
    }

    #[test]
    fn depth_and_digits_have_a_limit() {
        let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(Json::read(&deep(MAX_JSON_DEPTH)).is_ok());
        let kind = |text: &str| Json::read(text).unwrap_err().kind;
        assert_eq!(kind(&deep(MAX_JSON_DEPTH + 1)), JsonErrorKind::Limit);
        assert_eq!(kind(&deep(1_000_000)), JsonErrorKind::Limit);
        assert!(Json::read(&"9".repeat(MAX_NUMBER_DIGITS)).is_ok());
        assert_eq!(kind(&"9".repeat(15_000_000)), JsonErrorKind::Limit);
    }

    #[test]
    fn names_given_twice_are_told() {
        let text = r#"{"a": 1, "b": {"a": 2, "a" : 3}, "a": 4}"#;
        let document = Json::read_document(text).unwrap();
        let repeated: Vec<_> = document
            .repeated
            .iter()
            .map(|range| range.slice(text))
            .collect();
        assert_eq!(repeated, ["\"a\"", "\"a\""]);
        assert_eq!(document.repeated[0].start(), 23);
        assert_eq!(document.value.to_string(), r#"{"a":4,"b":{"a":3}}"#);
        let error = Json::read_strictly(text).unwrap_err();
        assert_eq!((error.offset, error.kind), (23, JsonErrorKind::Repeated));
        assert_eq!(error.to_string(), r#""a" is given twice"#);
    }

    #[test]
    fn the_first_value_ends_where_it_ends() {
        assert_eq!(
            Json::read_first(" {\"a\":1}} x")
                .unwrap()
                .unwrap()
                .to_string(),
            r#"{"a":1}"#
        );
        assert_eq!(Json::read_first(" \n").unwrap(), None);
        assert!(Json::read_first("{\"a\"").is_err());
    }
}
