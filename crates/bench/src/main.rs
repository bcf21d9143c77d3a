//! Prints how long it takes to parse, compile and evaluate a few predicates, with `--features peers` next to other crates.
//!
//! `cargo run --release -p pipewright-bench --features peers`. Times are the least of many rounds, in nanoseconds; read the
//! ratios, not the times.

#![expect(
    clippy::print_stdout,
    reason = "the report is the purpose of this program"
)]

mod measure;
mod ours;
#[cfg(feature = "peers")]
mod peers;

/// The predicates; both languages read the same text.
pub(crate) const PREDICATES: &[(&str, &str)] = &[
    ("path", r#"a.b.c == "prod""#),
    ("and", r#"x == 1 && s.startsWith("x")"#),
    ("membership", r#"list.contains("b")"#),
    ("arithmetic", "x * 2 + 3 - x"),
    ("ternary", r#"x == 1 ? "yes" : "no""#),
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

fn main() {
    println!(
        "{:<12} {:>10} {:>10} {:>10}",
        "predicate", "parse", "compile", "evaluate"
    );
    for (name, source) in PREDICATES {
        let times = ours::measure(source);
        println!(
            "{name:<12} {:>10} {:>10} {:>10}  pipewright",
            times.parse, times.compile, times.evaluate
        );
        #[cfg(feature = "peers")]
        peers::compare(source, &times);
    }
}
