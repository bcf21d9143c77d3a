//! Texts of JSON and XML that are given to functors again and again.

use pipewright_engine::{Engine, ErrorKind, MapContext, Profile};

/// An engine that runs scripts, and a context with `given.json` and `given.xml`, both long enough to be kept.
fn kept() -> (Engine, MapContext) {
    let blank = " ".repeat(2000);
    let json = format!(r#"{blank}{{"a":{{"b":[1,{{"c":2}}]}},"s":"x"}}"#);
    let xml = format!("<r><a>1</a>{blank}</r>");
    let context = serde_json::json!({"given": {"json": json, "xml": xml}});
    let context = MapContext::from_json(&context).expect("an object");
    (Engine::new().profile(Profile::V2), context)
}

fn text((engine, context): &(Engine, MapContext), expression: &str) -> String {
    let value = engine.evaluate(expression, context);
    let value = value.unwrap_or_else(|error| panic!("{expression}: {error:?}"));
    value.text().expect("a text").to_string()
}

#[test]
fn what_a_script_does_to_an_answer_is_not_in_the_next() {
    let kept = kept();
    let table = [
        ("json.object(<+given.json>)", "put('s', 'y')"),
        ("json.object(<+given.json>)", "a.put('b', 'y')"),
        ("json.object(<+given.json>)", "a.b[1].put('c', 'y')"),
        ("json.select('$', <+given.json>)", "clear()"),
        ("json.select('$.a.b', <+given.json>)", "add('y')"),
        (
            "json.list('$..b', <+given.json>)",
            "get(0).get(1).put('c', 'y')",
        ),
    ];
    for (expression, change) in table {
        let before = text(&kept, expression);
        let script = format!("<+var o = {expression}; o.{change}; o>");
        assert_ne!(text(&kept, &script), before, "{script}");
        assert_eq!(
            text(&kept, expression),
            before,
            "{expression} after {change}"
        );
    }
}

#[test]
fn what_a_path_finds_twice_in_one_answer_is_one_thing() {
    let script = "<+var l = json.list('$..[?(@.b || @.c)]', <+given.json>); l.get(0).b[1].put('c', 'y'); l.get(1).c>";
    assert_eq!(text(&kept(), script), "y");
}

#[test]
fn a_text_that_is_asked_again_is_not_charged_again() {
    let long = format!(r#"{{"a":1,"t":"{}"}}"#, "x".repeat(1_000_000));
    let xml = format!("<r><a>1</a>{}</r>", "x".repeat(1_000_000));
    let context = serde_json::json!({"given": {"json": long, "xml": xml}});
    let context = MapContext::from_json(&context).expect("an object");
    let kept = (Engine::new().profile(Profile::V2), context);
    for select in [
        "json.select('a', <+given.json>)",
        "xml.select('/r/a', <+given.xml>)",
    ] {
        let script = format!(
            "<+var j = <+given.json>; var x = <+given.xml>; var n = 0; for (i : 1..1000) {{ n = n + {select} }} n>"
        );
        assert_ne!(text(&kept, &script), "");
    }
}

#[test]
fn the_memory_of_answers_is_paid_for() {
    let many = format!("[{}1]", "1,".repeat(100_000));
    let context =
        MapContext::from_json(&serde_json::json!({"given": {"json": many}})).expect("an object");
    let engine = Engine::new().profile(Profile::V2);
    let script = "<+var l = json.list('$', '[]'); for (i : 1..1000) { l.add(json.select('$', <+given.json>)) } l.size()>";
    let error = engine.evaluate(script, &context).expect_err("a limit");
    assert_eq!(error.kind, ErrorKind::Limit);
    let one = text(&(engine, context), "json.select('$[7]', <+given.json>)");
    assert_eq!(one, "1");
}
