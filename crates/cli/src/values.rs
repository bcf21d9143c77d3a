//! Texts and objects of values that a command reads: JSON or YAML, from a file or standard input.

use std::path::Path;

use pipewright_context::{NoValues, object_of};
use pipewright_jexl::json::Object;
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

/// Whether a text is the name of a file.
pub(crate) fn is_file(text: &str, streams: &Streams<'_>) -> bool {
    let directory = &streams.surroundings.directory;
    !text.contains(['\n', '<']) && pipewright_workspace::is_file(directory, Path::new(text))
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
    object_of(text)
        .map_err(|NoValues { why, range }| explain(&format!("{name} {why}"), range, text))
}
