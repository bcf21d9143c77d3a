//! "Did you mean": the nearest names to those that do not exist.

use std::collections::HashMap;
use std::sync::Arc;

use pipewright_source::closest;

use crate::index::Index;
use crate::listed_names::{ListedNames, MAX_NAME};
use crate::lists::Found;
use crate::members::needs_near_name;
use crate::reference::path_of;
use crate::{List, NoInstance, Reference, Segment, Undefined, Verdict};

/// How many comparisons one pipeline is worth. Files with thousands of misspelt names in lists of thousands get fewer suggestions.
const MAX_COMPARISONS: usize = 200_000;
/// How many names are looked at to tell whether they are worth a comparison.
const MAX_GLANCES: usize = 10_000_000;

/// Adds the names of its list to every undefined name, and the nearest of them where it has none yet. What looked like the suffix of a loop but is nearer to another
/// name becomes undefined; where only a near name makes a mistake sure and there is none, the name is left to the run.
pub(crate) fn fill(index: &Index<'_>, references: &mut [Reference]) {
    let mut nearest = Nearest {
        index,
        lists: HashMap::new(),
        known: HashMap::new(),
        comparisons: 0,
        glances: 0,
    };
    for reference in references {
        let segments = &reference.segments;
        match &mut reference.verdict {
            Verdict::Undefined(undefined) => {
                undefined.names = nearest.names(undefined, segments);
                if undefined.nearest.is_none() {
                    undefined.nearest = nearest.find(undefined, segments);
                }
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
    /// By list and the path from its owner to the place in it.
    lists: HashMap<(List, String), Arc<ListedNames>>,
    /// By list and the path from its owner to the name.
    known: HashMap<(List, String), Option<Box<str>>>,
    comparisons: usize,
    glances: usize,
}

impl Nearest<'_, '_> {
    /// The names of the list in which one is missing.
    fn names(&mut self, undefined: &Undefined, segments: &[Segment]) -> Arc<ListedNames> {
        let around = match undefined.list {
            List::Nodes(..) | List::Variables(_) => None,
            _ => segments.get(undefined.from..undefined.segment),
        };
        let key = (undefined.list, around.map(path_of).unwrap_or_default());
        let read = || undefined.read_names(self.index.tree, self.index.pipeline, segments);
        let names = self.lists.entry(key);
        Arc::clone(names.or_insert_with(|| Arc::new(ListedNames::new(read()))))
    }

    /// The nearest of the names of the list in which one is missing.
    fn find(&mut self, undefined: &Undefined, segments: &[Segment]) -> Option<Box<str>> {
        let name = segments.get(undefined.segment).and_then(Segment::name)?;
        if name.len() > MAX_NAME {
            return None;
        }
        let behind = segments.get(undefined.from..=undefined.segment)?;
        let key = (undefined.list, path_of(behind));
        if let Some(found) = self.known.get(&key) {
            return found.clone();
        }
        let found = self
            .instance(undefined, name)
            .or_else(|| Some(self.near(&undefined.names, name)?.into()));
        self.known.insert(key, found.clone());
        found
    }

    /// The instance of a loop that was meant: the name nearest to what stands before a suffix, with that suffix.
    fn instance(&mut self, undefined: &Undefined, name: &str) -> Option<Box<str>> {
        // Of one or two letters every name is near.
        let at = name.rfind('_').filter(|at| *at > 2)?;
        let (identifier, suffix) = name.split_at(at);
        let instance = format!("{}{suffix}", self.near(&undefined.names, identifier)?);
        is_instance(self.index, undefined.list, &instance).then(|| instance.into())
    }

    /// The nearest of some names, unless the pipeline has had as many comparisons as it is worth.
    fn near<'n>(&mut self, names: &'n ListedNames, name: &str) -> Option<&'n str> {
        if self.comparisons > MAX_COMPARISONS || self.glances > MAX_GLANCES {
            return None;
        }
        self.glances += names.in_order().len();
        let compared = names.may_be_meant(name).take(MAX_COMPARISONS);
        closest(name, compared.inspect(|_| self.comparisons += 1))
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
        let mut meant = Undefined::new(missing.list, missing.segment, missing.segment);
        meant.names = self.names(&meant, segments);
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
