//! Writes `src/catalogue/*.txt` from `data/*.json`; with `--check` only compares and fails where they differ.
//!
//! `cargo run -p pipewright-model --example generate_catalogue [-- --check]`
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command")]

use std::path::Path;
use std::process::ExitCode;

mod tables;

fn main() -> ExitCode {
    let check = std::env::args().any(|argument| argument == "--check");
    match run(Path::new(env!("CARGO_MANIFEST_DIR")), check) {
        Ok(stale) if stale.is_empty() => ExitCode::SUCCESS,
        Ok(stale) => {
            eprintln!("not up to date: {}; run without --check", stale.join(", "));
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The tables that differ from their files. Without `check` they are written, so that none differs.
fn run(root: &Path, check: bool) -> Result<Vec<&'static str>, Box<dyn std::error::Error>> {
    let mut stale = Vec::new();
    for (name, text) in tables::all(root)? {
        let path = root.join("src/catalogue").join(name);
        if !check {
            std::fs::write(path, text)?;
        } else if std::fs::read_to_string(path)? != text {
            stale.push(name);
        }
    }
    Ok(stale)
}
