//! The combinations of a matrix whose values stand in the file, and the bound on how many are counted out.

use pipewright_model::Axis;
use pipewright_yaml::{self as yaml, Tree};

use super::values::LoopItems;

/// The most iterations of one loop that are counted out. Harness itself runs no more than 256 at a time.
const MAX_ITERATIONS: usize = 4_096;

/// How much work the loops of one pipeline are worth: for each iteration one, for each combination of a matrix one for
/// every axis and every key of `exclude`. Loops beyond it count as open.
const MAX_WORK: usize = 1 << 18;

/// What is left of the work that loops may make.
#[derive(Debug)]
pub(super) struct Budget(usize);

impl Budget {
    pub(super) const fn new() -> Self {
        Self(MAX_WORK)
    }

    /// Whether `iterations` iterations, each of which takes `each` steps, may be counted out.
    pub(super) fn allows(&mut self, iterations: usize, each: usize) -> bool {
        let work = iterations.saturating_mul(each.max(1));
        if iterations > MAX_ITERATIONS || work > self.0 {
            return false;
        }
        self.0 -= work;
        true
    }
}

/// The places of the values that each iteration takes from the axes: in the order of the axes, the last one changing
/// fastest, without the excluded ones (`spec/engine.md` §3.7). `None` where only a run can count them.
pub(super) fn combinations(
    tree: &Tree,
    axes: &[Axis],
    values: &[LoopItems<'_>],
    exclude: Option<yaml::NodeId>,
    budget: &mut Budget,
) -> Option<Vec<Vec<u32>>> {
    let excluded = match exclude {
        Some(exclude) => excluded_values(tree, axes, values, exclude)?,
        None => Vec::new(),
    };
    let lengths: Vec<usize> = values.iter().map(|values| values.len()).collect();
    let total = lengths
        .iter()
        .try_fold(1usize, |total, length| total.checked_mul(*length))?;
    let keys: usize = excluded.iter().map(Vec::len).sum();
    if axes.is_empty() || !budget.allows(total, axes.len() + keys) {
        return None;
    }
    let mut found = vec![Vec::new()];
    for length in lengths {
        let values = 0..u32::try_from(length).ok()?;
        found = found
            .into_iter()
            .flat_map(|places: Vec<u32>| {
                values.clone().map(move |value| {
                    let mut places = places.clone();
                    places.push(value);
                    places
                })
            })
            .collect();
    }
    found.retain(|places| {
        !excluded
            .iter()
            .any(|entry| is_excluded(values, places, entry))
    });
    Some(found)
}

/// For each entry of `exclude` the places of its axes and the values there. `None` where a value is no literal text, or
/// its axis is not there or may take such a value in a run.
fn excluded_values<'t>(
    tree: &'t Tree,
    axes: &[Axis],
    values: &[LoopItems<'_>],
    exclude: yaml::NodeId,
) -> Option<Vec<Vec<(usize, &'t str)>>> {
    let condition = |entry: &yaml::Entry| {
        let name = tree.text(entry.key)?;
        let at = axes.iter().position(|axis| &*axis.name.text == name)?;
        let items = values.get(at)?;
        let all_texts = (0..items.len()).all(|at| items.text(at).is_some());
        if !all_texts {
            return None;
        }
        let value = tree
            .text(entry.value)
            .filter(|value| !value.contains("<+"))?;
        Some((at, value))
    };
    if !tree.is_sequence(exclude) {
        return None;
    }
    let entries = tree.items(exclude).iter().map(|entry| {
        tree.is_mapping(*entry)
            .then(|| tree.entries(*entry).iter().map(condition).collect())?
    });
    entries.collect()
}

/// Whether a combination has all the values of an entry of `exclude`.
fn is_excluded(values: &[LoopItems<'_>], places: &[u32], entry: &[(usize, &str)]) -> bool {
    let value = |axis: usize| {
        let place = *places.get(axis)? as usize;
        values.get(axis)?.text(place)
    };
    !entry.is_empty()
        && entry
            .iter()
            .all(|(axis, excluded)| value(*axis) == Some(*excluded))
}
