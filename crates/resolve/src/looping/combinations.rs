//! The combinations of a matrix whose values stand in the file, and the bound on how many are counted out.

use pipewright_model::{Axis, may_hold_expression};
use pipewright_yaml::{self as yaml, ScalarStyle, Tree};

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
    found.retain(|places| !excluded.iter().any(|entry| is_excluded(places, entry)));
    Some(found)
}

/// What an entry of `exclude` asks of one axis: the axis, and for each of its values whether it is what is asked for.
type Condition = (usize, Vec<bool>);

/// For each entry of `exclude` what it asks. `None` where that is no literal value, or its axis is not there or may
/// take such a value in a run.
fn excluded_values(
    tree: &Tree,
    axes: &[Axis],
    values: &[LoopItems<'_>],
    exclude: yaml::NodeId,
) -> Option<Vec<Vec<Condition>>> {
    let condition = |entry: &yaml::Entry| {
        let name = tree.text(entry.key)?;
        let at = axes.iter().position(|axis| &*axis.name.text == name)?;
        let items = values.get(at)?;
        let is_asked = |place| is_same_value(tree, *items, place, entry.value);
        let asked: Option<Vec<bool>> = (0..items.len()).map(is_asked).collect();
        Some((at, asked?))
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

/// Whether the value of an axis at a place is the one that stands in an entry of `exclude`; `None` where only a run
/// can tell.
fn is_same_value(
    tree: &Tree,
    items: LoopItems<'_>,
    place: usize,
    excluded: yaml::NodeId,
) -> Option<bool> {
    if let Some(text) = items.text(place) {
        let excluded = literal(tree, excluded)?;
        return Some(text == excluded);
    }
    let item = items.node(place)?;
    if tree.is_mapping(item) && tree.is_mapping(excluded) {
        same(tree, item, excluded)
    } else {
        None
    }
}

/// Whether two literal values are the same; `None` where that rests on how a run compares them: on expressions, on the
/// order of keys, on members that are not asked for, and on how a number is written.
fn same(tree: &Tree, value: yaml::NodeId, other: yaml::NodeId) -> Option<bool> {
    if tree.is_mapping(value) && tree.is_mapping(other) {
        let (entries, others) = (tree.entries(value), tree.entries(other));
        let keys = |entries: &[yaml::Entry]| -> Vec<Option<&str>> {
            entries.iter().map(|entry| tree.text(entry.key)).collect()
        };
        let mut members = Vec::new();
        for entry in others {
            let own = tree.find(value, tree.text(entry.key)?);
            members.push(own.map_or(Some(false), |own| same(tree, own, entry.value)));
        }
        if members.contains(&Some(false)) {
            return Some(false);
        }
        let is_sure = members.iter().all(Option::is_some) && keys(entries) == keys(others);
        return is_sure.then_some(true);
    }
    let (one, another) = (literal(tree, value)?, literal(tree, other)?);
    if one != another {
        let number = |text: &str| text.parse::<f64>().ok();
        let is_same_number = number(one).is_some_and(|value| number(another) == Some(value));
        return (!is_same_number).then_some(false);
    }
    let is_quoted = |node| {
        tree.scalar(node)
            .map(|scalar| scalar.style != ScalarStyle::Plain)
    };
    (is_quoted(value) == is_quoted(other)).then_some(true)
}

/// The text of a scalar without expressions.
fn literal(tree: &Tree, node: yaml::NodeId) -> Option<&str> {
    tree.text(node).filter(|text| !may_hold_expression(text))
}

/// Whether a combination has all the values of an entry of `exclude`.
fn is_excluded(places: &[u32], entry: &[Condition]) -> bool {
    let is_asked = |(axis, asked): &Condition| {
        let place = places.get(*axis).map(|place| *place as usize);
        place.and_then(|place| asked.get(place)) == Some(&true)
    };
    !entry.is_empty() && entry.iter().all(is_asked)
}
