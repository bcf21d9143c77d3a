//! "Did you mean": the nearest names to those that do not exist.

use std::collections::HashMap;

use pipewright_source::closest;

use crate::index::Index;
use crate::lists::Found;
use crate::members::needs_near_name;
use crate::reference::path_of;
use crate::{List, NoInstance, Reference, Segment, Undefined, Verdict};

/// The longest name that is compared, in bytes; the comparison takes the square of it.
const MAX_NAME: usize = 128;
/// How many comparisons one pipeline is worth. Files with thousands of misspelt names in lists of thousands get fewer suggestions.
const MAX_COMPARISONS: usize = 200_000;

/// Adds the nearest name to every undefined one that has none yet. What looked like the suffix of a loop but is nearer to another
/// name becomes undefined; where only a near name makes a mistake sure and there is none, the name is left to the run.
pub(crate) fn fill(index: &Index<'_>, references: &mut [Reference]) {
    let mut nearest = Nearest {
        index,
        known: HashMap::new(),
        comparisons: 0,
    };
    for reference in references {
        let segments = &reference.segments;
        match &mut reference.verdict {
            Verdict::Undefined(undefined) if undefined.nearest.is_none() => {
                undefined.nearest = nearest.find(undefined, segments);
                if undefined.nearest.is_none() && needs_near_name(undefined.list) {
                    reference.verdict = Verdict::RunTime;
                }
            }
            Verdict::NoInstance(missing) if missing.suffixed => {
                if let Some(meant) = nearest.instead_of(missing, segments) {
                    reference.verdict = Verdict::Undefined(meant);
                }
            }
            _ => {}
        }
    }
}

struct Nearest<'i, 'a> {
    index: &'i Index<'a>,
    /// By list and the path from its owner to the name.
    known: HashMap<(List, String), Option<Box<str>>>,
    comparisons: usize,
}

impl Nearest<'_, '_> {
    fn find(&mut self, undefined: &Undefined, segments: &[Segment]) -> Option<Box<str>> {
        let name = segments.get(undefined.segment).and_then(Segment::name)?;
        if name.len() > MAX_NAME {
            return None;
        }
        let list = undefined.list;
        let behind = segments.get(undefined.from..=undefined.segment)?;
        let found = self
            .known
            .entry((list, path_of(behind)))
            .or_insert_with(|| {
                if self.comparisons > MAX_COMPARISONS {
                    return None;
                }
                let candidates = candidates(self.index, undefined, segments);
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
    fn instead_of(&mut self, missing: &NoInstance, segments: &[Segment]) -> Option<Undefined> {
        let name = segments.get(missing.segment).and_then(Segment::name)?;
        let identifier = self.index.identifier(missing.node)?;
        let suffix = name.strip_prefix(identifier)?;
        if suffix
            .bytes()
            .all(|byte| byte == b'_' || byte.is_ascii_digit())
        {
            return None;
        }
        let mut meant = Undefined {
            segment: missing.segment,
            list: missing.list,
            from: missing.segment,
            nearest: None,
            elsewhere: None,
        };
        meant.nearest = Some(
            self.find(&meant, segments)
                .filter(|found| **found != *identifier)?,
        );
        Some(meant)
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

/// The names of the list that are short enough to compare.
fn candidates<'a>(index: &Index<'a>, undefined: &Undefined, segments: &[Segment]) -> Vec<&'a str> {
    let mut names = undefined.names(index.tree, index.pipeline, segments);
    names.retain(|name| name.len() <= MAX_NAME);
    names
}
