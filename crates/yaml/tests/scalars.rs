//! Every scalar of many small files: its value, the bytes it was written in, and the pieces its text came from.
//!
//! A line of `data/scalars.jsonl` is a case. A scalar is `[value, written, pieces]`; what equals the part before it is
//! left out.

mod support;

use pipewright_source::TextRange;
use serde_json::Value;
use support::{check_invariants, parse};

#[test]
fn every_scalar_knows_its_bytes() {
    let mut count = 0;
    for line in include_str!("data/scalars.jsonl").lines() {
        let case: Value = serde_json::from_str(line).expect("a JSON line");
        let name = case["name"].as_str().expect("a name");
        let yaml = case["yaml"].as_str().expect("a file");
        let tree = parse(yaml);
        assert!(tree.problems().is_empty(), "{name}: {:?}", tree.problems());
        check_invariants(yaml, &tree);
        let mut maps = tree.scalars().map(|(_, scalar)| &scalar.map);
        assert!(
            maps.all(|map| !map.is_whole()),
            "{name}: the way back is lost"
        );

        let found: Vec<Scalar> = tree
            .scalars()
            .map(|(id, scalar)| {
                let whole = TextRange::of(0, scalar.value.len());
                let pieces = tree.ranges_of(id, whole);
                Scalar {
                    value: scalar.value.to_string(),
                    written: tree.span(id).range.slice(yaml).to_owned(),
                    pieces: pieces
                        .iter()
                        .map(|piece| piece.range.slice(yaml).to_owned())
                        .collect(),
                }
            })
            .collect();
        let expected = case["scalars"].as_array().expect("scalars");
        let expected: Vec<Scalar> = expected.iter().map(Scalar::expected).collect();
        assert_eq!(found, expected, "{name}");
        count += 1;
    }
    assert!(count >= 80, "only {count} cases were read");
}

#[derive(PartialEq, Debug)]
struct Scalar {
    value: String,
    written: String,
    pieces: Vec<String>,
}

impl Scalar {
    fn expected(case: &Value) -> Self {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let value = text(&case[0]).expect("a value");
        let written = text(&case[1]).unwrap_or_else(|| value.clone());
        let pieces = match case[2].as_array() {
            Some(pieces) => pieces.iter().filter_map(text).collect(),
            None => vec![value.clone()],
        };
        Self {
            value,
            written,
            pieces,
        }
    }
}
