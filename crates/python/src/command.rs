//! The command `pipewright`, as the package installs it.

use std::ffi::OsString;

use pipewright_cli::run_on_process;
use pyo3::prelude::*;

/// Runs the command with these arguments, of which the first is its name, on the streams of the process. The exit code.
#[pyfunction]
pub(crate) fn run_command(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| run_on_process(arguments).code())
}
