//! Prints a file with its expressions replaced, such as a script or a manifest.
//!
//! `cargo run -p pipewright-engine --example render_file -- context.json deploy.sh`

#![expect(
    clippy::print_stdout,
    reason = "the answer of a program goes to the terminal"
)]
#![expect(
    clippy::print_stderr,
    reason = "what is missing is no part of the answer"
)]

use std::error::Error;

use pipewright_engine::{Engine, MapContext, Mode};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(context), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err("usage: render_file CONTEXT.json FILE".into());
    };
    let json = serde_json::from_str(&std::fs::read_to_string(context)?)?;
    let context = MapContext::from_json(&json).ok_or("the context is no object")?;
    let text = std::fs::read_to_string(file)?;

    // What the context does not tell stays as it is written.
    let rendered = Engine::new()
        .mode(Mode::Original)
        .render(text.as_str(), &context)?;
    print!("{}", rendered.text);
    for island in rendered.unknown {
        eprintln!("{}: {}", island.expression, island.reason);
    }
    Ok(())
}
