//! "Did you mean": the nearest names to those that do not exist.

use std::collections::HashMap;

use pipewright_source::closest;

use crate::index::{Found, Index};
use crate::{List, NoInstance, Outcome, Reference, Segment, Undefined};

/// The longest name that is compared, in bytes; the comparison takes the square of it.
const MAX_NAME: usize = 128;
/// How many comparisons one pipeline is worth. Files with thousands of misspelt names in lists of thousands get fewer suggestions.
const MAX_COMPARISONS: usize = 200_000;

/// Adds the nearest name to every undefined one that has none yet. What looked like the suffix of a loop but is nearer to another
/// name becomes undefined.
pub(crate) fn fill(index: &Index<'_>, references: &mut [Reference]) {
    let mut nearest = Nearest {
        index,
        known: HashMap::new(),
        comparisons: 0,
    };
    for reference in references {
        let name = |segment: usize| reference.segments.get(segment).and_then(Segment::name);
        match &mut reference.outcome {
            Outcome::Undefined(undefined) if undefined.nearest.is_none() => {
                undefined.nearest =
                    name(undefined.segment).and_then(|name| nearest.find(undefined.list, name));
            }
            Outcome::NoInstance(missing) if missing.suffixed => {
                let meant =
                    name(missing.segment).and_then(|name| nearest.instead_of(missing, name));
                if let Some(meant) = meant {
                    reference.outcome = Outcome::Undefined(Undefined {
                        segment: missing.segment,
                        list: missing.list,
                        nearest: Some(meant),
                        elsewhere: None,
                    });
                }
            }
            _ => {}
        }
    }
}

struct Nearest<'i, 'a> {
    index: &'i Index<'a>,
    known: HashMap<(List, Box<str>), Option<Box<str>>>,
    comparisons: usize,
}

impl Nearest<'_, '_> {
    fn find(&mut self, list: List, name: &str) -> Option<Box<str>> {
        if name.len() > MAX_NAME {
            return None;
        }
        let found = self.known.entry((list, name.into())).or_insert_with(|| {
            if self.comparisons > MAX_COMPARISONS {
                return None;
            }
            let candidates = candidates(self.index, list);
            self.comparisons += candidates.len();
            let near = |name| closest(name, candidates.iter().copied().take(MAX_COMPARISONS));
            let instance = || {
                // Of one or two letters every name is near.
                let at = name.rfind('_').filter(|at| *at > 2)?;
                let (identifier, suffix) = name.split_at(at);
                let instance = format!("{}{suffix}", near(identifier)?);
                is_instance(self.index, list, &instance).then_some(instance)
            };
            instance()
                .or_else(|| near(name).map(str::to_owned))
                .map(Into::into)
        });
        found.clone()
    }

    /// The name that was meant rather than an instance of the loop: one that is near, where the suffix is no number.
    fn instead_of(&mut self, missing: &NoInstance, name: &str) -> Option<Box<str>> {
        let identifier = self.index.identifier(missing.node)?;
        let suffix = name.strip_prefix(identifier)?;
        if suffix
            .bytes()
            .all(|byte| byte == b'_' || byte.is_ascii_digit())
        {
            return None;
        }
        let found = self.find(missing.list, name);
        found.filter(|found| **found != *identifier)
    }
}

/// Whether a name of a list is that of an instance of a loop.
fn is_instance(index: &Index<'_>, list: List, name: &str) -> bool {
    let List::Nodes(owner, kind) = list else {
        return false;
    };
    matches!(
        index.find(owner, kind, name),
        Found::Node { suffixed: true, .. }
    )
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
