//! The property that fuzzing and its replay in the tests check. Not part of the public interface.

use pipewright_jexl::json::Object;
use pipewright_jexl::{Json, Value, methods};
use pipewright_syntax::fuzzing::{Bytes, Kind, Words, made_text};

use crate::limits::MAX_RENDERED_BYTES;
use crate::{Clock, Engine, MapContext, Mode, Profile, find_expressions, has_expressions};

/// The names that made texts read: those of the context, and some that the engine itself knows.
const NAMES_OF_MADE: [&str; 14] = [
    "a", "b", "c", "d", "m", "l", "json", "xml", "regex", "secrets", "datetime", "Always",
    "artifact", "nowhere",
];

/// The names of the values in the fuzzed context, apart from a map and a list that hold them as well.
const NAMES: [&str; 4] = ["a", "b", "c", "d"];

/// Evaluates, renders and resolves an arbitrary text in every profile and mode.
///
/// A first byte below 0x20 or from 0x80 on chooses one profile and mode, and the rest makes the text and the values.
/// Else parts of `data` between zero bytes are the text and the values of `a`, `b`, `c` and `d`, which may refer to
/// each other. Whatever they are, nothing panics, results stay within their limits, and the same input gives the same
/// answer.
///
/// # Panics
/// When the property does not hold.
pub fn check_template(data: &[u8]) {
    if Bytes::makes_text(data) {
        return check_made_template(data);
    }
    let input = String::from_utf8_lossy(data);
    let mut parts = input.split('\0');
    let text = parts.next().unwrap_or_default();
    let json: Object = NAMES
        .iter()
        .zip(parts)
        .map(|(name, value)| ((*name).to_owned(), Json::from(value)))
        .collect();
    for profile in Profile::ALL {
        for mode in Mode::ALL {
            check(&engine(profile, mode), text, &json);
        }
    }
}

fn engine(profile: Profile, mode: Mode) -> Engine {
    Engine::new().profile(profile).mode(mode).clock(Clock::Run)
}

/// A text made from the bytes, whose names hold texts made from them as well.
fn check_made_template(data: &[u8]) {
    const KINDS: [Kind; 4] = [
        Kind::Template,
        Kind::Predicate,
        Kind::Script,
        Kind::Expression,
    ];
    let names: Vec<&str> = methods::table().map(|method| method.name).collect();
    let words = Words {
        variables: &NAMES_OF_MADE,
        methods: &names,
        ..Words::default()
    };
    let mut bytes = Bytes::new(data);
    let choice = usize::from(bytes.byte());
    let profile = Profile::ALL[choice % Profile::ALL.len()];
    let mode = Mode::ALL[choice / Profile::ALL.len() % Mode::ALL.len()];
    let text = made_text(KINDS[bytes.below(KINDS.len())], words, &mut bytes);
    let value = |name: &&str| {
        let value = if bytes.chance(128) {
            made_text(Kind::Template, words, &mut bytes)
        } else {
            bytes
                .pick(&[
                    "1",
                    "true",
                    "x",
                    "",
                    "a,b",
                    "{\"a\":[1,{\"b\":2}]}",
                    "<r><i>1</i></r>",
                ])
                .to_owned()
        };
        ((*name).to_owned(), value.into())
    };
    let json = NAMES.iter().map(value).collect();
    check(&engine(profile, mode), &text, &json);
}

fn check(engine: &Engine, text: &str, json: &Object) {
    let context = || {
        let mut names = json.clone();
        names.insert("m".to_owned(), Json::Object(json.clone()));
        names.insert("l".to_owned(), json.values().cloned().collect());
        MapContext::from_json(&Json::Object(names)).expect("an object")
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
