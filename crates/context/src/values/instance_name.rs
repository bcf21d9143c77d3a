//! What a node that loops is called in a run: each instance has the suffix of its iteration (`spec/model.md` §3.5).

use std::sync::Arc;

use pipewright_jexl::Value;
use pipewright_model::NodeId;
use pipewright_resolve::{Looping, POSTFIX};

use super::settings::Setting;
use crate::UnknownCause;
use crate::state::PositionState;

/// The settings that carry the suffix.
pub(crate) const NAMES: [&str; 2] = ["identifier", "name"];

/// What follows the names of a node.
enum Behind<'s> {
    Nothing,
    Suffix(&'s str),
    Unknown(UnknownCause),
}

impl Setting {
    /// The value of an identifier or name, with the suffix of the instance.
    pub(crate) fn instance_name(self) -> Value {
        if let Some(given) = self.state.given_at(&self.path) {
            return given;
        }
        let state = Arc::clone(&self.state);
        let behind = state.behind_names(self.node);
        let written = self.state.contents.tree.text(self.yaml);
        let has_suffix = written.is_some_and(|text| text.ends_with(POSTFIX));
        match behind {
            Behind::Nothing => self.value(),
            Behind::Suffix(suffix) => {
                let suffix = if has_suffix { "" } else { suffix };
                with_suffix(self.resolved(), suffix)
            }
            Behind::Unknown(cause) => state.unknown_string(&self.path.read, cause),
        }
    }

    /// The value as the run has put it together when the node starts: its text is not read again where it is spliced
    /// in.
    fn resolved(self) -> Value {
        let state = Arc::clone(&self.state);
        let (node, name) = (self.node, self.path.read.clone());
        match self.value() {
            Value::String(text) if state.may_hold_expression(&text.to_str()) => {
                state.resolved_at(node, &name, &text.to_str())
            }
            value => value,
        }
    }
}

impl PositionState {
    /// What follows the names of a node in the iteration that is read. One that may loop is taken to do so where a loop
    /// is in sight; a template that is not at hand seldom brings one.
    fn behind_names(&self, node: NodeId) -> Behind<'_> {
        let contents = &self.contents;
        let chosen = self.iterations.get(&node);
        if let Some(suffix) = chosen.and_then(|iteration| iteration.postfix.as_deref()) {
            return Behind::Suffix(suffix);
        }
        let path = || contents.names.fqn(node);
        let iterations = contents.loops.iterations(node);
        let never_runs = iterations.is_some_and(|iterations| iterations.all().is_empty());
        let of_node = contents.pipeline.node(node);
        match contents.looping(node) {
            Looping::No => Behind::Nothing,
            Looping::Surely => Behind::Unknown(UnknownCause::NoIterationChosen(path())),
            _ if never_runs || of_node.strategy.is_none() && of_node.template.is_some() => {
                Behind::Nothing
            }
            _ if iterations.is_some() => Behind::Unknown(UnknownCause::NoIterationChosen(path())),
            Looping::Perhaps => Behind::Unknown(UnknownCause::LoopIsOpen(path())),
        }
    }
}

/// A text with the suffix behind it. What is null or unknown stays so.
fn with_suffix(name: Value, suffix: &str) -> Value {
    match &name {
        Value::String(text) => Value::from(format!("{}{suffix}", text.to_str())),
        _ => name,
    }
}
