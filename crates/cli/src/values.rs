//! Texts and objects of values that a command reads: JSON or YAML, from a file or standard input.

use std::path::Path;

use pipewright_context::{NoValues, yaml_values};
use pipewright_jexl::Json;
use pipewright_jexl::json::{JsonError, JsonErrorKind, Object};
use pipewright_source::TextRange;
use pipewright_workspace::Workspace;

use crate::Streams;
use crate::caret::explain;
use crate::exit::Failure;
use crate::printable::printable;

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
pub(crate) fn read_object(path: &Path, streams: &mut Streams<'_>) -> Result<Object, Failure> {
    parse_object(&read_text(path, streams)?, &called(path))
}

/// The JSON or YAML object in a text, which messages call `name`.
pub(crate) fn parse_object(text: &str, name: &str) -> Result<Object, Failure> {
    let wrong = |NoValues { why, range }: NoValues| explain(&format!("{name} {why}"), range, text);
    let json = match Json::read_strictly(text) {
        Ok(json) => json,
        Err(error) if error.kind == JsonErrorKind::Repeated => {
            let range = Some(TextRange::empty(error.offset));
            let why = format!("cannot be taken: {}", error.message);
            return Err(wrong(NoValues { why, range }));
        }
        Err(error) if text.trim_start().starts_with('{') => {
            // Some YAML begins so, too.
            yaml_values(text).map_err(|_| wrong(no_json(&error)))?
        }
        Err(_) => yaml_values(text).map_err(wrong)?,
    };
    match json {
        Json::Object(object) => Ok(object),
        _ => Err(wrong(NoValues {
            why: "holds no object of names and values".to_owned(),
            range: None,
        })),
    }
}

/// Why a text is no JSON, and the byte where that shows.
fn no_json(error: &JsonError) -> NoValues {
    NoValues {
        why: format!("is no JSON: {}", error.message),
        range: Some(TextRange::empty(error.offset)),
    }
}
