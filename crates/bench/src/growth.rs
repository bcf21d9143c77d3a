//! How the time of a command grows with its input: every kind of input at n, 2n, 4n and 8n.
//!
//! Linear work doubles with the input: the factor of the last doubling is 2, with some room for what a busy machine
//! adds. Quadratic work has 4 there.

mod kinds;
mod pipelines;

use std::fmt::Write as _;
use std::io;
use std::time::Duration;

use pipewright_cli::{Streams, Surroundings, run};

use crate::measure::timed;
use kinds::KINDS;
use pipelines::PIPELINES;

/// How often the input is doubled.
const DOUBLINGS: u32 = 3;

/// The least time of as many runs counts.
const ROUNDS: usize = 3;

/// A last doubling that costs more than this is worth a look.
const SUSPICIOUS: f64 = 2.8;

/// Prints one line for each kind, or for those whose name holds `wanted`.
pub(crate) fn report(wanted: &str) {
    println!(
        "{:<38} {:>6} {:>9} {:>9} {:>9} {:>9} {:>7}",
        "input (ms)", "n", "n", "2n", "4n", "8n", "factor"
    );
    let kinds = KINDS.iter().chain(PIPELINES);
    for kind in kinds.filter(|kind| kind.name.contains(wanted)) {
        let times: Vec<Duration> = (0..=DOUBLINGS)
            .map(|doubling| least_time(kind.command, &(kind.text)(kind.size << doubling)))
            .collect();
        let mut line = format!("{:<38} {:>6}", kind.name, kind.size);
        for time in &times {
            let _ = write!(line, " {:>9.1}", time.as_secs_f64() * 1e3);
        }
        let [.., before, last] = times.as_slice() else {
            continue;
        };
        let factor = last.as_secs_f64() / before.as_secs_f64();
        let mark = if factor > SUSPICIOUS { "  !" } else { "" };
        println!("{line} {factor:>7.2}{mark}");
    }
}

/// The least time of a few runs of a command that reads a text.
fn least_time(command: &str, text: &str) -> Duration {
    let once = || {
        let mut input = text.as_bytes();
        let mut streams = Streams {
            input: &mut input,
            output: &mut io::sink(),
            errors: &mut io::sink(),
            surroundings: Surroundings::default(),
        };
        let words = std::iter::once("pipewright").chain(command.split(' '));
        timed(|| run(words, &mut streams)).1
    };
    (0..ROUNDS).map(|_| once()).min().unwrap_or_default()
}
