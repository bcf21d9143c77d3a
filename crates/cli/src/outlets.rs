//! Outputs that may close: what a command answers does not depend on whether anybody reads it.

use std::io::{self, ErrorKind, Write};

use crate::exit::Failure;
use crate::printable::printable_lines;

/// The output of a run. Once its reader has gone, writing succeeds and does nothing, and flushing says `BrokenPipe`, so
/// that a command that would go on for ever can end.
pub(crate) struct Output<'a> {
    stream: &'a mut dyn Write,
    is_closed: bool,
}

impl<'a> Output<'a> {
    pub(crate) fn new(stream: &'a mut dyn Write) -> Self {
        Self {
            stream,
            is_closed: false,
        }
    }

    /// Sends off what was written so far. That nobody reads it any more is no error.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        match self.flush() {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    }

    /// Notes that the reader has gone.
    fn note<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        self.is_closed |= matches!(&result, Err(error) if error.kind() == ErrorKind::BrokenPipe);
        result
    }
}

impl Write for Output<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.is_closed {
            let written = self.stream.write(bytes);
            let written = self.note(written);
            if !self.is_closed {
                return written;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.is_closed {
            return Err(ErrorKind::BrokenPipe.into());
        }
        let flushed = self.stream.flush();
        self.note(flushed)
    }
}

/// The error stream of a run: a note that cannot be written is lost, and the answer stands. What a note quotes is made
/// printable here, whoever wrote it.
pub(crate) struct Notes<'a> {
    stream: &'a mut dyn Write,
}

impl<'a> Notes<'a> {
    pub(crate) fn new(stream: &'a mut dyn Write) -> Self {
        Self { stream }
    }
}

impl Notes<'_> {
    /// Says why a command has no answer.
    pub(crate) fn fail(&mut self, failure: &Failure) {
        // There is nobody left to tell when the error stream itself fails.
        drop(writeln!(self, "error: {failure}"));
        drop(self.flush());
    }
}

impl Write for Notes<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Whatever formats a note writes whole texts.
        let text = String::from_utf8_lossy(bytes);
        drop(self.stream.write_all(printable_lines(&text).as_bytes()));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        drop(self.stream.flush());
        Ok(())
    }
}
