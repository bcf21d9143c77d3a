//! Lists the names a text needs, one a line: the innermost islands, and what their first names stand for.
//!
//! `cargo run -p pipewright-engine --example names -- 'echo <+artifact.tag> <+<+env.name>.toUpperCase()>'`

#![expect(
    clippy::print_stdout,
    reason = "the answer of a program goes to the terminal"
)]

use std::cell::RefCell;
use std::collections::BTreeSet;

use pipewright_engine::{Context, Engine, OpResult, Value, find_variables};

/// Knows nothing and remembers what it was asked for.
#[derive(Default)]
struct Listening {
    names: RefCell<BTreeSet<String>>,
}

impl Context for Listening {
    fn get(&self, name: &str) -> OpResult<Option<Value>> {
        self.names.borrow_mut().insert(name.to_owned());
        Ok(Some(Value::unknown("nobody was asked")))
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Some(text) = std::env::args().nth(1) else {
        return Err("usage: names TEXT".into());
    };
    for island in find_variables(&text) {
        println!("{island}");
    }
    let context = Listening::default();
    Engine::new()
        .prefixes([""])
        .render(text.as_str(), &context)?;
    for name in context.names.into_inner() {
        println!("  needs {name}");
    }
    Ok(())
}
