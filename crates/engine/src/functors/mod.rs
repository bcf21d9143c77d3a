//! Functors: the roots of an expression that are not data but functions, such as `json` and `regex` (`spec/engine.md` §5).
//!
//! One table holds every function: evaluation, checking, completion and the reference page read the same row.

mod arguments;
mod date;
mod json;
mod platform;
mod regex;
mod shell;
mod table;

use std::any::Any;
use std::sync::Arc;

use pipewright_jexl::value::{JavaString, Object, Unknown};
use pipewright_jexl::{ErrorKind, Failure, OpResult, Value};

use crate::clock::Clock;

pub use platform::{PLATFORM_ROOTS, PlatformRoot};
pub use table::FUNCTORS;

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

    /// Whether it takes these arguments. Null fits every parameter, as in Java.
    fn takes(&self, arguments: &[Value]) -> bool {
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
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub kind: ParameterKind,
}

/// What a parameter takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParameterKind {
    /// A string.
    Text,
    /// A string or a map.
    TextOrMap,
    /// Anything.
    Any,
}

impl ParameterKind {
    /// The name of the type.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "String",
            Self::TextOrMap => "String or Map",
            Self::Any => "Object",
        }
    }

    const fn takes(self, value: &Value) -> bool {
        match self {
            Self::Any => true,
            Self::Text => matches!(value, Value::String(_) | Value::Null | Value::Unknown(_)),
            Self::TextOrMap => {
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
    /// Whether the root is one of those every evaluator has.
    fn has_base(root: &str) -> bool {
        ["json", "xml", "regex", "datetime"].contains(&root)
    }

    /// The value of a functor root; `None` if this set has none of this name.
    pub(crate) fn root(self, name: &str, host: &Arc<Host>) -> Option<Value> {
        if self != Self::Pipeline && !Self::has_base(name) {
            return None;
        }
        if let Some(platform) = PLATFORM_ROOTS.iter().find(|root| root.name == name) {
            return Some(Value::Unknown(platform.unknown()));
        }
        let functor = FUNCTORS.iter().find(|functor| functor.root == name)?;
        Some(Value::object(Root {
            name: functor.root,
            host: Arc::clone(host),
        }))
    }
}

/// What functors know about the world.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Host {
    pub(crate) clock: Clock,
    pub(crate) set: FunctorSet,
    /// The number in the placeholder of a secret.
    pub(crate) secret_token: i64,
}

/// A functor root as JEXL sees it.
#[derive(Debug)]
struct Root {
    name: &'static str,
    host: Arc<Host>,
}

impl Object for Root {
    fn type_name(&self) -> &'static str {
        self.name
    }

    fn text(&self) -> OpResult<JavaString> {
        Ok(format!("functor {}", self.name).into())
    }

    fn call(&self, method: &str, arguments: &[Value]) -> OpResult<Option<Value>> {
        let Some(functor) = FUNCTORS.iter().find(|functor| {
            functor.root == self.name && functor.name == method && functor.takes(arguments)
        }) else {
            return Ok(None);
        };
        if let Some(unknown) = Unknown::among(arguments) {
            return Err(Failure::Unknown(unknown));
        }
        arguments::charge(arguments)?;
        let result = (functor.call)(&self.host, arguments).map_err(thrown)?;
        arguments::charge_result(&result)?;
        Ok(Some(result))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A failure inside a functor as its caller sees it: the method threw, whatever it was.
fn thrown(failure: Failure) -> Failure {
    match failure {
        Failure::Error { kind, message }
            if !matches!(
                kind,
                ErrorKind::Limit | ErrorKind::Refused | ErrorKind::Evaluation
            ) =>
        {
            Failure::method(message)
        }
        other => other,
    }
}
