//! Prints what is wrong in a file, one finding a line.
//!
//! `cargo run -p pipewright --example check_file -- examples/mistakes/pipeline.yaml`

#![expect(
    clippy::print_stdout,
    reason = "the answer of a program goes to the terminal"
)]

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.len() != 1 {
        return Err("usage: check_file FILE".into());
    }
    let text = std::fs::read_to_string(&arguments[0])?;
    for found in pipewright::check_text(&arguments[0], &text) {
        let (line, column) = (found.start.line, found.start.column);
        println!(
            "{}:{line}:{column}: {} [{}] {}",
            found.file, found.severity, found.rule, found.message
        );
    }
    Ok(())
}
