//! The iterations that a position asks for.

use std::collections::HashMap;

use pipewright_model::NodeId;
use pipewright_resolve::{self as resolve, Suffix};

use super::axis_choice::{AxisChoice, Chosen, matrix_axes};
use super::error::AtError;
use super::run_place::RunPlace;
use crate::contents::Contents;

/// What is known about the iteration of one loop.
#[derive(Clone, Debug, Default)]
pub(crate) struct Iteration {
    pub(crate) index: Option<u32>,
    pub(crate) postfix: Option<String>,
    /// The place of each axis' value in its list.
    pub(crate) places: Vec<u32>,
    /// Axis values that were chosen by name.
    pub(crate) chosen: HashMap<String, Chosen>,
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
pub(crate) fn iterations_at(contents: &Contents, place: &RunPlace) -> Result<Iterations, AtError> {
    let pipeline = &contents.pipeline;
    let around: Vec<NodeId> = pipeline
        .self_and_ancestors(place.node)
        .filter(|node| pipeline.node(*node).strategy.is_some())
        .collect();
    let mut chosen = Iterations::new();
    for named in &place.suffixes {
        chosen.insert(named.node, by_suffix(contents, named.node, &named.suffix)?);
    }
    if let Some(asked) = place.iteration {
        let name = || contents.names.fqn(place.node);
        let node = *around.first().ok_or_else(|| AtError::NoLoop(name()))?;
        let named = chosen.get(&node);
        let other = named.and_then(|named| named.index.filter(|index| *index != asked));
        if let Some(index) = other {
            return Err(AtError::OtherIteration {
                name: contents.names.fqn(node),
                suffix: named
                    .and_then(|named| named.postfix.clone())
                    .unwrap_or_default(),
                index,
                asked,
            });
        }
        if named.is_none_or(|named| named.index.is_none()) {
            chosen.insert(node, by_index(contents, node, asked)?);
        }
    }
    for (asked, wanted) in &place.matrix {
        let choice = |node| AxisChoice::new(contents, node, asked, wanted);
        if !around.iter().any(|node| choice(*node).is_some()) {
            return Err(AtError::NoAxis {
                at: contents.names.fqn(place.node),
                axis: asked.clone(),
                axes: axes_of(contents, &around),
            });
        }
    }
    for node in around {
        let asked = place.matrix.iter();
        let choices =
            asked.filter_map(|(axis, value)| AxisChoice::new(contents, node, axis, value));
        let choices: Vec<AxisChoice<'_>> = choices.collect();
        if !choices.is_empty() {
            let before = chosen.remove(&node);
            chosen.insert(node, by_values(contents, node, before, &choices)?);
        }
    }
    Ok(chosen)
}

/// The axes of some loops, each once.
fn axes_of(contents: &Contents, loops: &[NodeId]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for node in loops {
        let (axes, _) = matrix_axes(contents, *node).unwrap_or_default();
        for axis in axes {
            let name = axis.name.text.to_string();
            if !found.contains(&name) {
                found.push(name);
            }
        }
    }
    found
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
    choices: &[AxisChoice<'_>],
) -> Result<Iteration, AtError> {
    let mut iteration = before.unwrap_or_default();
    let mut chosen = HashMap::new();
    for choice in choices {
        if let Some(value) = choice.chosen()? {
            chosen.insert(choice.name.to_owned(), value);
        }
    }
    if let Some(iterations) = contents.loops.iterations(node) {
        let may_be = |(index, _): &(usize, _)| {
            let asked = iteration.index;
            asked.is_none_or(|asked| asked as usize == *index)
        };
        let all = iterations.all().iter().enumerate().filter(may_be);
        let fits = |places: &[u32]| choices.iter().all(|choice| choice.fits(places));
        let mut fitting = all.filter(|(_, iteration)| fits(&iteration.places));
        match (fitting.next(), fitting.next()) {
            (None, _) => return Err(AtError::NoCombination(contents.names.fqn(node))),
            (Some((index, only)), None) => {
                let named = iteration.postfix.take();
                iteration = Iteration::known(index, only, named.as_deref());
            }
            _ => {}
        }
    }
    iteration.chosen = chosen;
    Ok(iteration)
}
