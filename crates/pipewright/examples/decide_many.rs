//! Decides one condition for each line of values (JSON) of a file: parsed once, decided many times.
//!
//! `cargo run -p pipewright --example decide_many -- '<+n> > 1' values.jsonl`

#![expect(
    clippy::print_stdout,
    reason = "the answer of a program goes to the terminal"
)]

use std::error::Error;

use pipewright::{Condition, Values};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.len() != 2 {
        return Err("usage: decide_many CONDITION VALUES.jsonl".into());
    }
    let condition = Condition::new(&arguments[0])?;
    for line in std::fs::read_to_string(&arguments[1])?.lines() {
        println!("{:?}", condition.decide(&Values::from_json(line)?)?);
    }
    Ok(())
}
