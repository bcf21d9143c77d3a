//! Hostile and large texts end, at a limit that says so or with an answer.

use pipewright_engine::limits::{MAX_DEPTH, MAX_RENDERED_BYTES};
use pipewright_engine::{Engine, Error, MapContext, Mode, Profile, Value};
use pipewright_jexl::ErrorKind;
use pipewright_jexl::value::JavaString;
use serde_json::{Map, Value as Json, json};

fn context(json: &Json) -> MapContext {
    MapContext::from_json(json).expect("an object")
}

fn kind<T>(result: Result<T, Error>) -> ErrorKind {
    result.err().expect("an error").kind
}

#[test]
fn references_that_lead_to_each_other_are_an_error_in_every_mode() {
    let context = context(&json!({"a": "<+b>", "b": "<+a>", "c": "x<+c>", "m": {"k": "<+m>"}}));
    for mode in Mode::ALL {
        let engine = Engine::new().mode(mode);
        for text in ["<+a>", "<+c>", "<+m>", "<+<+a> + <+m>>"] {
            assert_eq!(
                kind(engine.render(text, &context)),
                ErrorKind::Evaluation,
                "{text}"
            );
            assert_eq!(
                kind(engine.evaluate(text, &context)),
                ErrorKind::Evaluation,
                "{text}"
            );
        }
    }
}

#[test]
fn the_budget_of_indirections_is_that_of_harness() {
    let chain = |length: u32| {
        let mut names: Map<String, Json> = (1..length)
            .map(|n| (format!("v{n}"), format!("<+v{}>", n + 1).into()))
            .collect();
        names.insert(format!("v{length}"), "end".into());
        context(&names.into())
    };
    let engine = Engine::new();
    let longest = MAX_DEPTH / 2;
    assert_eq!(
        engine
            .evaluate("<+v1>", &chain(longest))
            .unwrap()
            .text()
            .unwrap(),
        "end"
    );
    assert_eq!(
        kind(engine.evaluate("<+v1>", &chain(longest + 1))),
        ErrorKind::Evaluation
    );
    assert_eq!(
        engine.render("<+v1>", &chain(longest + 1)).unwrap().text,
        "end"
    );
    assert_eq!(
        kind(engine.render("<+v1>", &chain(longest + 2))),
        ErrorKind::Evaluation
    );
}

#[test]
fn values_that_grow_exponentially_end_at_a_limit() {
    let names: Map<String, Json> = (0..7)
        .map(|n| (format!("v{n}"), format!("<+v{}>-", n + 1).repeat(40).into()))
        .chain([("v7".to_owned(), "end".into())])
        .collect();
    let context = context(&names.into());
    for profile in [Profile::Concat, Profile::V2] {
        let engine = Engine::new().profile(profile);
        assert_eq!(kind(engine.render("<+v0>", &context)), ErrorKind::Limit);
    }
}

#[test]
fn a_text_that_grows_too_long_ends_at_a_limit() {
    let context = context(&json!({"big": "x".repeat(4 << 20)}));
    let many = "<+big>".repeat(MAX_RENDERED_BYTES / (4 << 20) + 2);
    assert_eq!(
        kind(Engine::new().render(many.as_str(), &context)),
        ErrorKind::Limit
    );
}

#[test]
fn long_scripts_are_stopped_together() {
    let engine = Engine::new().profile(Profile::V2);
    let names = context(&json!({}));
    assert_eq!(
        kind(engine.render("<+while (true) {}>", &names)),
        ErrorKind::Limit
    );
    let long = "<+for (i : 1..20000) { i }>";
    assert!(engine.render(long, &names).is_ok());
    assert_eq!(
        kind(engine.render(long.repeat(1000).as_str(), &names)),
        ErrorKind::Limit
    );
}

#[test]
fn deep_nesting_is_an_error_and_no_overflow() {
    let engine = Engine::new();
    let deep = format!("{}a{}", "<+".repeat(50_000), ">".repeat(50_000));
    assert_eq!(
        kind(engine.render(deep.as_str(), &context(&json!({"a": 1})))),
        ErrorKind::Evaluation
    );
    let open = "<+".repeat(500_000);
    assert_eq!(
        engine
            .render(open.as_str(), &context(&json!({})))
            .unwrap()
            .text,
        open
    );
}

#[test]
fn a_long_script_is_rendered_as_a_whole() {
    let line = format!("echo <+pipeline.name> {}\n", "x".repeat(180));
    let script = line.repeat(5_000);
    let context = context(&json!({"pipeline": {"name": "Deploy"}}));
    let rendered = Engine::new().render(script.as_str(), &context).unwrap();
    assert_eq!(
        rendered.text,
        line.replace("<+pipeline.name>", "Deploy").repeat(5_000)
    );
    let value = Engine::new().evaluate(script.as_str(), &context).unwrap();
    assert_eq!(
        value.as_string().map(JavaString::len),
        Some(rendered.text.len())
    );
}

#[test]
fn brackets_that_never_close_cost_no_more_than_others() {
    let engine = Engine::new().profile(Profile::V2);
    for text in ["{f(".to_owned() + &"f(".repeat(60), "{[(".repeat(30)] {
        let error = engine.evaluate(text.as_str(), &context(&json!({})));
        assert_eq!(kind(error), ErrorKind::Hint, "{text}");
    }
}

#[test]
fn texts_made_of_many_islands_share_one_budget_of_memory() {
    let context = context(&json!({"big": "x".repeat(100_000)}));
    let many = Value::list(vec!["<+big>".into(); 5_000]);
    assert_eq!(
        kind(Engine::new().resolve(&many, &context)),
        ErrorKind::Limit
    );
    let few = Value::list(vec!["<+big>".into(); 500]);
    assert!(Engine::new().resolve(&few, &context).is_ok());
}

#[test]
fn functors_are_charged_by_what_they_read_and_make() {
    let names = context(&json!({"list": vec![1; 10_000], "text": "x".repeat(100_000)}));
    let engine = Engine::new().profile(Profile::V2);
    for text in [
        "<+for (i : 1..20000) { json.format(list) }>",
        "<+for (i : 1..20000) { shell.quote(text) }>",
        "<+for (i : 1..20000) { secrets.getValue(text) }>",
        "<+shell.escapeChars(text, 'a'.repeat(1000000))>",
        "<+shell.enclose('x'.repeat(8000000), text)>",
        "<+json.select('$.l[?(7 in $.l)]', '{\"l\":[' + '1,2,3,'.repeat(20000) + '4]}')>",
    ] {
        assert_eq!(
            kind(engine.evaluate(text, &names)),
            ErrorKind::Limit,
            "{text}"
        );
    }
}
