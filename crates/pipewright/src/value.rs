//! Values that expressions have.

use std::fmt;

use pipewright_context::Note;
use pipewright_jexl as jexl;

use crate::Error;

/// The value of an expression, as the engine has it.
#[derive(Clone, Debug)]
pub struct Value {
    inner: jexl::Value,
    reason: Option<String>,
    unknown: Option<Unknown>,
}

/// What only a run can tell. Displays as a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unknown {
    reason: String,
    needs: Vec<String>,
}

impl Unknown {
    pub(crate) fn new(unknown: &jexl::value::Unknown) -> Self {
        Self {
            reason: unknown.to_string(),
            needs: unknown.needs().map(str::to_owned).collect(),
        }
    }

    /// The names whose values would decide it, sorted: roots, paths below them, or fully qualified names.
    pub fn needs(&self) -> &[String] {
        &self.needs
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl Value {
    /// The same null for another reason.
    pub(crate) fn because(self, reason: Option<String>) -> Self {
        Self { reason, ..self }
    }

    pub(crate) fn new(value: jexl::Value, notes: &[Note]) -> Self {
        let unknown = match &value {
            jexl::Value::Unknown(unknown) => Some(Unknown::new(unknown)),
            _ => None,
        };
        let mut nulls = notes.iter().filter(|note| note.is_null());
        let reason = match &unknown {
            Some(unknown) => Some(unknown.reason.clone()),
            None if value.is_null() => nulls.next_back().map(ToString::to_string),
            None => None,
        };
        Self {
            inner: value,
            reason,
            unknown,
        }
    }

    /// The class, as `formats.md` names it: `null`, `Boolean`, `Integer`, `Long`, `Double`, `String`, `List`, `Map`, …,
    /// `Unknown`.
    pub fn kind(&self) -> &str {
        self.inner.type_name()
    }

    /// The value, if it is true or false.
    pub fn as_bool(&self) -> Option<bool> {
        match self.inner {
            jexl::Value::Boolean(value) => Some(value),
            _ => None,
        }
    }

    /// The value, if it is a whole number that fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.inner.as_i64()
    }

    /// The value, if it is a number.
    pub fn as_f64(&self) -> Option<f64> {
        if !self.inner.is_number() {
            return None;
        }
        self.inner.text().ok()?.to_str().parse().ok()
    }

    /// The value, if it is a text without lone surrogates.
    pub fn as_str(&self) -> Option<&str> {
        self.inner.as_string()?.as_str()
    }

    /// Whether it is null. [`Value::reason`] says why, where that is known.
    pub fn is_null(&self) -> bool {
        self.inner.is_null()
    }

    /// What only a run can tell.
    pub fn unknown(&self) -> Option<&Unknown> {
        self.unknown.as_ref()
    }

    /// The value as the engine has it, for those who know the engine.
    pub const fn as_engine_value(&self) -> &jexl::Value {
        &self.inner
    }

    /// Why it is null or unknown.
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// The value as JSON; big numbers, NaN and infinities are strings.
    ///
    /// # Errors
    /// `evaluation` for what is unknown or has members that are, `budget` for what is too large.
    pub fn to_json(&self) -> Result<serde_json::Value, Error> {
        let json = self.inner.to_json().map_err(|failure| match failure {
            jexl::Failure::Error { kind, message } => {
                Error::new(crate::error::kind_of(kind), message)
            }
            jexl::Failure::Unknown(unknown) => Error::new("evaluation", unknown.to_string()),
        })?;
        serde_json::to_value(json).map_err(|error| Error::new("evaluation", error.to_string()))
    }
}

/// The text as the engine renders it; of what is unknown the reason in angle brackets.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.inner.text() {
            Ok(text) => f.write_str(&text.to_str()),
            Err(_) => write!(f, "<unknown: {}>", self.reason.as_deref().unwrap_or("")),
        }
    }
}
