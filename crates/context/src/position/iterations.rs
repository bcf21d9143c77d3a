//! The iterations that a position asks for.

use std::collections::HashMap;

use pipewright_model::{NodeId, StrategyKind};
use pipewright_resolve::{self as resolve, Suffix};

use super::error::AtError;
use super::run_place::RunPlace;
use crate::PreparedPipeline;
use crate::prepared::Contents;

/// What is known about the iteration of one loop.
#[derive(Clone, Debug, Default)]
pub(crate) struct Iteration {
    pub(crate) index: Option<u32>,
    pub(crate) postfix: Option<String>,
    /// The place of each axis' value in its list.
    pub(crate) places: Vec<u32>,
    /// Axis values that were chosen by name.
    pub(crate) chosen: HashMap<String, String>,
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

/// The iteration of a node's loop that a suffix behind its identifier names.
pub(crate) fn by_suffix(
    contents: &Contents,
    node: NodeId,
    suffix: &str,
) -> Result<Iteration, AtError> {
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

/// The axes of a matrix, and whether there may be more.
pub(crate) fn matrix_axes(
    contents: &Contents,
    node: NodeId,
) -> Option<(&[pipewright_model::Axis], bool)> {
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
