//! Paths, and what the `javax.xml.xpath` of a JDK 17 gives for them with a parser that knows no namespaces.
//!
//! A line of `data/xpath.jsonl` is a case: the `text` of the `path` in the `xml`, or null where the library throws.

use pipewright_engine::{Engine, ErrorKind, MapContext};

#[test]
fn paths_give_what_java_gives() {
    let engine = Engine::new();
    let mut wrong = Vec::new();
    for line in include_str!("data/xpath.jsonl").lines() {
        let case: serde_json::Value = serde_json::from_str(line).expect("a line is a case");
        let context = serde_json::json!({"case": case});
        let context = MapContext::from_json(&context).expect("an object");
        let found = match engine.evaluate("xml.select(case.path, case.xml)", &context) {
            Ok(value) => Some(value.text().expect("a text").to_string()),
            Err(error) if error.kind == ErrorKind::Hint => None,
            Err(error) => panic!("{line}: {error:?}"),
        };
        if found.as_deref() != case["text"].as_str() {
            wrong.push(format!("{line}\n  gives {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
