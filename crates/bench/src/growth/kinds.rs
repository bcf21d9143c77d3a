//! The kinds of input.

/// How a pipeline begins.
pub(super) const PIPELINE: &str =
    "pipeline:\n  identifier: p\n  projectIdentifier: p\n  orgIdentifier: o\n";

/// Texts of one kind, and the command that reads them from its standard input.
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) command: &'static str,
    /// The smallest size.
    pub(super) size: usize,
    pub(super) text: fn(usize) -> String,
}

/// All of them.
pub(super) const KINDS: &[Kind] = &[
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

pub(super) const fn kind(
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

/// A beginning, and a piece for each number below `count`.
pub(super) fn numbered(start: &str, count: usize, piece: impl Fn(usize) -> String) -> String {
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
