//! Outputs that may close: what a command answers does not depend on whether anybody reads it.

use std::io::{self, ErrorKind, Write};

/// The output of a run. Once its reader has gone, writing succeeds and does nothing, and flushing says `BrokenPipe`, so that a
/// command that would go on for ever can end.
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

/// The error stream of a run: a note that cannot be written is lost, and the answer stands.
pub(crate) struct Notes<'a> {
    stream: &'a mut dyn Write,
}

impl<'a> Notes<'a> {
    pub(crate) fn new(stream: &'a mut dyn Write) -> Self {
        Self { stream }
    }
}

impl Write for Notes<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.stream.write(bytes) {
            Err(error) if error.kind() == ErrorKind::Interrupted => Err(error),
            Err(_) => Ok(bytes.len()),
            written => written,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        drop(self.stream.flush());
        Ok(())
    }
}
