//! Declared variables: typed, and read lazily where they stand in an expression (`spec/engine.md` §2.3, §8).

use std::sync::Arc;

use pipewright_jexl::Value;
use pipewright_jexl::value::{JavaString, Unknown};
use pipewright_model::{NodeId, Variable};
use pipewright_yaml::{self as yaml, Resolved, Tree};

use super::path::Path;
use crate::lazy_map::LazyMap;
use crate::meant::{meant, pay_for_seeking};
use crate::runtime_input::{Defaults, Filled, accepted, asked_for};
use crate::state::PositionState;
use crate::{NullCause, UnknownCause};

/// The variables of a pipeline, stage or group.
#[derive(Debug)]
pub(crate) struct Variables {
    state: Arc<PositionState>,
    node: NodeId,
    path: Path,
}

/// `value` as a variable of the type that stands at `type_name` holds it: numbers are doubles, secrets their
/// placeholder.
pub(crate) fn typed(tree: &Tree, type_name: Option<yaml::NodeId>, value: Value) -> Value {
    match type_name.and_then(|id| tree.text(id)) {
        Some("Number") => number(value),
        Some("Secret") => secret(value),
        _ => text(value),
    }
}

fn number(value: Value) -> Value {
    let text = match &value {
        Value::String(text) => Some(text.clone()),
        value if value.is_number() => value.text().ok(),
        _ => None,
    };
    let number = text.and_then(|text| text.to_str().trim().parse().ok());
    number.map_or(value, Value::Double)
}

/// A reference to a secret as the expression that gives its placeholder. What is an expression already stays one.
fn secret(value: Value) -> Value {
    let Value::String(reference) = &value else {
        return value;
    };
    let reference = reference.to_str();
    if reference.contains("<+secrets.") || reference.is_empty() {
        return value.clone();
    }
    if reference.contains("<+") {
        return Value::from(format!("<+secrets.getValue({reference})>"));
    }
    Value::from(format!("<+secrets.getValue(\"{reference}\")>"))
}

/// Texts stay texts even where they look like numbers.
fn text(value: Value) -> Value {
    match &value {
        Value::Boolean(_) => value.text().map_or(value.clone(), Value::String),
        value if value.is_number() => value.text().map_or_else(|_| value.clone(), Value::String),
        _ => value,
    }
}

impl Variables {
    pub(crate) fn new(state: &Arc<PositionState>, node: NodeId, path: Path) -> Self {
        Self {
            state: Arc::clone(state),
            node,
            path,
        }
    }

    fn given(&self, variable: &Variable, path: &Path, given: Value) -> Value {
        let tree = &self.state.contents.tree;
        let written = variable.value.and_then(|value| tree.text(value));
        let given = accepted(&path.read, written, given);
        self.typed(variable, given)
    }

    fn typed(&self, variable: &Variable, value: Value) -> Value {
        let tree = &self.state.contents.tree;
        let type_name = variable.type_name.as_ref().map(|name| name.yaml);
        typed(tree, type_name, value)
    }

    fn declared(&self, variable: &Variable, path: &Path) -> Value {
        let tree = &self.state.contents.tree;
        let text = |id: Option<yaml::NodeId>| id.and_then(|id| tree.text(id));
        let value = variable
            .value
            .filter(|id| tree.resolve(*id) != Some(Resolved::Null));
        let is_text = value.is_none_or(|id| tree.text(id).is_some());
        let value = text(value);
        if !is_text {
            return self.state.unknown(&path.read, UnknownCause::IsNoScalar);
        }
        let given = variable.value;
        if let Some(given) = given.and_then(|id| self.state.given_by_parent(id, &path.read)) {
            return self.typed(variable, given);
        }
        let default = text(variable.default);
        if default.is_some() && self.state.defaults == Defaults::Open {
            return self.state.unknown(&path.read, UnknownCause::RuntimeInput);
        }
        match self.state.filled(value.or(default).unwrap_or_default()) {
            Filled::Text(_) if value.or(default).is_none() => {
                self.state.null(&path.read, NullCause::VariableWithoutValue)
            }
            Filled::Text(text) => {
                let asked = variable.value.and_then(|id| asked_for(tree, id));
                let value = accepted(&path.read, asked, Value::from(text));
                self.typed(variable, value)
            }
            open => match default {
                Some(default) => self.typed(variable, Value::from(default)),
                None => self.state.open_input(&path.read, &open),
            },
        }
    }

    fn undeclared(&self, name: &str, path: &Path) -> Value {
        let contents = &self.state.contents;
        let node = contents.pipeline.node(self.node);
        let written = contents.tree.find(node.yaml, "variables");
        let is_open = written.is_some_and(|list| !contents.tree.is_sequence(list));
        if node.template.is_some() || contents.tree.recovered() || is_open || !contents.is_whole() {
            return self
                .state
                .unknown(&path.read, UnknownCause::VariablesElsewhere);
        }
        let declared = || node.variables.iter().map(|variable| &*variable.name.text);
        let continued = declared().find(|known| continues(known, name));
        let meant = meant(name, declared()).filter(|_| continued.is_none());
        self.state.null(
            &path.read,
            NullCause::NotDeclared {
                name: name.to_owned(),
                continued: continued.map(str::to_owned),
                meant: meant.map(str::to_owned),
            },
        )
    }
}

/// Whether `known` is a name that a path cannot spell, and `name` is how much of it an expression reads as a name.
fn continues(known: &str, name: &str) -> bool {
    known
        .strip_prefix(name)
        .is_some_and(|rest| rest.starts_with(['.', '-', ' ']))
}

impl LazyMap for Variables {
    fn member(&self, name: &str) -> Value {
        let path = self.path.member(name);
        let declared = &self.state.contents.pipeline.node(self.node).variables;
        pay_for_seeking(declared.len());
        let variable = declared.iter().find(|known| &*known.name.text == name);
        match (variable, self.state.given_at(&path)) {
            (Some(variable), Some(given)) => self.given(variable, &path, given),
            (Some(variable), None) => self.declared(variable, &path),
            (None, Some(given)) => given,
            (None, None) => self.undeclared(name, &path),
        }
    }

    /// Every declared variable with its value, where all are known.
    fn whole(&self) -> Result<Value, Unknown> {
        let node = self.state.contents.pipeline.node(self.node);
        if node.template.is_some() {
            // The template may declare more than it asks for.
            let cause = UnknownCause::VariablesElsewhere;
            return Err(self.state.notes.unknown(&self.path.read, cause));
        }
        let declared = &node.variables;
        let values = declared.iter().map(|variable| {
            let name = &*variable.name.text;
            (JavaString::from(name), self.member(name))
        });
        Ok(Value::map(values.collect::<Vec<_>>()))
    }
}
