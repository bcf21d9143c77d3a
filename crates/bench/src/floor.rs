//! What `check` takes beside a bare scan of the same bytes by the YAML parser: the least that any reader of the whole
//! files with that parser takes.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

use granit_parser::Parser;
use pipewright_cli::{Streams, Surroundings, run};

use crate::measure::timed;

/// The least time of as many runs counts.
const ROUNDS: usize = 5;

/// Prints one line for a file, or for all YAML files below a folder: their bytes, the time of the scan, and how many
/// times that `check` takes with the rules that are on by default and with all.
pub(crate) fn report(path: &str) -> io::Result<()> {
    let texts = texts(path)?;
    let bytes: usize = texts.iter().map(String::len).sum();
    let scan = least(|| scan(&texts));
    let ratio = |rules: &[&str]| {
        let check = least(|| check(path, rules));
        check.as_secs_f64() / scan.as_secs_f64().max(f64::EPSILON)
    };
    println!(
        "{path}: {bytes} bytes, scan {:.1} ms, check {:.2} times that, with all rules {:.2}",
        scan.as_secs_f64() * 1e3,
        ratio(&[]),
        ratio(&["--pedantic"]),
    );
    Ok(())
}

/// Scans a file, or all YAML files below a folder, once: for a program that counts instructions.
pub(crate) fn scan_once(path: &str) -> io::Result<()> {
    scan(&texts(path)?);
    Ok(())
}

fn least(action: impl Fn()) -> Duration {
    let times = (0..ROUNDS).map(|_| timed(&action).1);
    times.min().unwrap_or_default()
}

fn scan(texts: &[String]) {
    for text in texts {
        for event in Parser::new_from_str(text) {
            if black_box(event).is_err() {
                break;
            }
        }
    }
}

fn check(path: &str, rules: &[&str]) {
    let mut streams = Streams {
        input: &mut io::empty(),
        output: &mut io::sink(),
        errors: &mut io::sink(),
        surroundings: Surroundings::default(),
    };
    let words = ["pipewright", "check", path].into_iter();
    black_box(run(words.chain(rules.iter().copied()), &mut streams));
}

/// The texts of a file, or of all YAML files below a folder, that are UTF-8.
fn texts(path: &str) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut left = vec![PathBuf::from(path)];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(path)? {
                left.push(entry?.path());
            }
        } else if is_yaml(&path) {
            found.extend(fs::read_to_string(path));
        }
    }
    Ok(found)
}

fn is_yaml(path: &Path) -> bool {
    matches!(path.extension(), Some(end) if end == "yaml" || end == "yml")
}
