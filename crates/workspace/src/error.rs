//! Why a file could not be read or written.

use std::io;

/// Why a file could not be read. Displays as half a sentence that goes after "cannot read `x`: ".
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ReadError {
    /// There is nothing under that path.
    #[error("there is no such file or directory")]
    Missing,
    /// The system says no.
    #[error("reading it is not permitted")]
    NotPermitted,
    /// It is a directory where a file was asked for.
    #[error("it is a directory")]
    IsDirectory,
    /// It is neither a regular file nor a directory: a pipe, a socket, a device, a link where none is followed. Says
    /// which.
    #[error("it is {0}, and only regular files are read")]
    Special(&'static str),
    /// It has more bytes than are read of such a file.
    #[error("it is larger than {} MiB", limit >> 20)]
    TooLarge {
        /// The most bytes that are read, a multiple of a MiB.
        limit: u64,
    },
    /// It begins with the mark of a UTF-16 or UTF-32 text.
    #[error("it is UTF-16 or UTF-32 text, and only UTF-8 is read")]
    WideText,
    /// It holds a zero byte, which no text does.
    #[error("it is binary: byte {offset} is zero")]
    Binary {
        /// The 0-based offset of the first zero byte.
        offset: usize,
    },
    /// It holds bytes that are not UTF-8.
    #[error("it is not UTF-8: line {line} holds the byte 0x{byte:02X}")]
    NotUtf8 {
        /// The 1-based line of the first such byte.
        line: usize,
        /// That byte.
        byte: u8,
    },
    /// What the system says, for everything else.
    #[error("{0}")]
    Other(String),
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::NotPermitted,
            io::ErrorKind::IsADirectory => Self::IsDirectory,
            _ => Self::Other(error.to_string()),
        }
    }
}

/// Why a file could not be written. Displays as half a sentence that goes after "cannot write `x`: ".
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum WriteError {
    /// There is no directory for it.
    #[error("there is no such directory")]
    NoDirectory,
    /// The system says no.
    #[error("writing it is not permitted")]
    NotPermitted,
    /// It is a directory.
    #[error("it is a directory")]
    IsDirectory,
    /// Nothing more fits on the disk.
    #[error("the disk is full")]
    Full,
    /// What the system says, for everything else.
    #[error("{0}")]
    Other(String),
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        use io::ErrorKind;

        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::NoDirectory,
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::NotPermitted,
            ErrorKind::IsADirectory => Self::IsDirectory,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Self::Full
            }
            // The system's own words name a file that nobody else knows.
            kind => Self::Other(kind.to_string()),
        }
    }
}
