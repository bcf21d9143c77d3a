//! What the server says to those who look for a mistake of its own.

use std::fmt::Display;
use std::io::Write;

/// Takes a line for each thing that is said.
pub(crate) struct Log<'a> {
    stream: &'a mut dyn Write,
}

impl<'a> Log<'a> {
    pub(crate) fn new(stream: &'a mut dyn Write) -> Self {
        Self { stream }
    }

    /// Says something. That nobody listens is no error.
    pub(crate) fn say(&mut self, what: impl Display) {
        drop(writeln!(self.stream, "pipewright: {what}"));
        drop(self.stream.flush());
    }
}
