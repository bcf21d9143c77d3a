//! Tells whether a condition holds, and what would decide it.
//!
//! `cargo run -p pipewright --example condition -- context.json '<+env.type> == "Production"'`

#![expect(
    clippy::print_stdout,
    reason = "the answer of a program goes to the terminal"
)]

use std::error::Error;

use pipewright::{Decision, Values};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.len() != 2 {
        return Err("usage: condition CONTEXT.json CONDITION".into());
    }
    let values = Values::from_json(&std::fs::read_to_string(&arguments[0])?)?;
    match pipewright::condition(&arguments[1], &values)? {
        Decision::True => println!("the step runs"),
        Decision::False => println!("the step is skipped"),
        Decision::Unknown(unknown) => {
            println!("{unknown}");
            println!("it depends on {}", unknown.needs().join(", "));
        }
    }
    Ok(())
}
