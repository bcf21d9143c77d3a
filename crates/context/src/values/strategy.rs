//! `strategy`: the loops around the reader, merged and one by one (`spec/engine.md` §3.7).

use std::sync::Arc;

use pipewright_jexl::Value;
use pipewright_jexl::value::Unknown;
use pipewright_model::{NodeId, NodeKind};
use pipewright_resolve::Looping;

use super::loop_fields::{LOOP_FIELDS, whole};
use crate::lazy_map::LazyMap;
use crate::state::PositionState;
use crate::{NullCause, UnknownCause};

impl PositionState {
    /// The root `strategy`: the loops around the reader merged, the inner ones winning.
    pub(crate) fn strategy(self: &Arc<Self>, member: &str) -> Value {
        let pipeline = &self.contents.pipeline;
        let around: Vec<NodeId> = pipeline
            .self_and_ancestors(self.node)
            .filter(|node| self.contents.looping(*node) != Looping::No)
            .collect();
        let name = format!("strategy.{member}");
        match (member, around.first()) {
            ("matrix" | "repeat", _) => self.loop_values(member == "matrix", member, around),
            ("node", _) => StrategyNode::new(self, around).into_value(),
            // The engine has the text, not the value.
            ("currentStatus", Some(inner)) if let Some(status) = self.loop_status(*inner) => {
                Value::from(status)
            }
            ("currentStatus", None) if self.contents.is_whole() => Value::from("null"),
            ("currentStatus", _) => self.unknown(&name, UnknownCause::StateOfLoops),
            ("totalGlobalIteration", Some(_)) => self.all_iterations(&name, &around),
            (_, Some(inner)) if LOOP_FIELDS.contains(&member) => {
                self.loop_field(*inner, &self.contents.names.fqn(*inner), member)
            }
            ("currentGlobalIteration", Some(_)) => self.unknown(&name, UnknownCause::CountedInRun),
            _ if !self.contents.is_whole() => self.unknown(&name, UnknownCause::PerhapsInLoop),
            (_, Some(_)) => self.null(&name, NullCause::NotOfLoop(member.to_owned())),
            (_, None) => self.null(&name, NullCause::NothingLoops),
        }
    }

    /// What the turns of a loop around the reader come to in the run that is followed.
    fn loop_status(&self, node: NodeId) -> Option<&'static str> {
        let records = self.records.as_ref()?;
        let suffix = |inner: NodeId| self.iterations.get(&inner)?.postfix.as_deref();
        let suffix = |inner: NodeId| suffix(inner).filter(|_| inner != node);
        records.loop_status(&self.contents.names.instance(node, suffix))
    }

    /// How many iterations the loops around a step have together.
    fn all_iterations(&self, name: &str, around: &[NodeId]) -> Value {
        if self.contents.kind(self.node) != NodeKind::Step {
            return self.null(name, NullCause::OnlyStepsCount);
        }
        let mut iterations = around.iter().map(|node| {
            let iterations = self.contents.loops.iterations(*node)?;
            u32::try_from(iterations.all().len()).ok()
        });
        let product =
            iterations.try_fold(1u32, |product, iterations| product.checked_mul(iterations?));
        match product {
            Some(product) => whole(product),
            None => self.unknown(name, UnknownCause::CountOfAllIsOpen),
        }
    }
}

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
            if let Some(status) = state.loop_status(node) {
                return Value::from(status);
            }
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
