//! The pairs of the official converter's own tests.

use pipewright_resolve::conversion::{Converter, Delimiters, Place};
use serde_json::Value;

fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_str)
}

fn place(context: &Value) -> Place {
    let mut place = Place::default();
    place.full_paths = context["fullPaths"].as_bool().unwrap_or(false);
    // `stepType` is the type whatever the path names: no step is known, and the text stands in one of that type.
    let step_type = text(context, "currentStepType").or(text(context, "stepType"));
    place.step_type = step_type.map(str::to_owned);
    place.step = text(context, "currentStep").map(str::to_owned);
    let stage_of_step = place
        .step
        .as_deref()
        .and_then(|step| step.split('.').nth(2));
    let stage = text(context, "currentStage").or(stage_of_step);
    place.stage = stage.map(str::to_owned);
    place
}

fn converted(pair: &Value) -> String {
    let context = &pair["context"];
    let steps = context["steps"].as_object().into_iter().flatten();
    let steps = steps.filter_map(|(path, step_type)| Some((path.as_str(), step_type.as_str()?)));
    let converter = Converter::of_steps(steps);
    let before = text(pair, "before").unwrap_or_default();
    let delimiters = match text(pair, "delimiters") {
        Some("newest") => Delimiters::Newest,
        _ => Delimiters::Unchanged,
    };
    let result = match text(pair, "form") {
        Some("path") => converter.convert_path(before, &place(context)),
        _ => converter.convert(before, &place(context), delimiters),
    };
    result.applied(before)
}

#[test]
fn the_pairs_of_the_official_converter_hold() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/data/v1/pairs.jsonl"
    );
    let pairs = std::fs::read_to_string(file).unwrap();
    let pairs: Vec<Value> = pairs
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let wrong: Vec<String> = pairs
        .iter()
        .filter(|pair| text(pair, "after") != Some(converted(pair).as_str()))
        .map(|pair| format!("{pair}\n  ours: {}", converted(pair)))
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(pairs.len(), 371);
}

#[test]
fn many_islands_take_their_time_once() {
    let converter = Converter::default();
    for text in [
        "<+".repeat(200_000),
        "<+a.b> ".repeat(100_000),
        format!("<+{}>", "<+a>.b ".repeat(100_000)),
    ] {
        let result = converter.convert(&text, &Place::default(), Delimiters::Newest);
        assert_eq!(
            result.applied(&text).contains("${{a.b}}"),
            text.starts_with("<+a.b>")
        );
    }
}
