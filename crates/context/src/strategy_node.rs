//! `strategy.node.NAME`: the loops around the reader one by one (`spec/engine.md` §3.7).

use std::sync::Arc;

use pipewright_jexl::Value;
use pipewright_jexl::value::Unknown;
use pipewright_model::NodeId;

use crate::lazy_map::LazyMap;
use crate::loops::LOOP_FIELDS;
use crate::state::PositionState;
use crate::{NullCause, UnknownCause};

/// What `strategy.node` is.
const NAME: &str = "strategy.node";

/// The loops around a reader by the identifiers of their nodes, or one of them.
#[derive(Debug)]
pub(crate) struct StrategyNode {
    state: Arc<PositionState>,
    /// The looping nodes, the innermost first.
    nodes: Vec<NodeId>,
    /// The one that was named.
    named: Option<NodeId>,
}

impl StrategyNode {
    pub(crate) fn new(state: &Arc<PositionState>, nodes: Vec<NodeId>) -> Self {
        Self {
            state: Arc::clone(state),
            nodes,
            named: None,
        }
    }

    fn level(&self, identifier: &str) -> Value {
        let contents = &self.state.contents;
        let mut nodes = self.nodes.iter().copied();
        let named = nodes.find(|node| contents.identifier(*node) == Some(identifier));
        if named.is_some() {
            return Self {
                state: Arc::clone(&self.state),
                nodes: Vec::new(),
                named,
            }
            .into_value();
        }
        let name = format!("{NAME}.{identifier}");
        if let Some(found) = self.state.given.find(&name) {
            return self.state.given_value(&name, found);
        }
        if contents.is_whole() {
            let why = NullCause::NoLoopCalled(identifier.to_owned());
            self.state.null(&name, why)
        } else {
            self.state.unknown(&name, UnknownCause::PerhapsInLoop)
        }
    }

    fn field(&self, node: NodeId, field: &str) -> Value {
        let state = &self.state;
        let identifier = state.contents.identifier(node).unwrap_or_default();
        let name = format!("{NAME}.{identifier}.{field}");
        if let Some(found) = state.given.find(&name) {
            return state.given_value(&name, found);
        }
        if LOOP_FIELDS.contains(&field) {
            return state.loop_field(node, &state.contents.names.fqn(node), field);
        }
        if field == "currentStatus" {
            return state.unknown(&name, UnknownCause::StateOfLoops);
        }
        state.null(&name, NullCause::NotOfLoop(field.to_owned()))
    }
}

impl LazyMap for StrategyNode {
    fn member(&self, name: &str) -> Value {
        match self.named {
            Some(node) => self.field(node, name),
            None => self.level(name),
        }
    }

    fn whole(&self) -> Result<Value, Unknown> {
        Err(UnknownCause::WholeOfLoops.of(NAME))
    }
}
