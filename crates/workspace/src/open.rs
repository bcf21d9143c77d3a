//! Opens regular files and nothing else.
//!
//! A pull request can commit a link to an endless device, and a FIFO waits for a writer that never comes. So a file is
//! opened once, without waiting, and what was opened is asked what it is: a name may mean something else a moment
//! later.

use std::fs::{File, FileType, OpenOptions};
use std::path::Path;

use crate::ReadError;

/// Whether a symbolic link may lead to the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Links {
    /// A person named the file: where the link leads is what they meant.
    Followed,
    /// The file was met in a directory: whoever made the link may not be who runs the check.
    Refused,
}

/// Opens the regular file at `path`.
pub(crate) fn regular_file(path: &Path, links: Links) -> Result<File, ReadError> {
    if links == Links::Refused && is_link(path) {
        return Err(ReadError::Special("a symbolic link"));
    }
    let file = options(links).open(path).map_err(|error| {
        // A socket cannot be opened at all; its name still says what it is.
        let kind = path
            .metadata()
            .ok()
            .and_then(|found| special(found.file_type()));
        kind.map_or_else(|| error.into(), ReadError::Special)
    })?;
    let kind = file.metadata()?.file_type();
    if kind.is_dir() {
        return Err(ReadError::IsDirectory);
    }
    match special(kind) {
        Some(kind) => Err(ReadError::Special(kind)),
        None => Ok(file),
    }
}

fn is_link(path: &Path) -> bool {
    path.symlink_metadata()
        .is_ok_and(|found| found.file_type().is_symlink())
}

/// What a file is that is neither a regular file nor a directory nor a link.
#[cfg(unix)]
pub(crate) fn special(kind: FileType) -> Option<&'static str> {
    use std::os::unix::fs::FileTypeExt as _;

    if kind.is_fifo() {
        Some("a named pipe")
    } else if kind.is_socket() {
        Some("a socket")
    } else if kind.is_char_device() || kind.is_block_device() {
        Some("a device")
    } else {
        None
    }
}

#[cfg(not(unix))]
pub(crate) fn special(kind: FileType) -> Option<&'static str> {
    (!kind.is_file() && !kind.is_dir() && !kind.is_symlink()).then_some("a special file")
}

#[cfg(unix)]
fn options(links: Links) -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;

    let follow = match links {
        Links::Followed => 0,
        // The link may be put there after `is_link` looked.
        Links::Refused => libc::O_NOFOLLOW,
    };
    let mut options = OpenOptions::new();
    options
        .read(true)
        .custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY | follow);
    options
}

#[cfg(not(unix))]
fn options(_links: Links) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    options
}
