//! Writes the generated pages below `docs/` (a page a rule with an index, and the reference of the commands) and the
//! table of rules in `README.md`; with `--check` only compares and fails where they differ.
//!
//! `cargo run -p pipewright-cli --example generate_docs [-- --check]`
#![allow(clippy::print_stderr, reason = "a command")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

mod commands;
mod configuration;
mod rules;
mod summary;

/// The pages by their paths from the root of the workspace.
type Pages = BTreeMap<String, String>;

/// The folders in which every page is generated.
const FOLDERS: [&str; 2] = ["docs/commands", "docs/rules"];

fn main() -> ExitCode {
    let check = std::env::args().any(|argument| argument == "--check");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    match run(&root, check) {
        Ok(stale) if stale.is_empty() => ExitCode::SUCCESS,
        Ok(stale) => {
            let stale = stale.join(", ");
            eprintln!("not up to date: {stale}; run without --check");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The pages that differ from their files. Without `check` they are written, so that none differs.
fn run(root: &Path, check: bool) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut pages = Pages::new();
    commands::add(&mut pages);
    let names = rules::add(&mut pages)?;
    pages.insert("docs/configuration.md".to_owned(), configuration::page());
    pages.insert("docs/SUMMARY.md".to_owned(), summary::page(&names));
    let readme = std::fs::read_to_string(root.join("README.md"))?;
    pages.insert("README.md".to_owned(), rules::in_readme(&readme)?);
    let mut stale = leftover(root, &pages)?;
    if !check {
        for name in stale.drain(..) {
            std::fs::remove_file(root.join(name))?;
        }
    }
    for (name, page) in pages {
        let path = root.join(&name);
        if std::fs::read_to_string(&path).is_ok_and(|written| written == page) {
            continue;
        }
        if check {
            stale.push(name);
            continue;
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, page)?;
    }
    Ok(stale)
}

/// The files in generated folders that are no page any more.
fn leftover(root: &Path, pages: &Pages) -> std::io::Result<Vec<String>> {
    let mut left = Vec::new();
    for folder in FOLDERS {
        let Ok(entries) = root.join(folder).read_dir() else {
            continue;
        };
        for entry in entries {
            let name = format!("{folder}/{}", entry?.file_name().to_string_lossy());
            if !pages.contains_key(&name) {
                left.push(name);
            }
        }
    }
    Ok(left)
}
