//! What loops give: `matrix`, `repeat`, `iteration` and their like, level by level (`spec/engine.md` §3.7).

use std::sync::Arc;

use pipewright_jexl::Value;
use pipewright_jexl::value::Unknown;
use pipewright_model::{NodeId, StrategyKind};
use pipewright_resolve::{LoopValue, Looping};
use pipewright_yaml as yaml;

use super::chained_outputs::shown;
use crate::lazy_map::LazyMap;
use crate::position::{Chosen, matrix_axes};
use crate::state::PositionState;
use crate::{NullCause, UnknownCause};

/// The fields of a node that its loop gives.
pub(crate) const LOOP_FIELDS: [&str; 6] = [
    "matrix",
    "repeat",
    "iteration",
    "iterations",
    "totalIterations",
    "identifierPostFix",
];

impl PositionState {
    /// A field that the loop of `node` gives, in the iteration that was chosen for it; `path` is the name of the node.
    pub(crate) fn loop_field(self: &Arc<Self>, node: NodeId, path: &str, field: &str) -> Value {
        let name = format!("{path}.{field}");
        if self.contents.looping(node) == Looping::No {
            return match field {
                "iteration" => Value::Integer(0),
                "iterations" | "totalIterations" => Value::Integer(1),
                _ => self.null(&name, NullCause::DoesNotLoop(path.to_owned())),
            };
        }
        let iteration = self.iterations.get(&node);
        let iterations = self.contents.loops.iterations(node);
        match field {
            "matrix" | "repeat" => {
                // Values of a loop around the reader go by the root, whichever way they are read.
                let is_around = self.contents.pipeline.is_around(node, self.node);
                let read = if is_around { field } else { &name };
                self.loop_values(field == "matrix", read, vec![node])
            }
            "iteration" => match iteration.and_then(|iteration| iteration.index) {
                Some(index) => whole(index),
                None => self.unknown_iteration(&name, node, path),
            },
            "identifierPostFix" => {
                match iteration.and_then(|iteration| iteration.postfix.as_deref()) {
                    Some(postfix) => Value::from(postfix),
                    None => self.unknown_iteration(&name, node, path),
                }
            }
            _ => match iterations {
                Some(iterations) => {
                    whole(u32::try_from(iterations.all().len()).unwrap_or(u32::MAX))
                }
                None => self.unknown(&name, UnknownCause::CountIsOpen(path.to_owned())),
            },
        }
    }

    /// What differs from turn to turn of the loop of `node`, whose name is `path`. A turn that was chosen decides
    /// nothing where the turns are not counted.
    fn unknown_iteration(&self, name: &str, node: NodeId, path: &str) -> Value {
        let chosen = self.iterations.get(&node);
        let is_chosen = chosen.is_some_and(|iteration| iteration.index.is_some());
        let cause = if is_chosen && self.contents.loops.iterations(node).is_none() {
            UnknownCause::CountIsOpen
        } else {
            UnknownCause::NoIterationChosen
        };
        self.unknown(name, cause(path.to_owned()))
    }

    /// `matrix` or `repeat` of some loops, the innermost first, by the name `read`.
    pub(super) fn loop_values(
        self: &Arc<Self>,
        is_matrix: bool,
        read: &str,
        nodes: Vec<NodeId>,
    ) -> Value {
        LoopValues {
            state: Arc::clone(self),
            read: read.to_owned(),
            nodes,
            is_matrix,
        }
        .into_value()
    }
}

/// A count as Java holds it.
pub(super) fn whole(number: u32) -> Value {
    i32::try_from(number).map_or_else(|_| Value::Long(i64::from(number)), Value::Integer)
}

/// `matrix` or `repeat` of some loops.
#[derive(Debug)]
struct LoopValues {
    state: Arc<PositionState>,
    /// Their name.
    read: String,
    /// The looping nodes, the innermost first.
    nodes: Vec<NodeId>,
    is_matrix: bool,
}

impl LazyMap for LoopValues {
    fn member(&self, member: &str) -> Value {
        let name = format!("{}.{member}", self.read);
        if let Some(found) = self.state.given.find(&name) {
            return self.state.given_value(&name, found);
        }
        for node in &self.nodes {
            let value = if self.is_matrix {
                self.axis(*node, &name, member)
            } else {
                self.item(*node, &name, member)
            };
            if let Some(value) = value {
                return value;
            }
        }
        if !self.state.contents.is_whole() {
            return self.state.unknown(&name, UnknownCause::PerhapsInLoop);
        }
        let why = if self.is_matrix {
            NullCause::NoAxis(member.to_owned())
        } else {
            NullCause::NoLoopValue(member.to_owned())
        };
        self.state.null(&name, why)
    }

    fn whole(&self) -> Result<Value, Unknown> {
        if self.nodes.is_empty() && self.state.contents.is_whole() {
            return Ok(Value::map([]));
        }
        Err(UnknownCause::WholeOfLoops.of(&self.read))
    }
}

impl LoopValues {
    /// The value of an axis; `None` if the loop of `node` has no such axis.
    fn axis(&self, node: NodeId, name: &str, axis: &str) -> Option<Value> {
        let state = &self.state;
        let contents = &state.contents;
        let path = contents.names.fqn(node);
        let iteration = state.iterations.get(&node);
        let chosen = iteration.and_then(|iteration| iteration.chosen.get(axis));
        if let Some(Chosen::Text(chosen)) = chosen {
            return Some(Value::from(chosen.as_str()));
        }
        let Some((all, open)) = matrix_axes(contents, node) else {
            return self.undecided(node, name);
        };
        let Some(at) = all.iter().position(|known| &*known.name.text == axis) else {
            return open.then(|| state.unknown(name, UnknownCause::MatrixIsExpression(path)));
        };
        let place = match chosen {
            Some(Chosen::Place(place)) => Some(*place),
            _ => iteration.and_then(|iteration| iteration.places.get(at).copied()),
        };
        let open = || UnknownCause::AxisIsExpression {
            axis: axis.to_owned(),
            node: path.clone(),
        };
        Some(self.value_of(node, all[at].values, place, name, open))
    }

    /// The value at some place of the list at `at`; of an expression that is not known, unknown for the cause `open`.
    fn value_of(
        &self,
        node: NodeId,
        at: yaml::NodeId,
        place: Option<u32>,
        name: &str,
        open: impl FnOnce() -> UnknownCause,
    ) -> Value {
        let state = &self.state;
        let contents = &state.contents;
        let path = contents.names.fqn(node);
        let values = contents.loops.values();
        let Some(items) = values.items(&contents.tree, at) else {
            let cause = match values.get(at) {
                Some(LoopValue::Text(text)) => UnknownCause::ValuesAreText {
                    node: path,
                    text: shown(text),
                },
                _ => open(),
            };
            return state.unknown(name, cause);
        };
        let place = place.map(|place| place as usize);
        let computed = contents.loop_items.get(&at);
        match place {
            Some(place) if let Some(item) = items.node(place) => state.loop_item(node, item, name),
            Some(place) if let Some(item) = computed.and_then(|items| items.get(place)) => {
                Value::from(item)
            }
            _ => state.unknown_iteration(name, node, &path),
        }
    }

    /// A value of a repetition; `None` if the loop of `node` has none of that name.
    fn item(&self, node: NodeId, name: &str, member: &str) -> Option<Value> {
        let state = &self.state;
        let contents = &state.contents;
        let strategy = contents.pipeline.node(node).strategy.as_ref();
        let Some(StrategyKind::Repeat { items, times, .. }) =
            strategy.map(|strategy| &strategy.kind)
        else {
            return self.undecided(node, name);
        };
        if !matches!(member, "item" | "partition") || times.is_some() {
            return None;
        }
        let path = contents.names.fqn(node);
        let iteration = state
            .iterations
            .get(&node)
            .and_then(|iteration| iteration.index);
        let open = || UnknownCause::ItemsAreOpen(path);
        Some(match items.filter(|_| member == "item") {
            Some(items) => self.value_of(node, items, iteration, name, open),
            None => state.unknown(name, open()),
        })
    }

    /// What is said of a node that may loop, in a way the file does not tell.
    fn undecided(&self, node: NodeId, name: &str) -> Option<Value> {
        let strategy = self.state.contents.pipeline.node(node).strategy.as_ref();
        let is_open =
            strategy.is_none_or(|strategy| matches!(strategy.kind, StrategyKind::Unknown));
        let path = || self.state.contents.names.fqn(node);
        is_open.then(|| self.state.unknown(name, UnknownCause::LoopIsOpen(path())))
    }
}
