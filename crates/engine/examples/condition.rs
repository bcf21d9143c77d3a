//! Tells whether a condition holds, and on what it rests.
//!
//! `cargo run -p pipewright-engine --example condition -- context.json '<+env.type> == "Production"'`

#![expect(
    clippy::print_stdout,
    reason = "the answer of a program goes to the terminal"
)]

use std::error::Error;

use pipewright_engine::{Engine, MapContext, PredicateOf, Truth, When, WhenStatus};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(condition)) = (arguments.next(), arguments.next()) else {
        return Err("usage: condition CONTEXT.json CONDITION".into());
    };
    let json = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let context = MapContext::from_json(&json).ok_or("the context is no object")?;

    // The predicate of a step with this condition that runs whatever happened before.
    let when = When {
        status: Some(WhenStatus::All),
        condition: Some(&condition),
    };
    let predicate = PredicateOf::Step.compose(Some(when))?;

    let (truth, trace) = Engine::new().trace_condition(predicate.as_str(), &context);
    match truth? {
        Truth::True => println!("the step runs"),
        Truth::False => println!("the step is skipped"),
        Truth::Unknown(reason) => println!("only a run can tell: {reason}"),
    }
    print!("{trace}");
    Ok(())
}
