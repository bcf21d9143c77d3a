//! The same predicates in `cel` and `rust-jexl3`.

use std::collections::HashMap;
use std::sync::Arc;

use rust_jexl3::{JexlBuilder, MapContext};

use crate::measure::Contest;
use crate::{Predicate, work};

/// Sets the values of [`crate::context`] in JEXL itself.
const SET_UP: &str =
    "a = {'b': {'c': 'prod'}}; x = 1; s = 'xyz'; list = ['a', 'b', 'c', ...]; null";

pub(crate) fn enter(predicate: &Predicate, compile: &mut Contest<'_>, evaluate: &mut Contest<'_>) {
    cel(predicate.cel, compile, evaluate);
    rust_jexl3(predicate.jexl, compile, evaluate);
}

fn cel(source: &'static str, compile: &mut Contest<'_>, evaluate: &mut Contest<'_>) {
    let program = cel::Program::compile(source).expect("cel compiles the predicates");
    let mut context = cel::Context::default();
    if let serde_json::Value::Object(members) = crate::context() {
        for (name, value) in &members {
            context.add_variable_from_value(name.as_str(), cel_value(value));
        }
    }
    program
        .execute(&context)
        .expect("cel evaluates the predicates");
    compile.enter("cel", work(|| cel::Program::compile(source)));
    evaluate.enter("cel", work(move || program.execute(&context).is_ok()));
}

/// The value as `cel` holds it natively.
fn cel_value(json: &serde_json::Value) -> cel::Value {
    use serde_json::Value;
    match json {
        Value::Null => cel::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(number) => number.as_i64().unwrap_or_default().into(),
        Value::String(text) => text.as_str().into(),
        Value::Array(items) => items.iter().map(cel_value).collect::<Vec<_>>().into(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), cel_value(value)))
            .collect::<HashMap<_, _>>()
            .into(),
    }
}

fn rust_jexl3(source: &'static str, compile: &mut Contest<'_>, evaluate: &mut Contest<'_>) {
    let engine = JexlBuilder::new().strict(true).create();
    let context = Arc::new(MapContext::new());
    engine
        .create_script(SET_UP)
        .and_then(|set_up| set_up.execute(context.clone()))
        .expect("rust-jexl3 keeps the context");
    let program = engine
        .create_expression(None, source)
        .expect("rust-jexl3 compiles the predicates");
    program
        .execute(context.clone())
        .expect("rust-jexl3 evaluates the predicates");
    compile.enter(
        "rust-jexl3",
        work(move || engine.create_expression(None, source).is_ok()),
    );
    evaluate.enter(
        "rust-jexl3",
        work(move || program.execute(context.clone()).is_ok()),
    );
}
