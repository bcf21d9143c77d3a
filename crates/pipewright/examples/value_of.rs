//! Prints the value that stands at a fully qualified name, and where it is written.
//!
//! `cargo run -p pipewright --example value_of -- examples/mistakes/pipeline.yaml pipeline.identifier`

#![expect(
    clippy::print_stdout,
    reason = "the answer of a program goes to the terminal"
)]

use std::error::Error;

use pipewright::Project;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.len() != 2 {
        return Err("usage: value_of FILE FQN".into());
    }
    let mut project = Project::new();
    project.set_text(&arguments[0], &std::fs::read_to_string(&arguments[0])?);
    let named = project.pipeline(&arguments[0])?.get(&arguments[1])?;
    println!("{} ({})", named.value, named.value.kind());
    if let (Some(file), Some(range)) = (named.file, named.range) {
        println!("written in {file}, bytes {range:?}");
    }
    Ok(())
}
