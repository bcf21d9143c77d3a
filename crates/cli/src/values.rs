//! Texts and objects of values that a command reads: JSON or YAML, from a file or standard input.

use std::path::Path;

use pipewright_context::{NoValues, yaml_values};
use pipewright_source::TextRange;
use pipewright_workspace::Workspace;
use serde_json::{Map, Value as Json};

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
pub(crate) fn read_object(
    path: &Path,
    streams: &mut Streams<'_>,
) -> Result<Map<String, Json>, Failure> {
    let text = read_text(path, streams)?;
    let wrong = |NoValues { why, range }: NoValues| {
        explain(&format!("{} {why}", called(path)), range, &text)
    };
    let json = match serde_json::from_str(&text) {
        Ok(json) => json,
        Err(error) if text.trim_start().starts_with('{') => {
            // Some YAML begins so, too.
            yaml_values(&text).map_err(|_| wrong(no_json(&error, &text)))?
        }
        Err(_) => yaml_values(&text).map_err(wrong)?,
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
fn no_json(error: &serde_json::Error, text: &str) -> NoValues {
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
    NoValues {
        why: format!("is no JSON: {reason}"),
        range: u32::try_from(at).ok().map(TextRange::empty),
    }
}
