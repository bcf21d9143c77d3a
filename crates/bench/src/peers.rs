//! The same predicates in `cel` and `rust-jexl3`.

use std::sync::Arc;

use rust_jexl3::{JexlBuilder, MapContext};

use crate::measure::nanoseconds;
use crate::ours::Times;

/// Sets the values of [`crate::context`] in JEXL itself.
const SET_UP: &str =
    "a = {'b': {'c': 'prod'}}; x = 1; s = 'xyz'; list = ['a', 'b', 'c', ...]; null";

/// Nanoseconds to compile and to evaluate, or why that is not possible.
type Peer = Result<(u64, u64), String>;

/// Prints the times of the peers, and how many times ours they are.
pub(crate) fn compare(source: &str, ours: &Times) {
    for (name, peer) in [("cel", cel(source)), ("rust-jexl3", rust_jexl3(source))] {
        match peer {
            Ok((compile, evaluate)) => println!(
                "{:<12} {:>10} {compile:>10} {evaluate:>10}  {name}: compile x{:.2}, evaluate x{:.2}",
                "",
                "",
                ratio(compile, ours.compile),
                ratio(evaluate, ours.evaluate),
            ),
            Err(reason) => println!("{:<12} {name} cannot: {reason}", ""),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a ratio of two short times")]
fn ratio(theirs: u64, ours: u64) -> f64 {
    theirs as f64 / ours.max(1) as f64
}

fn cel(source: &str) -> Peer {
    let text = |error: &dyn std::fmt::Display| error.to_string();
    let program = cel::Program::compile(source).map_err(|error| text(&error))?;
    let mut context = cel::Context::default();
    if let serde_json::Value::Object(members) = crate::context() {
        for (name, value) in members {
            context
                .add_variable(name, value)
                .map_err(|error| error.to_string())?;
        }
    }
    program.execute(&context).map_err(|error| text(&error))?;
    Ok((
        nanoseconds(|| cel::Program::compile(source)),
        nanoseconds(|| program.execute(&context)),
    ))
}

fn rust_jexl3(source: &str) -> Peer {
    let engine = JexlBuilder::new().strict(true).create();
    let context = Arc::new(MapContext::new());
    let set_up = engine
        .create_script(SET_UP)
        .map_err(|error| format!("{error:?}"))?;
    set_up
        .execute(context.clone())
        .map_err(|error| format!("{error:?}"))?;
    let program = engine
        .create_expression(None, source)
        .map_err(|error| format!("{error:?}"))?;
    program
        .execute(context.clone())
        .map_err(|error| format!("{error:?}"))?;
    Ok((
        nanoseconds(|| engine.create_expression(None, source)),
        nanoseconds(|| program.execute(context.clone())),
    ))
}
