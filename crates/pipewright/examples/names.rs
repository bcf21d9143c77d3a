//! Lists the names a text needs, one a line, with the bytes where they stand.
//!
//! `cargo run -p pipewright --example names -- 'echo <+artifact.tag> <+<+env.name>.toUpperCase()>'`

#![expect(
    clippy::print_stdout,
    reason = "the answer of a program goes to the terminal"
)]

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.len() != 1 {
        return Err("usage: names TEXT".into());
    }
    for name in pipewright::names(&arguments[0]) {
        println!("{:?} {}", name.range, name.path);
    }
    Ok(())
}
