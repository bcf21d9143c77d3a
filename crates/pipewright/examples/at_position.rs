//! Prints the value of an expression as it is read at a line and column of a pipeline.
//!
//! `cargo run -p pipewright --example at_position -- examples/mistakes/pipeline.yaml 20 30 '<+stage.identifier>'`

#![expect(
    clippy::print_stdout,
    reason = "the answer of a program goes to the terminal"
)]

use std::error::Error;

use pipewright::{Project, Values};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.len() != 4 {
        return Err("usage: at_position FILE LINE COLUMN EXPRESSION".into());
    }
    let mut project = Project::new();
    project.set_text(&arguments[0], &std::fs::read_to_string(&arguments[0])?);
    let pipeline = project.pipeline(&arguments[0])?;
    let scope = pipeline.at_position(arguments[1].parse()?, arguments[2].parse()?)?;
    let value = scope.evaluate(&arguments[3], &Values::new())?;
    println!("{value}");
    if let Some(reason) = value.reason() {
        println!("# {reason}");
    }
    Ok(())
}
