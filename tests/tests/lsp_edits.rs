//! The language server over ten thousand edits of a project of four files: what it tells in the end is what a fresh
//! check tells, and it does not grow.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use pipewright_syntax::fuzzing::{Bytes, scattered};
use pipewright_tests::client::{Client, folder};
use pipewright_tests::{Session, files};
use serde_json::{Value, json};

const EDITS: u64 = 10_000;

/// So many edits come before the next question.
const BURST: u64 = 20;

/// What is written into a file.
const PIECES: [&str; 16] = [
    "",
    " ",
    "\n",
    "\r\n",
    "<+",
    ">",
    "<+pipeline.variables.tag>",
    "😀",
    "é",
    "}",
    "- ",
    "a: b",
    ":",
    "\t",
    "\"",
    "#",
];

/// One edit: the change as the protocol has it, and the text after it.
fn edit(text: &str, bytes: &mut Bytes<'_>) -> (Value, String) {
    let boundary = |wanted: usize| {
        (0..=wanted.min(text.len()))
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap()
    };
    // The protocol has no position inside of a line break.
    let outside = |at: usize| {
        if text[..at].ends_with('\r') && text[at..].starts_with('\n') {
            at - 1
        } else {
            at
        }
    };
    let start = outside(boundary(bytes.below(text.len() + 1)));
    let end = if bytes.chance(128) {
        start
    } else {
        outside(boundary(start + bytes.below(12))).max(start)
    };
    let new = bytes.pick(&PIECES);
    let position = |at: usize| {
        let before = &text[..at];
        // A lone `\r` ends a line, too.
        let before = before.replace("\r\n", "\n").replace('\r', "\n");
        let line = before.matches('\n').count();
        json!({ "line": line, "character": before.rsplit('\n').next().unwrap().encode_utf16().count() })
    };
    let change =
        json!({ "range": { "start": position(start), "end": position(end) }, "text": new });
    (change, format!("{}{new}{}", &text[..start], &text[end..]))
}

/// The resident memory of this process in KiB, where the system tells it.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn ten_thousand_edits_tell_what_a_fresh_check_tells() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/edits");
    let originals: Vec<(String, String)> = files::texts_below(&data, &["yaml"])
        .unwrap()
        .into_iter()
        .map(|(path, text)| {
            (
                path.strip_prefix(&data)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned(),
                text,
            )
        })
        .collect();
    assert_eq!(originals.len(), 4);
    let named: Vec<(&str, &str)> = originals
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let (_kept, root) = folder(&named);
    let mut client = Client::started(&[&root], json!({}));
    let mut texts: Vec<(String, String)> = named
        .iter()
        .map(|(name, text)| (client.open(&root.join(name), text), (*text).to_owned()))
        .collect();
    let mut early = None;
    for number in 0..EDITS {
        let decisions = scattered(number);
        let mut bytes = Bytes::new(&decisions);
        let at = bytes.below(4);
        let (uri, text) = &mut texts[at];
        if bytes.chance(6) {
            text.clone_from(&originals[at].1);
            client.replace(uri, text);
        } else {
            let (change, new) = edit(text, &mut bytes);
            client.change(uri, &json!([change]));
            *text = new;
        }
        if number % BURST == BURST - 1 {
            // What was told meanwhile is read, so that neither waits for the other.
            client.diagnostics(uri);
        }
        if number == EDITS / 4 {
            early = resident();
        }
    }
    let told: BTreeMap<String, Vec<Value>> = texts
        .iter()
        .map(|(uri, _)| (uri.clone(), client.diagnostics(uri)))
        .collect();
    if let (Some(early), Some(late)) = (early, resident()) {
        assert!(
            late < early + 16 * 1024,
            "{early} KiB after a quarter, {late} KiB in the end"
        );
    }
    client.end();

    let mut fresh = Client::started(&[&root], json!({}));
    for (uri, text) in &texts {
        fresh.open_uri(uri, text);
    }
    for (uri, diagnostics) in &told {
        assert_eq!(fresh.diagnostics(uri), *diagnostics, "{uri}");
    }
    fresh.end();

    for ((name, _), (_, text)) in named.iter().zip(&texts) {
        std::fs::write(root.join(name), text).unwrap();
    }
    let answer = Session::default().run(&root, &["check", "--format", "json"]);
    let report: Value = serde_json::from_str(&answer.stdout).unwrap();
    let text = |of: &Value| of.as_str().unwrap().lines().next().unwrap().to_owned();
    let checked: BTreeSet<[String; 3]> = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|of| [text(&of["file"]), text(&of["rule"]), text(&of["message"])])
        .collect();
    let mut served = BTreeSet::new();
    for ((name, _), (uri, _)) in named.iter().zip(&texts) {
        let of_file = told[uri].iter();
        served.extend(
            of_file.map(|of| [(*name).to_owned(), text(&of["code"]), text(&of["message"])]),
        );
    }
    assert_eq!(served, checked);
    assert!(!checked.is_empty(), "the edited files have mistakes");
}
