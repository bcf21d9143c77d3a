//! The engine of a pipeline run, and settings as it resolves them.

use pipewright_engine::{Context, Engine, Error, PIPELINE_PREFIXES};
use pipewright_jexl::Value;

/// An engine that searches names as a pipeline run does (`spec/engine.md` §3.1). Set profile and mode as needed.
pub fn engine() -> Engine {
    Engine::new().prefixes(PIPELINE_PREFIXES.iter().copied())
}

/// What the text of a setting comes to: the value, where it is a single expression, else the text with its expressions
/// replaced.
///
/// # Errors
/// Those of the engine.
pub fn setting_value(engine: &Engine, text: &str, names: &dyn Context) -> Result<Value, Error> {
    if engine.is_single_expression(text) {
        return engine.evaluate(text, names);
    }
    let rendered = engine.render(text, names)?;
    Ok(rendered.into_value())
}
