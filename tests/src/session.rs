//! Runs the `pipewright` command inside the test process.

use std::ffi::OsString;
use std::io::BufReader;
use std::path::Path;

use pipewright_cli::{Streams, Surroundings, run};

/// What one run of the command is given besides its arguments.
#[derive(Debug, Default)]
pub struct Session<'a> {
    /// What stands on standard input.
    pub stdin: &'a [u8],
    /// Whether output and errors count as a terminal.
    pub terminal: bool,
    /// Columns of that terminal.
    pub width: Option<usize>,
    /// Environment variables.
    pub variables: Vec<(String, String)>,
}

/// What one run answered.
#[derive(Debug)]
pub struct Answer {
    /// Standard output; it is always UTF-8.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// The exit code.
    pub code: u8,
}

impl Session<'_> {
    /// Runs `pipewright` with these arguments, relative paths starting at `directory`.
    ///
    /// # Panics
    /// Where the command writes something that is not UTF-8.
    pub fn run(&self, directory: &Path, arguments: &[&str]) -> Answer {
        let mut input = BufReader::new(self.stdin);
        let (mut output, mut errors) = (Vec::new(), Vec::new());
        let mut streams = Streams {
            input: &mut input,
            output: &mut output,
            errors: &mut errors,
            surroundings: Surroundings {
                directory: directory.to_owned(),
                output_is_terminal: self.terminal,
                errors_are_terminal: false,
                width: self.width,
                variables: self.variables.iter().cloned().collect(),
                ..Surroundings::default()
            },
        };
        let program = std::iter::once("pipewright");
        let arguments = program.chain(arguments.iter().copied()).map(OsString::from);
        let code = run(arguments, &mut streams).code();
        Answer {
            stdout: String::from_utf8(output).expect("the output is UTF-8"),
            stderr: String::from_utf8(errors).expect("the errors are UTF-8"),
            code,
        }
    }
}
