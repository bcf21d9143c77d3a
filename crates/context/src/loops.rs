//! What loops give: `matrix`, `repeat`, `iteration` and their like, level by level (`spec/engine.md` §3.7).

use std::collections::HashMap;
use std::sync::Arc;

use pipewright_jexl::Value;
use pipewright_jexl::value::Unknown;
use pipewright_model::{NodeId, NodeKind, StrategyKind};
use pipewright_resolve::{self as resolve, Looping, Suffix};

use crate::lazy_map::LazyMap;
use crate::prepared::Contents;
use crate::run_place::AtError;
use crate::state::PositionState;
use crate::strategy_node::StrategyNode;
use crate::{NullCause, PreparedPipeline, RunPlace, UnknownCause};

/// What is known about the iteration of one loop.
#[derive(Clone, Debug, Default)]
pub(crate) struct Iteration {
    pub(crate) index: Option<u32>,
    pub(crate) postfix: Option<String>,
    /// The place of each axis' value in its list.
    places: Vec<u32>,
    /// Axis values that were chosen by name.
    chosen: HashMap<String, String>,
}

impl Iteration {
    /// An iteration that is known, in which the suffix is another one where `named` says so.
    fn known(index: usize, iteration: &resolve::Iteration, named: Option<&str>) -> Self {
        Self {
            index: u32::try_from(index).ok(),
            postfix: named.or(iteration.suffix.as_deref()).map(str::to_owned),
            places: iteration.places.clone(),
            chosen: HashMap::new(),
        }
    }
}

/// The iterations of the loops around a position, as far as they are known.
pub(crate) type Iterations = HashMap<NodeId, Iteration>;

/// The fields of a node that its loop gives.
pub(crate) const LOOP_FIELDS: [&str; 6] = [
    "matrix",
    "repeat",
    "iteration",
    "iterations",
    "totalIterations",
    "identifierPostFix",
];

/// The iterations that a place asks for.
pub(crate) fn iterations_at(
    prepared: &PreparedPipeline,
    place: &RunPlace,
) -> Result<Iterations, AtError> {
    let contents = prepared.contents();
    let around: Vec<NodeId> = prepared
        .pipeline()
        .self_and_ancestors(place.node)
        .filter(|node| prepared.pipeline().node(*node).strategy.is_some())
        .collect();
    let mut chosen = Iterations::new();
    for named in &place.suffixes {
        chosen.insert(named.node, by_suffix(contents, named.node, &named.suffix)?);
    }
    if let Some(asked) = place.iteration {
        let name = || contents.names.fqn(place.node);
        let node = *around.first().ok_or_else(|| AtError::NoLoop(name()))?;
        chosen.insert(node, by_index(contents, node, asked)?);
    }
    for (axis, _) in &place.matrix {
        let known = |node: &NodeId| has_axis(contents, *node, axis);
        if !around.iter().any(known) {
            return Err(AtError::NoAxis {
                at: contents.names.fqn(place.node),
                axis: axis.clone(),
            });
        }
    }
    for node in around {
        let values: HashMap<String, String> = place
            .matrix
            .iter()
            .filter(|(axis, _)| has_axis(contents, node, axis))
            .cloned()
            .collect();
        if !values.is_empty() {
            let before = chosen.remove(&node);
            chosen.insert(node, by_values(contents, node, before, values)?);
        }
    }
    Ok(chosen)
}

fn by_suffix(contents: &Contents, node: NodeId, suffix: &str) -> Result<Iteration, AtError> {
    let iterations = contents.loops.iterations(node);
    match (contents.loops.suffix(node, suffix), iterations) {
        (Suffix::Iteration(index), Some(iterations)) => Ok(Iteration::known(
            index,
            &iterations.all()[index],
            Some(suffix),
        )),
        (Suffix::NoIteration, _) => Err(AtError::NoInstance {
            name: contents.names.fqn(node),
            suffix: suffix.to_owned(),
            iterations: iterations.map(|iterations| {
                iterations.in_words(contents.identifier(node).unwrap_or_default())
            }),
        }),
        // Any suffix may be any iteration.
        _ => Ok(Iteration {
            postfix: Some(suffix.to_owned()),
            ..Iteration::default()
        }),
    }
}

fn by_index(contents: &Contents, node: NodeId, asked: u32) -> Result<Iteration, AtError> {
    let Some(iterations) = contents.loops.iterations(node) else {
        return Ok(Iteration {
            index: Some(asked),
            ..Iteration::default()
        });
    };
    match iterations.all().get(asked as usize) {
        Some(iteration) => Ok(Iteration::known(asked as usize, iteration, None)),
        None => Err(AtError::NoIteration {
            name: contents.names.fqn(node),
            asked,
            total: u32::try_from(iterations.all().len()).unwrap_or(u32::MAX),
        }),
    }
}

/// The iteration in which the axes have these values: the only one, or where several have them, only what is chosen.
fn by_values(
    contents: &Contents,
    node: NodeId,
    before: Option<Iteration>,
    values: HashMap<String, String>,
) -> Result<Iteration, AtError> {
    let mut iteration = before.unwrap_or_default();
    let iterations = contents
        .loops
        .iterations(node)
        .filter(|_| iteration.index.is_none());
    if let Some(iterations) = iterations {
        let fits = |places: &[u32]| {
            values.iter().all(|(axis, wanted)| {
                axis_text(contents, node, places, axis).is_none_or(|text| text == wanted)
            })
        };
        let mut fitting = iterations
            .all()
            .iter()
            .enumerate()
            .filter(|(_, iteration)| fits(&iteration.places));
        match (fitting.next(), fitting.next()) {
            (None, _) => return Err(AtError::NoCombination(contents.names.fqn(node))),
            (Some((index, only)), None) => iteration = Iteration::known(index, only, None),
            _ => {}
        }
    }
    iteration.chosen = values;
    Ok(iteration)
}

fn matrix_axes(contents: &Contents, node: NodeId) -> Option<(&[pipewright_model::Axis], bool)> {
    match &contents.pipeline.node(node).strategy.as_ref()?.kind {
        StrategyKind::Matrix { axes, open, .. } => Some((axes, *open)),
        _ => None,
    }
}

fn has_axis(contents: &Contents, node: NodeId, axis: &str) -> bool {
    matrix_axes(contents, node)
        .is_some_and(|(axes, open)| open || axes.iter().any(|known| &*known.name.text == axis))
}

/// The text of an axis in an iteration; `None` where it is no text of the file, or an expression.
fn axis_text<'c>(
    contents: &'c Contents,
    node: NodeId,
    places: &[u32],
    axis: &str,
) -> Option<&'c str> {
    let (known_axes, _) = matrix_axes(contents, node)?;
    let at = known_axes
        .iter()
        .position(|known| &*known.name.text == axis)?;
    let item = contents
        .tree
        .items(known_axes[at].values)
        .get(*places.get(at)? as usize)?;
    let text = contents.tree.text(*item)?;
    (!text.contains("<+")).then_some(text)
}

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
            "matrix" | "repeat" => self.loop_values(field, vec![node]),
            "iteration" => match iteration.and_then(|iteration| iteration.index) {
                Some(index) => whole(index),
                None => self.unknown_iteration(&name, path),
            },
            "identifierPostFix" => {
                match iteration.and_then(|iteration| iteration.postfix.as_deref()) {
                    Some(postfix) => Value::from(postfix),
                    None => self.unknown_iteration(&name, path),
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

    fn unknown_iteration(&self, name: &str, path: &str) -> Value {
        self.unknown(name, UnknownCause::NoIterationChosen(path.to_owned()))
    }

    /// `matrix` or `repeat` of some loops, the innermost first.
    fn loop_values(self: &Arc<Self>, field: &str, nodes: Vec<NodeId>) -> Value {
        let is_matrix = field == "matrix";
        LoopValues {
            state: Arc::clone(self),
            nodes,
            is_matrix,
        }
        .into_value()
    }

    /// The root `strategy`: the loops around the reader merged, the inner ones winning.
    pub(crate) fn strategy(self: &Arc<Self>, member: &str) -> Value {
        let pipeline = &self.contents.pipeline;
        let around: Vec<NodeId> = pipeline
            .self_and_ancestors(self.node)
            .filter(|node| self.contents.looping(*node) != Looping::No)
            .collect();
        let name = format!("strategy.{member}");
        match (member, around.first()) {
            ("matrix" | "repeat", _) => self.loop_values(member, around),
            ("node", _) => StrategyNode::new(self, around).into_value(),
            // The engine has the text, not the value.
            ("currentStatus", None) if self.contents.is_whole() => Value::from("null"),
            ("currentStatus", _) => self.unknown(&name, UnknownCause::StateOfLoops),
            ("totalGlobalIteration", Some(_)) => self.all_iterations(&name, &around),
            (_, Some(inner)) if LOOP_FIELDS.contains(&member) => {
                self.loop_field(*inner, &self.contents.names.fqn(*inner), member)
            }
            ("currentGlobalIteration", Some(_)) => self.unknown(&name, UnknownCause::CountedInRun),
            _ if !self.contents.is_whole() => self.unknown(&name, UnknownCause::PerhapsInLoop),
            _ => self.null(&name, NullCause::NothingLoops),
        }
    }
}

impl PositionState {
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

fn whole(number: u32) -> Value {
    i32::try_from(number).map_or_else(|_| Value::Long(i64::from(number)), Value::Integer)
}

/// `matrix` or `repeat` of some loops.
#[derive(Debug)]
struct LoopValues {
    state: Arc<PositionState>,
    /// The looping nodes, the innermost first.
    nodes: Vec<NodeId>,
    is_matrix: bool,
}

impl LazyMap for LoopValues {
    fn member(&self, member: &str) -> Value {
        let name = format!("{}.{member}", self.root());
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
        Err(UnknownCause::WholeOfLoops.of(self.root()))
    }
}

impl LoopValues {
    const fn root(&self) -> &'static str {
        if self.is_matrix { "matrix" } else { "repeat" }
    }

    /// The value of an axis; `None` if the loop of `node` has no such axis.
    fn axis(&self, node: NodeId, name: &str, axis: &str) -> Option<Value> {
        let state = &self.state;
        let contents = &state.contents;
        let path = contents.names.fqn(node);
        let iteration = state.iterations.get(&node);
        if let Some(chosen) = iteration.and_then(|iteration| iteration.chosen.get(axis)) {
            return Some(Value::from(chosen.as_str()));
        }
        let Some((all, open)) = matrix_axes(contents, node) else {
            return self.undecided(node, name);
        };
        let Some(at) = all.iter().position(|known| &*known.name.text == axis) else {
            return open.then(|| state.unknown(name, UnknownCause::MatrixIsExpression(path)));
        };
        let place = iteration.and_then(|iteration| iteration.places.get(at));
        let item = place.and_then(|place| contents.tree.items(all[at].values).get(*place as usize));
        Some(match item {
            Some(item) => state.loop_item(*item, name),
            None if contents.tree.is_sequence(all[at].values) => {
                state.unknown_iteration(name, &path)
            }
            None => state.unknown(
                name,
                UnknownCause::AxisIsExpression {
                    axis: axis.to_owned(),
                    node: path,
                },
            ),
        })
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
        let literal = items.as_ref().filter(|_| member == "item");
        let item = literal
            .zip(iteration)
            .and_then(|(items, iteration)| items.get(iteration as usize));
        Some(match item {
            Some(item) => state.loop_item(item.yaml, name),
            None if literal.is_some() => state.unknown_iteration(name, &path),
            None => state.unknown(name, UnknownCause::ItemsAreOpen(path)),
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
