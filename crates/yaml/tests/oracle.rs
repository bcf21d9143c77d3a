//! A second parser reads the same values.

mod support;

use saphyr_parser::{Event, Parser};
use serde_json::Value;
use support::parse;

/// The scalars as `saphyr-parser` reads them; `None` where it refuses the text.
fn oracle(text: &str) -> Option<Vec<String>> {
    let mut values = Vec::new();
    for event in Parser::new_from_str(text) {
        if let (Event::Scalar(value, ..), span) = event.ok()? {
            // Both parsers say `~` for an absent value; this crate says nothing.
            let absent = span.start.index() == span.end.index() && value == "~";
            values.push(if absent {
                String::new()
            } else {
                value.into_owned()
            });
        }
    }
    Some(values)
}

const END_OF_FILE: &str =
    "a last line without a line break has none in its value, as on the server";

/// Cases on which the other parser is wrong or this crate follows the server's reading, each with the reason.
const DIFFERENT: [(&str, &str); 7] = [
    ("escapes", "it refuses a surrogate pair of escapes"),
    (
        "literal as a document",
        "it misses the document marker behind a scalar without indentation",
    ),
    (
        "literal at the end of the file without line break",
        END_OF_FILE,
    ),
    ("literal keep at the end without line break", END_OF_FILE),
    ("literal with one bracket at the end", END_OF_FILE),
    (
        "literal that ends with an indented empty line",
        "it takes blanks before the end of the file for a line",
    ),
    ("folded at the end without line break", END_OF_FILE),
];

#[test]
fn another_parser_reads_the_same() {
    let mut differing = Vec::new();
    for line in include_str!("data/scalars.jsonl").lines() {
        let case: Value = serde_json::from_str(line).expect("a JSON line");
        let name = case["name"].as_str().expect("a name");
        let yaml = case["yaml"].as_str().expect("a file");
        let tree = parse(yaml);
        let found: Vec<String> = tree
            .scalars()
            .map(|(_, scalar)| scalar.value.to_string())
            .collect();
        if oracle(yaml).as_ref() != Some(&found) {
            differing.push(name.to_owned());
        }
    }
    let expected: Vec<&str> = DIFFERENT.iter().map(|(name, _)| *name).collect();
    assert_eq!(differing, expected);
}
