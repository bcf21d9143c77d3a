//! What is known of a value, in words.

use pipewright_analysis::SiteValue;
use pipewright_jexl::Value;

/// The longest value that is shown, in characters.
const MOST_SHOWN: usize = 500;

/// What is known of a value.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Known {
    /// It is the same in every run.
    Value(String),
    /// Only a run can tell; why.
    Unknown(String),
    /// There is none; the engine's error.
    Error(String),
}

/// `None` where the value is null only because nothing is given.
pub(crate) fn known(value: SiteValue) -> Option<Known> {
    match value.value {
        Ok(Value::Unknown(unknown)) => Some(Known::Unknown(unknown.to_string())),
        Ok(Value::Map(_) | Value::Object(_)) => None,
        Ok(Value::Null) => Some(Known::Value("null".to_owned())),
        Ok(value) => {
            let text = value.text().ok()?.to_string();
            let shown: String = text.chars().take(MOST_SHOWN).collect();
            let rest = if shown.len() < text.len() { "…" } else { "" };
            Some(Known::Value(shown + rest))
        }
        Err(error) => Some(Known::Error(error.message)),
    }
}
