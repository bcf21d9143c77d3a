//! Samples of the public documentation with the values they need, and what they give.
//!
//! Where the documentation is wrong, `documented` has what it says and `note` why it is not so.

use std::path::Path;

use pipewright_engine::{Clock, Engine, MapContext, Profile};
use serde_json::Value as Json;

#[test]
fn documented_samples_give_what_they_promise() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/documented/expressions.jsonl");
    let lines = std::fs::read_to_string(file).expect("the samples can be read");
    let mut wrong = Vec::new();
    for line in lines.lines() {
        let sample: Json = serde_json::from_str(line).expect("every line is a sample");
        let profile = sample["profile"].as_str().unwrap_or("concat");
        let profile: Profile = profile.parse().expect("a profile");
        let context = MapContext::from_json(&sample["context"]).expect("an object");
        let engine = Engine::new().profile(profile).clock(Clock::Run);
        let expression = sample["expr"].as_str().expect("a text");
        let found = engine
            .render(expression, &context)
            .map(|rendered| rendered.text);
        if found.as_deref().ok() != sample["result"].as_str() {
            wrong.push(format!("{line}\n    {found:?}"));
        }
        let documented = sample.get("documented");
        assert_eq!(documented.is_some(), sample.get("note").is_some(), "{line}");
        assert_ne!(documented, Some(&sample["result"]), "{line}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
