//! The `pipewright` program. Everything it does stands in the library.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Trees of files are many small pieces: a fifth of all instructions would go to the allocator of the C library.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    pipewright_cli::run_on_process(std::env::args_os()).into()
}
