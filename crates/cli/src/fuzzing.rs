//! What must hold for every stream of the line protocol, for the fuzz target `jsonl` and the tests. Not part of the
//! public interface.

use std::collections::BTreeMap;
use std::io::Cursor;

use pipewright_syntax::fuzzing::{Bytes, Kind, Words, made_text};
use serde_json::value::RawValue;
use serde_json::{Value as Json, json};

use crate::{Exit, Streams, Surroundings, run};

/// Gives `eval --jsonl` a stream: the bytes as they are, or lines made from them (see [`Bytes::makes_text`]).
/// Each line has one answer of one line, which is JSON and says whether it went well.
///
/// # Panics
/// If the property does not hold.
pub fn check_lines(data: &[u8]) {
    let lines = if Bytes::makes_text(data) {
        made_lines(&mut Bytes::new(data)).into_bytes()
    } else {
        data.to_vec()
    };
    let asked = lines.split_inclusive(|byte| *byte == b'\n').count();
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let exit = run(
        ["pipewright", "eval", "--jsonl"],
        &mut Streams {
            input: &mut Cursor::new(lines),
            output: &mut output,
            errors: &mut errors,
            surroundings: Surroundings::default(),
        },
    );
    assert_eq!(exit, Exit::Success);
    let answers = String::from_utf8(output).expect("answers are UTF-8");
    assert_eq!(answers.lines().count(), asked, "{answers}");
    for answer in answers.lines() {
        // An answer repeats the `id` of its line, whose number may be beyond a double.
        let read: BTreeMap<String, &RawValue> =
            serde_json::from_str(answer).unwrap_or_else(|error| panic!("{answer}: {error}"));
        let ok = read.get("ok").map(|ok| ok.get());
        assert!(matches!(ok, Some("true" | "false")), "{answer}");
    }
}

/// Up to six lines, one in sixteen with a byte that does not belong there.
fn made_lines(bytes: &mut Bytes<'_>) -> String {
    let count = 1 + bytes.below(6);
    let mut lines = String::new();
    for id in 0..count {
        let mut line = made_line(id, bytes).to_string();
        if bytes.chance(16) {
            let mut at = bytes.below(line.len());
            while !line.is_char_boundary(at) {
                at -= 1;
            }
            line.insert_str(at, bytes.pick(&["\"", "{", ",", "\\u12", "\u{0}", "1e999"]));
        }
        lines.push_str(&line);
        lines.push('\n');
    }
    lines
}

fn made_line(id: usize, bytes: &mut Bytes<'_>) -> Json {
    let op = bytes.pick(&[
        "evaluate", "render", "jexl", "resolve", "find", "findvars", "single", "no-such",
    ]);
    let kind = match op {
        "jexl" => Kind::Script,
        "evaluate" => Kind::Predicate,
        _ => Kind::Template,
    };
    let words = Words::default();
    let mode = match op {
        "jexl" => bytes.pick(&["script", "expression"]),
        _ => bytes.pick(&["null", "original", "throw", "other"]),
    };
    let flags = bytes.pick(&["", "concat", "script", "concat,script", "none-such"]);
    let expr = made_text(kind, words, bytes);
    let mut line = json!({"id": id, "op": op, "expr": expr, "mode": mode, "context": made_context(words, bytes)});
    if bytes.chance(64) {
        line["flags"] = flags.into();
    }
    if op == "resolve" {
        line["object"] = json!({"a": [expr, {"b": made_text(Kind::Template, words, bytes)}]});
    }
    line
}

fn made_context(words: Words<'_>, bytes: &mut Bytes<'_>) -> Json {
    let value = |bytes: &mut Bytes<'_>| match bytes.below(6) {
        0 => json!(bytes.byte()),
        1 => json!([1, "x", null, {"a": true}]),
        2 => json!({"a": {"b": "x"}, "key": 1.5}),
        3 => json!(made_text(Kind::Template, words, bytes)),
        4 => json!({"$ref": "none"}),
        _ => json!("x"),
    };
    let names = ["a", "b", "c", "m", "l"];
    names
        .iter()
        .map(|name| ((*name).to_owned(), value(bytes)))
        .collect()
}
