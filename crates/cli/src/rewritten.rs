//! Files whose text is replaced by one that was made from it.

use std::path::Path;

use pipewright_source::SourceFile;
use pipewright_workspace::Workspace;

use crate::Streams;
use crate::exit::Failure;
use crate::printable::printable;

/// Puts a text into the place of the file that it was made from. A file that somebody else has changed meanwhile stays
/// as it is. `verb` is what the command does to it.
///
/// # Errors
/// When the file is another one by now, or the system says no.
pub(crate) fn write(
    before: &SourceFile,
    now: &str,
    verb: &str,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let directory = streams.surroundings.directory.clone();
    let path = Path::new(before.name());
    let mut workspace = Workspace::new(directory.as_path(), &mut streams.input, "");
    let on_disk = workspace.read_text(path);
    if !on_disk.is_ok_and(|text| text == before.text()) {
        let name = printable(before.name());
        return Err(Failure::Message(format!(
            "cannot {verb} `{name}`: it has changed since it was read"
        )));
    }
    write_file(&directory, path, now.as_bytes())
}

/// Puts a text into a file whose path counts from `directory`.
///
/// # Errors
/// When the system says no.
pub(crate) fn write_file(directory: &Path, file: &Path, contents: &[u8]) -> Result<(), Failure> {
    pipewright_workspace::replace(&directory.join(file), contents).map_err(|error| {
        let name = file.to_string_lossy();
        Failure::Message(format!("cannot write `{}`: {error}", printable(&name)))
    })
}
