//! The command `pipewright`, as the package installs it.

use std::ffi::OsString;
use std::io::{BufReader, BufWriter, stderr, stdin, stdout};

use pipewright_cli::{Streams, Surroundings, run};
use pyo3::prelude::*;

/// Runs the command with these arguments, of which the first is its name, on the streams of the process. The exit code.
#[pyfunction]
pub(crate) fn run_command(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| {
        let mut input = BufReader::new(stdin());
        let mut output = BufWriter::new(stdout().lock());
        let mut errors = stderr();
        let mut streams = Streams {
            input: &mut input,
            output: &mut output,
            errors: &mut errors,
            surroundings: Surroundings::of_this_process(),
        };
        run(arguments, &mut streams).code()
    })
}
