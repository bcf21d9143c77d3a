//! The `pipewright` program. Everything it does stands in the library.

use std::io;
use std::process::ExitCode;

use pipewright_cli::{Streams, Surroundings, run};

fn main() -> ExitCode {
    let mut input = io::BufReader::new(io::stdin());
    let mut output = io::BufWriter::new(io::stdout().lock());
    let mut errors = io::stderr();
    let mut streams = Streams {
        input: &mut input,
        output: &mut output,
        errors: &mut errors,
        surroundings: Surroundings::of_this_process(),
    };
    run(std::env::args_os(), &mut streams).into()
}
