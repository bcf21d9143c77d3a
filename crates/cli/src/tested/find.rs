//! Files of tests: their names end in `.test.yaml`.

use std::path::PathBuf;
use std::sync::Arc;

use pipewright_simulate::expect::is_of_tests;
use pipewright_workspace::{Origin, Workspace};

use crate::Streams;
use crate::at_hand::unreadable;
use crate::exit::Failure;
use crate::printable::printable;

/// The files of tests at and below some paths, by name, with their texts.
///
/// # Errors
/// When a path that was named is no file of tests, cannot be read, or there is none at all.
pub(crate) fn find(
    paths: &[PathBuf],
    streams: &mut Streams<'_>,
) -> Result<Vec<(String, Arc<str>)>, Failure> {
    let directory = streams.surroundings.directory.clone();
    let mut workspace = Workspace::new(directory, &mut streams.input, "<stdin>");
    let mut found = Vec::new();
    for input in workspace.collect(paths) {
        let is_named = input.origin == Origin::Named;
        let is_of_tests = is_of_tests(&input.name);
        match input.text {
            Ok(text) if is_of_tests => found.push((input.name.to_string(), text)),
            Ok(_) if is_named => {
                return Err(Failure::Message(format!(
                    "`{}` is no file of tests: their names end in `.test.yaml`, and they name the pipeline themselves",
                    printable(&input.name)
                )));
            }
            Err(error) if is_named || is_of_tests => return Err(unreadable(&input.name, &error)),
            _ => {}
        }
    }
    if found.is_empty() {
        return Err(Failure::Message(
            "no file of tests was found: their names end in `.test.yaml`".to_owned(),
        ));
    }
    Ok(found)
}
