//! Declared variables: typed, and read lazily where they stand in an expression (`spec/engine.md` §2.3, §8).

use std::sync::Arc;

use pipewright_jexl::Value;
use pipewright_jexl::value::{JavaString, Unknown};
use pipewright_model::{NodeId, Pipeline, Variable, YamlVersion};
use pipewright_resolve::StartWord;
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
    /// Whether they are the inputs of v1, which the nearest node around the position declares that has one of the name.
    are_inputs: bool,
}

/// `value` as a variable of the type that stands at `type_name` holds it: numbers are doubles, secrets their
/// placeholder.
pub(crate) fn typed(tree: &Tree, type_name: Option<yaml::NodeId>, value: Value) -> Value {
    match type_name.and_then(|id| tree.text(id)) {
        Some("Number" | "number") => number(value),
        Some("Secret" | "secret") => secret(value),
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
            are_inputs: false,
        }
    }

    /// The inputs that the file declares, as `inputs` names them.
    pub(crate) fn inputs(state: &Arc<PositionState>) -> Self {
        Self {
            are_inputs: true,
            ..Self::new(
                state,
                Pipeline::ROOT,
                state
                    .path_of(Pipeline::ROOT)
                    .member(StartWord::Inputs.as_str()),
            )
        }
    }

    /// The variable of that name, and how many there are to look through.
    fn find(&self, name: &str) -> (Option<&Variable>, usize) {
        let pipeline = &self.state.contents.pipeline;
        let is_it = |known: &&Variable| &*known.name.text == name;
        if !self.are_inputs {
            let declared = &pipeline.node(self.node).variables;
            return (declared.iter().find(is_it), declared.len());
        }
        let around = pipeline.self_and_ancestors(self.state.node);
        let declared = || {
            around
                .flat_map(|node| &pipeline.node(node).variables)
                .filter(|known| known.is_input)
        };
        let around = pipeline.self_and_ancestors(self.state.node);
        let count = around.map(|node| pipeline.node(node).variables.len()).sum();
        (declared().find(is_it), count)
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
        if variable.is_input && variable.value.is_none() {
            return self.state.unknown(&path.read, UnknownCause::RuntimeInput);
        }
        // A secret has its placeholder.
        if variable.is_masked && variable.type_name.is_none() {
            return self.state.unknown(&path.read, UnknownCause::Masked);
        }
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
            return self
                .state
                .unknown(&path.read, UnknownCause::RuntimeInputWithDefault);
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
        let is_v1 = contents.pipeline.version == YamlVersion::V1;
        if is_v1
            || node.template.is_some()
            || contents.tree.recovered()
            || is_open
            || !contents.is_whole()
        {
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
        let (variable, count) = self.find(name);
        pay_for_seeking(count);
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
        if node.template.is_some() || self.are_inputs {
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
