//! Typing mistakes keep nearly everything else readable: twelve mistakes on every line of a pipeline.

mod support;

use support::{check_invariants, parse};

const PIPELINE: &str = include_str!("data/pipeline.yaml");

/// A mistake: its name, and what becomes of the indentation, key and value of a line.
type Mistake = (&'static str, fn(&str, &str, &str) -> String);

const MISTAKES: [Mistake; 12] = [
    ("no colon", |indent, key, value| {
        format!("{indent}{key} {value}")
    }),
    ("no space", |indent, key, value| {
        format!("{indent}{key}:{value}")
    }),
    ("one blank more", |indent, key, value| {
        format!("{indent} {key}: {value}")
    }),
    ("one blank less", |indent, key, value| {
        format!("{}{key}: {value}", &indent[1..])
    }),
    ("tab", |_, key, value| format!("\t{key}: {value}")),
    ("double quote", |indent, key, value| {
        format!("{indent}{key}: \"{value}")
    }),
    ("single quote", |indent, key, value| {
        format!("{indent}{key}: '{value}")
    }),
    ("percent sign", |indent, key, value| {
        format!("{indent}{key}: %{value}")
    }),
    ("at sign", |indent, key, value| {
        format!("{indent}{key}: @{value}")
    }),
    ("bracket", |indent, key, value| {
        format!("{indent}{key}: [{value}")
    }),
    ("brace", |indent, key, value| {
        format!("{indent}{key}: {{{value}")
    }),
    ("unquoted colon", |indent, key, value| {
        format!("{indent}{key}: <+input>.default(\"x: {value}\")")
    }),
];

#[test]
fn one_mistake_costs_one_line() {
    let whole = parse(PIPELINE).scalars().count();
    let lines: Vec<&str> = PIPELINE.lines().collect();
    for (name, mistake) in MISTAKES {
        let mut kept = Vec::new();
        for (number, line) in lines.iter().enumerate() {
            let Some((indent, key, value)) = entry(line) else {
                continue;
            };
            let mut broken = lines.clone();
            let changed = mistake(indent, key, value);
            broken[number] = &changed;
            let text = broken.join("\n");
            let tree = parse(&text);
            check_invariants(&text, &tree);
            let scalars = tree.scalars().count();
            assert!(
                scalars * 100 >= whole * 85,
                "{name} on line {}: {scalars} of {whole}",
                number + 1
            );
            kept.push(scalars.min(whole));
        }
        let share = 100 * kept.iter().sum::<usize>() / (whole * kept.len());
        assert!(share >= 97, "{name}: {share} % of the scalars are kept");
    }
}

/// Takes an indented line `key: value` with an unquoted value apart.
fn entry(line: &str) -> Option<(&str, &str, &str)> {
    let written = line.trim_start();
    let indent = &line[..line.len() - written.len()];
    let (key, value) = written.split_once(": ")?;
    let simple = key.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && value.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '<');
    (simple && !indent.is_empty()).then_some((indent, key, value))
}
