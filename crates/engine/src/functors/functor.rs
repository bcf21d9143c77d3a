//! What a functor is: its row in the table, and what it knows of the world.

use std::sync::Arc;

use jiff::Timestamp;
use pipewright_jexl::{OpResult, Value};

use crate::clock::Clock;
use crate::documents::Documents;
use crate::functors::date::Date;

/// One function of a functor root.
#[derive(Debug)]
pub struct Functor {
    /// The root it belongs to, such as `json`.
    pub root: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub parameters: &'static [Parameter],
    /// The type of what it gives.
    pub result: &'static str,
    /// One sentence on what it does.
    pub doc: &'static str,
    /// Computes it. The arguments fit `parameters`.
    pub(crate) call: fn(&Host, &[Value]) -> OpResult,
}

impl Functor {
    /// How it is written: `regex.replace(pattern: String, replacement: String, source: String) → String`.
    pub fn signature(&self) -> String {
        let parameters: Vec<String> = self
            .parameters
            .iter()
            .map(|parameter| format!("{}: {}", parameter.name, parameter.kind.name()))
            .collect();
        format!(
            "{}.{}({}) → {}",
            self.root,
            self.name,
            parameters.join(", "),
            self.result
        )
    }

    /// A value of the class that it gives, whatever it is called with; `None` where that may be one of several.
    pub fn example(&self) -> Option<Value> {
        match self.result {
            "String" => Some(Value::from("")),
            "Boolean" => Some(Value::Boolean(true)),
            "Map" => Some(Value::map([])),
            "Date" => {
                let is_timed = self.name == "currentTime";
                Some(Value::object(Date::new(Timestamp::UNIX_EPOCH, is_timed)))
            }
            _ => None,
        }
    }

    /// Whether it takes these arguments. Null and what is unknown fit every parameter.
    pub fn takes(&self, arguments: &[Value]) -> bool {
        arguments.len() == self.parameters.len()
            && self
                .parameters
                .iter()
                .zip(arguments)
                .all(|(parameter, argument)| parameter.kind.takes(argument))
    }
}

/// A parameter of a functor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub kind: ParameterKind,
}

/// What a parameter takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ParameterKind {
    /// A string.
    Text,
    /// A string with JSON or XML, which is taken apart and kept.
    Document,
    /// The same, or a map.
    DocumentOrMap,
    /// Anything.
    Any,
}

impl ParameterKind {
    /// The name of the type.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text | Self::Document => "String",
            Self::DocumentOrMap => "String or Map",
            Self::Any => "Object",
        }
    }

    const fn takes(self, value: &Value) -> bool {
        match self {
            Self::Any => true,
            Self::Text | Self::Document => {
                matches!(value, Value::String(_) | Value::Null | Value::Unknown(_))
            }
            Self::DocumentOrMap => {
                matches!(
                    value,
                    Value::String(_) | Value::Map(_) | Value::Null | Value::Unknown(_)
                )
            }
        }
    }
}

/// Which functors an engine has.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[non_exhaustive]
pub enum FunctorSet {
    /// Every root of a pipeline run; those that need a platform are unknown values.
    #[default]
    Pipeline,
    /// `json`, `xml`, `regex` and `datetime` only.
    Base,
    /// The same with the older `json`, which HTTP steps, approvals and triggers use: `select` gives texts only.
    Older,
}

impl FunctorSet {
    /// Whether it has a root of this name.
    pub(crate) fn has(self, root: &str) -> bool {
        self == Self::Pipeline || ["json", "xml", "regex", "datetime"].contains(&root)
    }
}

/// What functors know about the world.
#[derive(Clone, Debug, Default)]
pub(crate) struct Host {
    pub(crate) clock: Clock,
    pub(crate) set: FunctorSet,
    /// The number in the placeholder of a secret.
    pub(crate) secret_token: i64,
    /// The texts of JSON and XML that were taken apart.
    pub(crate) documents: Arc<Documents>,
}
