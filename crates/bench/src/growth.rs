//! How the time of a command grows with its input: every kind of input at n, 2n, 4n and 8n.
//!
//! Linear work doubles with the input: the factor of the last doubling is 2, with some room for what a busy machine
//! adds. Quadratic work has 4 there.

use std::fmt::Write as _;
use std::io;
use std::time::{Duration, Instant};

use pipewright_cli::{Streams, Surroundings, run};

/// How often the input is doubled.
const DOUBLINGS: u32 = 3;

/// The least time of as many runs counts.
const ROUNDS: usize = 3;

/// A last doubling that costs more than this is worth a look.
const SUSPICIOUS: f64 = 2.8;

const PIPELINE: &str = "pipeline:\n  identifier: p\n  projectIdentifier: p\n  orgIdentifier: o\n";

/// Texts of one kind, and the command that reads them from its standard input.
struct Kind {
    name: &'static str,
    command: &'static str,
    /// The smallest size.
    size: usize,
    text: fn(usize) -> String,
}

const KINDS: &[Kind] = &[
    kind("colons of a line", "check -", 2_000, |n| {
        format!(
            "{PIPELINE}  description: '{} it's\n",
            "key: value, ".repeat(n)
        )
    }),
    kind("documents of a file", "check -", 500, |n| {
        numbered("", n, |i| format!("---\npipeline:\n  identifier: p{i}\n"))
    }),
    kind("unknown names and known ones", "check -", 500, |n| {
        numbered(&format!("{PIPELINE}  variables:\n"), n, |i| {
            format!(
                "    - name: known{i}\n      type: String\n      value: <+pipeline.variables.unknwn{i}>\n"
            )
        })
    }),
    kind("broken lines at the end", "check -", 1_000, |n| {
        format!("{}{}", stages(4), "  broken: [ {\n".repeat(n))
    }),
    kind("findings of a file", "check -", 500, |n| {
        numbered(&format!("{PIPELINE}  stages:\n"), n, |i| {
            format!("    - stage:\n        identifier: not valid {i}\n        type: Custom\n")
        })
    }),
    kind("findings, drawn", "check - --format human", 500, |n| {
        numbered(&format!("{PIPELINE}  stages:\n"), n, |i| {
            format!("    - stage:\n        identifier: not valid {i}\n        type: Custom\n")
        })
    }),
    kind(
        "findings of a line, drawn",
        "check - --format human",
        100,
        |n| format!("{PIPELINE}  description: \"{}\"\n", "<+a +> ".repeat(n)),
    ),
    kind("islands of a text", "check -", 2_000, |n| {
        format!("{PIPELINE}  description: \"{}\"\n", "<+a.b> ".repeat(n))
    }),
    kind("islands of a text, referred", "refs -", 2_000, |n| {
        format!(
            "{PIPELINE}  description: \"{}\"\n",
            "<+pipeline.name> ".repeat(n)
        )
    }),
    kind("islands of a text, rendered", "render -", 2_000, |n| {
        "<+a.b> ".repeat(n)
    }),
    kind("unclosed islands", "check -", 500, |n| {
        format!("{PIPELINE}  description: \"{}\"\n", "<+a ".repeat(n))
    }),
    kind("comments", "check -", 2_000, |n| {
        numbered(PIPELINE, n, |i| {
            format!("  # pipewright: ignore[unknown-root] {i}\n")
        })
    }),
    kind("anchors", "check -", 500, |n| {
        numbered(&format!("{PIPELINE}  variables:\n"), n, |i| {
            format!("    - &a{i} {{name: v{i}, type: String, value: x}}\n    - *a{i}\n")
        })
    }),
    kind("nested mappings", "check -", 30, |n| {
        let lines = |i| format!("{}a{i}:\n", "  ".repeat(i + 1));
        numbered(PIPELINE, n.min(120), lines)
    }),
    kind("keys of a mapping", "check -", 2_000, |n| {
        numbered(&format!("{PIPELINE}  tags:\n"), n, |i| {
            format!("    key{i}: value\n")
        })
    }),
    kind("lines of a script", "check -", 2_000, |n| {
        format!(
            "{PIPELINE}  description: |\n{}",
            "    echo <+pipeline.name> # x\n".repeat(n)
        )
    }),
    kind("stages", "check -", 200, stages),
    kind("stages, referred", "refs -", 200, stages),
    kind("stages, listed", "fqn - --outputs", 200, stages),
    kind("stages, drawn", "refs - --format dot", 200, stages),
    kind("references to one name", "check -", 500, references),
    kind(
        "references to one name, referred",
        "refs -",
        500,
        references,
    ),
    kind("steps of a stage", "check -", 200, steps),
    kind("outputs of a long script", "check -", 250, outputs),
    kind("json lines", "eval --jsonl", 1_000, |n| {
        numbered("", n, |i| {
            format!(
                "{{\"id\":{i},\"op\":\"evaluate\",\"expr\":\"<+a> + {i}\",\"context\":{{\"a\":1}}}}\n"
            )
        })
    }),
    kind("names of an expression", "eval -", 1_000, |n| {
        format!("<+{}1>", "a.b + ".repeat(n))
    }),
    kind("elements of a literal", "eval --jexl -", 2_000, |n| {
        format!("[{}1].size()", "1, ".repeat(n))
    }),
];

const fn kind(
    name: &'static str,
    command: &'static str,
    size: usize,
    text: fn(usize) -> String,
) -> Kind {
    Kind {
        name,
        command,
        size,
        text,
    }
}

/// Prints one line for each kind, or for those whose name holds `wanted`.
pub(crate) fn report(wanted: &str) {
    println!(
        "{:<33} {:>6} {:>9} {:>9} {:>9} {:>9} {:>7}",
        "input (ms)", "n", "n", "2n", "4n", "8n", "factor"
    );
    for kind in KINDS.iter().filter(|kind| kind.name.contains(wanted)) {
        let times: Vec<Duration> = (0..=DOUBLINGS)
            .map(|doubling| least_time(kind.command, &(kind.text)(kind.size << doubling)))
            .collect();
        let mut line = format!("{:<33} {:>6}", kind.name, kind.size);
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
        let started = Instant::now();
        let mut input = text.as_bytes();
        let mut streams = Streams {
            input: &mut input,
            output: &mut io::sink(),
            errors: &mut io::sink(),
            surroundings: Surroundings::default(),
        };
        let words = std::iter::once("pipewright").chain(command.split(' '));
        std::hint::black_box(run(words, &mut streams));
        started.elapsed()
    };
    (0..ROUNDS).map(|_| once()).min().unwrap_or_default()
}

/// A beginning, and a piece for each number below `count`.
fn numbered(start: &str, count: usize, piece: impl Fn(usize) -> String) -> String {
    let mut text = start.to_owned();
    text.extend((0..count).map(piece));
    text
}

fn stages(count: usize) -> String {
    numbered(&format!("{PIPELINE}  stages:\n"), count, |i| {
        let before = i.saturating_sub(1);
        format!(
            "    - stage:\n        identifier: S{i}\n        type: Custom\n        spec:\n          execution:\n            \
             steps:\n              - step:\n                  identifier: a\n                  type: ShellScript\n                  \
             spec:\n                    source:\n                      spec:\n                        \
             script: echo <+pipeline.stages.S{before}.spec.execution.steps.a.output.outputVariables.x>\n"
        )
    })
}

fn steps(count: usize) -> String {
    let start = format!(
        "{PIPELINE}  stages:\n    - stage:\n        identifier: S\n        type: Custom\n        spec:\n          execution:\n            steps:\n"
    );
    numbered(&start, count, |i| {
        let before = i.saturating_sub(1);
        format!(
            "              - step:\n                  identifier: a{i}\n                  type: ShellScript\n                  \
             name: <+execution.steps.a{before}.output.outputVariables.x>\n"
        )
    })
}

/// A step with a script that grows, and as many reads of outputs that it does not declare.
fn outputs(count: usize) -> String {
    let start = format!(
        "{PIPELINE}  stages:\n    - stage:\n        identifier: S\n        type: CI\n        spec:\n          execution:\n            \
         steps:\n              - step:\n                  identifier: a\n                  type: Run\n                  spec:\n                    \
         command: |\n{}              - step:\n                  identifier: b\n                  type: Run\n                  spec:\n                    \
         envVariables:\n",
        "                      echo nothing is written for others to read\n".repeat(count)
    );
    numbered(&start, count, |i| {
        format!("                      e{i}: <+execution.steps.a.output.outputVariables.x{i}>\n")
    })
}

fn references(count: usize) -> String {
    numbered(
        &format!("{PIPELINE}  variables:\n    - name: one\n      type: String\n      value: x\n"),
        count,
        |i| {
            format!(
                "    - name: v{i}\n      type: String\n      value: <+pipeline.variables.one>\n"
            )
        },
    )
}
