//! The `pipewright` program. Everything it does stands in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    pipewright_cli::run_on_process(std::env::args_os()).into()
}
