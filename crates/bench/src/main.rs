//! Prints how long it takes to parse, compile and evaluate a few predicates, with `--features peers` next to other
//! crates.
//!
//! `cargo run --release -p pipewright-bench --features peers`. Times are the least of many rounds, in nanoseconds, and
//! the rounds of all crates take turns, so that a busy machine slows all of them; read the ratios, not the times. Then
//! the conditions of a large pipeline, with few and with many given values; `-- given` does these alone. `-- growth`
//! tells instead how the time of commands grows with their input, `-- growth WORD` of the kinds of input that are
//! called so. `-- floor PATH` tells what `check` takes beside a bare scan of the same YAML, `-- scan PATH` only scans.
//! `-- editor PROGRAM` tells how long the language server of a `pipewright` as it was built takes for what editors ask.
//! `-- sweep` runs every method until the budget of a question ends, and tells the slowest and the largest.

#![expect(
    clippy::print_stdout,
    reason = "the report is the purpose of this program"
)]

mod editor;
mod floor;
mod given;
mod growth;
mod measure;
mod ours;
#[cfg(feature = "peers")]
mod peers;
mod sweep;

use measure::{Contest, Work};

/// A predicate in both languages.
pub(crate) struct Predicate {
    name: &'static str,
    pub(crate) jexl: &'static str,
    /// The same for `cel`, whose lists have no `contains`.
    #[cfg_attr(not(feature = "peers"), expect(dead_code, reason = "for the peers"))]
    pub(crate) cel: &'static str,
}

impl Predicate {
    const fn same(name: &'static str, source: &'static str) -> Self {
        Self {
            name,
            jexl: source,
            cel: source,
        }
    }
}

const PREDICATES: &[Predicate] = &[
    Predicate::same("path", r#"a.b.c == "prod""#),
    Predicate::same("and", r#"x == 1 && s.startsWith("x")"#),
    Predicate {
        name: "membership",
        jexl: r#"list.contains("b")"#,
        cel: r#""b" in list"#,
    },
    Predicate::same("arithmetic", "x * 2 + 3 - x"),
    Predicate::same("ternary", r#"x == 1 ? "yes" : "no""#),
];

/// The values of the names in the predicates.
pub(crate) fn context() -> serde_json::Value {
    serde_json::json!({
        "a": {"b": {"c": "prod"}},
        "x": 1,
        "s": "xyz",
        "list": ["a", "b", "c"],
    })
}

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("growth") => growth::report(&arguments.next().unwrap_or_default()),
        Some("given") => given::report(),
        Some("sweep") => sweep::report(),
        Some("editor") => editor::report(&arguments.next().unwrap_or_default())?,
        Some("floor") => floor::report(&arguments.next().unwrap_or_default())?,
        Some("scan") => floor::scan_once(&arguments.next().unwrap_or_default())?,
        _ => {
            report_predicates();
            given::report();
        }
    }
    Ok(())
}

fn report_predicates() {
    println!(
        "{:<12} {:<9} {:>10} {:>10} {:>9}",
        "predicate", "phase", "crate", "time", "ours/it"
    );
    for predicate in PREDICATES {
        let mut parse = Contest::default();
        let mut compile = Contest::default();
        let mut evaluate = Contest::default();
        ours::enter(predicate, &mut parse, &mut compile, &mut evaluate);
        #[cfg(feature = "peers")]
        peers::enter(predicate, &mut compile, &mut evaluate);
        for (phase, contest) in [
            ("parse", parse),
            ("compile", compile),
            ("evaluate", evaluate),
        ] {
            report(predicate.name, phase, contest.run());
        }
    }
}

/// Prints one line for each crate; the first is ours.
#[expect(clippy::cast_precision_loss, reason = "a ratio of two short times")]
fn report(predicate: &str, phase: &str, times: Vec<(&'static str, u64)>) {
    let ours = times.first().map_or(0, |(_, time)| *time);
    for (name, time) in times {
        let ratio = ours as f64 / time.max(1) as f64;
        println!("{predicate:<12} {phase:<9} {name:>10} {time:>10} {ratio:>9.2}");
    }
}

/// Work that throws its result away.
pub(crate) fn work<'a, T>(mut run: impl FnMut() -> T + 'a) -> Work<'a> {
    Box::new(move || {
        std::hint::black_box(run());
    })
}
