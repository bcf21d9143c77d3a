//! Lists what every expression of a pipeline points at.
//!
//! `cargo run -p pipewright --example references -- examples/mistakes/pipeline.yaml`

#![expect(
    clippy::print_stdout,
    reason = "the answer of a program goes to the terminal"
)]

use std::error::Error;

use pipewright::Project;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.len() != 1 {
        return Err("usage: references FILE".into());
    }
    let mut project = Project::new();
    project.set_text(&arguments[0], &std::fs::read_to_string(&arguments[0])?);
    for reference in project.pipeline(&arguments[0])?.references() {
        let to = reference.to.as_deref().unwrap_or("-");
        println!("{} {} -> {to}", reference.outcome, reference.path);
    }
    Ok(())
}
