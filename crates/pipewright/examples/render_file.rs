//! Prints a file with its expressions replaced, such as a script or a manifest, and what is missing in it.
//!
//! `cargo run -p pipewright --example render_file -- context.yaml deploy.sh`

#![expect(
    clippy::print_stdout,
    reason = "the answer of a program goes to the terminal"
)]

use std::error::Error;

use pipewright::Values;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.len() != 2 {
        return Err("usage: render_file CONTEXT.yaml FILE".into());
    }
    let values = Values::from_yaml(&std::fs::read_to_string(&arguments[0])?)?;
    let text = std::fs::read_to_string(&arguments[1])?;
    let out = pipewright::render(&text, &values)?;
    print!("{}", out.text);
    for unresolved in out.missing.iter().chain(&out.unknown) {
        println!("# {}: {}", unresolved.expression, unresolved.reason);
    }
    Ok(())
}
