//! "Did you mean": the nearest names to those that do not exist.

use std::collections::HashMap;

use pipewright_source::closest;

use crate::index::Index;
use crate::{List, Outcome, Reference};

/// The longest name that is compared, in bytes; the comparison takes the square of it.
const MAX_NAME: usize = 128;
/// How many comparisons one pipeline is worth. Files with thousands of misspelt names in lists of thousands get fewer suggestions.
const MAX_COMPARISONS: usize = 200_000;

/// Adds the nearest name to every undefined one that has none yet.
pub(crate) fn fill(index: &Index<'_>, references: &mut [Reference]) {
    let mut known: HashMap<(List, Box<str>), Option<Box<str>>> = HashMap::new();
    let mut comparisons = 0;
    for reference in references {
        let Outcome::Undefined(undefined) = &mut reference.outcome else {
            continue;
        };
        let segment = reference.segments.get(undefined.segment);
        let Some(name) = segment.and_then(|segment| segment.name()) else {
            continue;
        };
        if undefined.nearest.is_some() || name.len() > MAX_NAME {
            continue;
        }
        undefined.nearest = known
            .entry((undefined.list, name.into()))
            .or_insert_with(|| {
                if comparisons > MAX_COMPARISONS {
                    return None;
                }
                let candidates = candidates(index, undefined.list);
                comparisons += candidates.len();
                closest(name, candidates.into_iter().take(MAX_COMPARISONS)).map(Into::into)
            })
            .clone();
    }
}

/// The names of a list that are short enough to compare, in one order for each file.
fn candidates<'i>(index: &'i Index<'_>, list: List) -> Vec<&'i str> {
    let names: Vec<&'i str> = match list {
        List::Nodes(owner, kind) => index.identifiers(owner, kind).collect(),
        List::Variables(node) => index
            .pipeline
            .node(node)
            .variables
            .iter()
            .map(|variable| &*variable.name.text)
            .collect(),
        List::Outputs(stage) => {
            let declared = index.outputs(stage).into_iter().flatten();
            declared.map(|name| &**name).collect()
        }
    };
    names
        .into_iter()
        .filter(|name| name.len() <= MAX_NAME)
        .collect()
}
