//! The property that fuzzing and its replay in the tests check. Not part of the public interface.

use pipewright_jexl::Value;

use crate::limits::MAX_RENDERED_BYTES;
use crate::{Clock, Engine, MapContext, Mode, Profile, find_expressions, has_expressions};

/// The names of the values in the fuzzed context, apart from a map and a list that hold them as well.
const NAMES: [&str; 4] = ["a", "b", "c", "d"];

/// Evaluates, renders and resolves an arbitrary text in every profile and mode.
///
/// Parts of `data` between zero bytes are the text and the values of `a`, `b`, `c` and `d`, which may refer to each
/// other. Whatever they are, nothing panics, results stay within their limits, and the same input gives the same answer.
///
/// # Panics
/// When the property does not hold.
pub fn check_template(data: &[u8]) {
    let input = String::from_utf8_lossy(data);
    let mut parts = input.split('\0');
    let text = parts.next().unwrap_or_default();
    let json: serde_json::Map<String, serde_json::Value> = NAMES
        .iter()
        .zip(parts)
        .map(|(name, value)| ((*name).to_owned(), serde_json::Value::from(value)))
        .collect();
    for profile in Profile::ALL {
        for mode in Mode::ALL {
            let engine = Engine::new().profile(profile).mode(mode).clock(Clock::Run);
            check(&engine, text, &json);
        }
    }
}

fn check(engine: &Engine, text: &str, json: &serde_json::Map<String, serde_json::Value>) {
    let context = || {
        let mut names = json.clone();
        names.insert("m".to_owned(), json.clone().into());
        names.insert("l".to_owned(), json.values().cloned().collect());
        MapContext::from_json(&names.into()).expect("an object")
    };
    let first = engine
        .evaluate(text, &context())
        .map(|value| value.text().map_err(|failure| failure.kind()));
    let second = engine
        .evaluate(text, &context())
        .map(|value| value.text().map_err(|failure| failure.kind()));
    assert_eq!(first, second, "the same text gives the same value");
    let rendered = engine.render(text, &context());
    if let Ok(rendered) = &rendered {
        assert!(
            rendered.text.len() <= MAX_RENDERED_BYTES.max(text.len() * 10),
            "the limit holds"
        );
    }
    if !has_expressions(text) {
        assert_eq!(rendered.map(|rendered| rendered.text).as_deref(), Ok(text));
    }
    for expression in find_expressions(text) {
        assert!(
            has_expressions(&expression),
            "what was found is an expression"
        );
    }
    let object = Value::list(vec![Value::from(text)]);
    let resolved = engine.resolve(&object, &context());
    assert!(resolved.is_err() || !matches!(resolved, Ok(Value::Null)));
}
