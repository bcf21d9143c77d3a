//! Files changed by lines, as people change and mistype them.

use pipewright_syntax::fuzzing::{Bytes, Kind, Words, made_text};

/// The roots and names that made expressions read, as pipelines do.
const WORDS: Words<'static> = Words {
    variables: &[
        "pipeline",
        "stage",
        "step",
        "steps",
        "stepGroup",
        "execution",
        "env",
        "service",
        "infra",
        "artifact",
        "matrix",
        "strategy",
        "trigger",
        "codebase",
        "secrets",
        "json",
        "input",
        "Build",
        "release",
    ],
    members: &[
        "stages",
        "spec",
        "execution",
        "steps",
        "output",
        "outputVariables",
        "variables",
        "name",
        "identifier",
        "status",
        "Build",
        "Deploy",
        "S1",
        "x",
        "getParentStepGroup",
        "tags",
        "sequenceId",
        "iteration",
    ],
    methods: &[
        "contains",
        "split",
        "toLowerCase",
        "getValue",
        "select",
        "get",
        "substring",
    ],
    functions: &["isResolved", "toString"],
    texts: &["prod", "FAILED", "a,b", "$.a", "x"],
};

/// A text with one to three changes by lines. The same bytes change it in the same way.
pub fn mutate(text: &str, bytes: &mut Bytes<'_>) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    for _ in 0..=bytes.below(3) {
        change(&mut lines, bytes);
    }
    lines.join("\n")
}

fn change(lines: &mut Vec<String>, bytes: &mut Bytes<'_>) {
    let at = place(lines, bytes);
    let block = block(lines, at);
    match bytes.below(14) {
        0 => drop(lines.drain(at..block)),
        1 => {
            let copy: Vec<String> = lines[at..block].to_vec();
            let to = place(lines, bytes);
            lines.splice(to..to, copy);
        }
        2 => {
            let moved: Vec<String> = lines.drain(at..block).collect();
            let to = place(lines, bytes);
            lines.splice(to..to, moved);
        }
        3 => indent(&mut lines[at..block], bytes),
        4 => {
            let other = place(lines, bytes);
            lines.swap(at, other);
        }
        5 => drop(lines.remove(at)),
        6 => mistype(&mut lines[at], bytes),
        7 => {
            let other = place(lines, bytes);
            let value = value_of(&lines[other]).to_owned();
            set_value(&mut lines[at], &value);
        }
        8 => {
            let other = place(lines, bytes);
            let key = key_of(&lines[other]).to_owned();
            let value = value_of(&lines[at]).to_owned();
            lines[at] = format!("{key}: {value}");
        }
        9 => requote(&mut lines[at], bytes),
        10 => {
            let condition = made_text(Kind::Predicate, WORDS, bytes);
            set_value(&mut lines[at], &quoted(&condition));
        }
        _ => {
            let template = made_text(Kind::Template, WORDS, bytes);
            let before = value_of(&lines[at]).trim_matches(['"', '\'']).to_owned();
            set_value(&mut lines[at], &quoted(&format!("{before} {template}")));
        }
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
}

/// One of the lines; there is always one.
fn place(lines: &[String], bytes: &mut Bytes<'_>) -> usize {
    let number = usize::from(bytes.byte()) << 8 | usize::from(bytes.byte());
    number % lines.len().max(1)
}

/// Where the lines end that are indented deeper than the one at `at`.
fn block(lines: &[String], at: usize) -> usize {
    let depth = depth(&lines[at]);
    let deeper = |line: &String| line.trim().is_empty() || self::depth(line) > depth;
    at + 1
        + lines[at + 1..]
            .iter()
            .take_while(|line| deeper(line))
            .count()
}

fn depth(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn indent(lines: &mut [String], bytes: &mut Bytes<'_>) {
    let deeper = bytes.chance(128);
    for line in lines {
        *line = match line.strip_prefix("  ") {
            Some(rest) if !deeper => rest.to_owned(),
            _ => format!("  {line}"),
        };
    }
}

fn mistype(line: &mut String, bytes: &mut Bytes<'_>) {
    let typed = bytes.pick(&[
        "\t", ":", " #", "\"", "'", "{", "[", "<+", ">", "- ", "\r", "|", "&a ", "*a", "\u{feff}",
        "---",
    ]);
    let mut at = bytes.below(line.len() + 1);
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    line.insert_str(at, typed);
}

/// The line up to the colon behind its key.
fn key_of(line: &str) -> &str {
    line.split_once(": ")
        .map_or(line.trim_end_matches(':'), |(key, _)| key)
}

fn value_of(line: &str) -> &str {
    line.split_once(": ").map_or("", |(_, value)| value)
}

fn set_value(line: &mut String, value: &str) {
    *line = format!("{}: {value}", key_of(line));
}

fn quoted(text: &str) -> String {
    format!(
        "\"{}\"",
        text.replace('\\', "\\\\")
            .replace('"', "\\\"")
            .replace('\n', "\\n")
    )
}

/// The value of a line in another style.
fn requote(line: &mut String, bytes: &mut Bytes<'_>) {
    let value = value_of(line).trim_matches(['"', '\'']).to_owned();
    let value = match bytes.below(4) {
        0 => quoted(&value),
        1 => format!("'{}'", value.replace('\'', "''")),
        2 => format!("|-\n{}  {value}", " ".repeat(depth(line) + 4)),
        _ => value,
    };
    set_value(line, &value);
}
