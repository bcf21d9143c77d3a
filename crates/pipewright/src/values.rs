//! Values that the caller gives.

use std::sync::Arc;

use pipewright_context::{Given, ValuesContext, yaml_values};
use pipewright_jexl::Json;
use pipewright_jexl::json::JsonErrorKind;
use pipewright_source::TextRange;
use serde::Serialize;

use crate::Error;

/// Values of names: of roots (`env`), of parts of them (`env.name`), or of anything by its fully qualified name.
///
/// An object gives the whole of a map of the caller's own, of variables or outputs; of what a run has besides, it gives
/// what it names. Of two values for the same name the later one holds. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Values(Arc<Given>);

impl Values {
    /// No values.
    pub fn new() -> Self {
        Self::default()
    }

    /// The members of a JSON object.
    ///
    /// # Errors
    /// `input` for a text that is no JSON object, or in which an object gives a name twice.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_object(read(text)?)
    }

    /// The entries of a YAML mapping.
    ///
    /// # Errors
    /// `input` for a text that is no YAML mapping of texts, numbers, lists and mappings, or in which a key is given
    /// twice.
    pub fn from_yaml(text: &str) -> Result<Self, Error> {
        let json = yaml_values(text);
        Self::from_object(json.map_err(|error| Error::input(format!("the text {}", error.why)))?)
    }

    /// The fields of a struct, or the entries of a map.
    ///
    /// # Errors
    /// `input` for what does not serialize to an object.
    pub fn from_serialize(values: &impl Serialize) -> Result<Self, Error> {
        Self::from_object(json_of(values)?)
    }

    /// The same values with one more, at a root or a fully qualified name.
    ///
    /// # Errors
    /// `input` for a value that does not serialize.
    pub fn with(self, name: &str, value: impl Serialize) -> Result<Self, Error> {
        let value = json_of(&value)?;
        let mut given = Arc::unwrap_or_clone(self.0);
        given.insert(name, value);
        Ok(Self(Arc::new(given)))
    }

    /// The members of an object that is read already; what is none gives nothing.
    pub fn of_json(json: Json) -> Self {
        Self(Arc::new(Given::of(Arc::new(json))))
    }

    fn from_object(json: Json) -> Result<Self, Error> {
        match json {
            Json::Object(_) => Ok(Self::of_json(json)),
            _ => Err(Error::input("the values are no object of names and values")),
        }
    }

    pub(crate) fn given(&self) -> &Given {
        &self.0
    }

    pub(crate) fn context(&self) -> ValuesContext {
        ValuesContext::new(Arc::clone(&self.0))
    }
}

/// By way of the text, which keeps the order of fields and the digits of numbers.
fn json_of(value: &impl Serialize) -> Result<Json, Error> {
    let text = serde_json::to_string(value)
        .map_err(|error| Error::input(format!("the value cannot be given: {error}")))?;
    read(&text)
}

fn read(text: &str) -> Result<Json, Error> {
    Json::read_strictly(text).map_err(|error| {
        let (message, range) = (error.message, TextRange::empty(error.offset));
        let fact = match error.kind {
            JsonErrorKind::Repeated => "the values cannot be taken",
            JsonErrorKind::Syntax | JsonErrorKind::Limit => "the values are no JSON",
        };
        Error::input(format!("{fact}: {message}")).at(range)
    })
}
