//! "Did you mean": the nearest names to those that do not exist.

use std::collections::HashMap;
use std::sync::Arc;

use pipewright_source::near_names;

use crate::index::Index;
use crate::listed_names::{ListedNames, MAX_NAME};
use crate::lists::Found;
use crate::members::needs_near_name;
use crate::reference::path_of;
use crate::resolver::Resolver;
use crate::{
    List, NoInstance, Reference, RightPath, Segment, SegmentKind, Undefined, Verdict, right_path,
};

/// How many comparisons one pipeline is worth. Files with thousands of misspelt names in lists of thousands get fewer
/// suggestions.
const MAX_COMPARISONS: usize = 200_000;
/// How many paths of one pipeline are followed with another name in them.
const MAX_FOLLOWED: usize = 10_000;
/// How many names are looked at to tell whether they are worth a comparison.
const MAX_GLANCES: usize = 10_000_000;

/// Adds the names of its list to every undefined name, and where it has none yet the nearest of them that leads
/// somewhere: the path with it is not wrong itself. `resolver` gives the place of a reference. What looked like the
/// suffix of a loop but is nearer to another name becomes undefined; where only a near name makes a mistake sure and
/// there is none, the name is left to the run.
pub(crate) fn fill<'s>(
    index: &Index<'_>,
    references: &mut [Reference],
    resolver: impl Fn(&Reference) -> Resolver<'s>,
) {
    let mut nearest = Nearest {
        index,
        lists: HashMap::new(),
        known: HashMap::new(),
        comparisons: 0,
        glances: 0,
        followed: 0,
    };
    for reference in references {
        let resolver = resolver(reference);
        let segments = &reference.segments;
        match &mut reference.verdict {
            Verdict::Undefined(undefined) => {
                undefined.names = nearest.names(undefined, segments);
                undefined.right = nearest.elsewhere(undefined, segments, resolver);
                if undefined.nearest.is_none() && undefined.right.is_none() {
                    undefined.nearest = nearest.find(undefined, segments, resolver);
                }
                // `trigger.webhook.payload` has a word too many before a name of the list.
                let next = segments.get(undefined.segment + 1);
                let next = next.and_then(Segment::name);
                let is_sure = undefined.nearest.is_some()
                    || next.is_some_and(|next| undefined.names.in_order().any(|name| name == next));
                if !is_sure && needs_near_name(undefined.list) {
                    reference.verdict = Verdict::RunTime;
                }
            }
            Verdict::NoInstance(missing) if missing.suffixed => {
                if let Some(meant) = nearest.instead_of(missing, segments, resolver) {
                    reference.verdict = Verdict::Undefined(meant);
                }
            }
            _ => {}
        }
    }
}

/// The shortest of the members of a root that a name is the beginning of: `prNum` is meant for `prNumber`.
fn begun_by<'n>(name: &str, names: &'n ListedNames) -> Option<&'n str> {
    /// The shortest beginning that says which name is meant, in characters.
    const LEAST: usize = 3;
    let begun = names.in_order().filter(|listed| listed.starts_with(name));
    begun
        .filter(|_| name.chars().count() >= LEAST)
        .min_by_key(|listed| listed.len())
}

struct Nearest<'i, 'a> {
    index: &'i Index<'a>,
    /// By list and the path from its owner to the place in it.
    lists: HashMap<(List, String), Arc<ListedNames>>,
    /// By list and the path from its owner to the name.
    known: HashMap<(List, String), Vec<Box<str>>>,
    comparisons: usize,
    glances: usize,
    /// How many paths with another name were followed.
    followed: usize,
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

    /// The nearest of the names of the list in which one is missing that leads somewhere.
    fn find(
        &mut self,
        undefined: &Undefined,
        segments: &[Segment],
        resolver: Resolver<'_>,
    ) -> Option<Box<str>> {
        let candidates = self.candidates(undefined, segments)?;
        let mut candidates = candidates.into_iter();
        candidates.find(|name| self.leads_somewhere(name, undefined.segment, segments, resolver))
    }

    /// The path to the name itself, which stands in another list.
    fn elsewhere(
        &mut self,
        undefined: &Undefined,
        segments: &[Segment],
        resolver: Resolver<'_>,
    ) -> Option<RightPath> {
        self.followed += 1;
        (self.followed <= MAX_FOLLOWED).then(|| right_path::of(undefined, segments, resolver))?
    }

    /// The names of the list in which one is missing that are near to it, the nearest first.
    fn candidates(&mut self, undefined: &Undefined, segments: &[Segment]) -> Option<Vec<Box<str>>> {
        let name = segments.get(undefined.segment).and_then(Segment::name)?;
        if name.len() > MAX_NAME {
            return None;
        }
        let behind = segments.get(undefined.from..=undefined.segment)?;
        let key = (undefined.list, path_of(behind));
        if let Some(found) = self.known.get(&key) {
            return Some(found.clone());
        }
        let found = if let Some(instance) = self.instance(undefined, name) {
            vec![instance]
        } else {
            let near = self.near(&undefined.names, name);
            let mut near: Vec<Box<str>> = near.into_iter().map(Into::into).collect();
            if near.is_empty() && matches!(undefined.list, List::Members(_)) {
                near.extend(begun_by(name, &undefined.names).map(Into::into));
            }
            near
        };
        self.known.insert(key, found.clone());
        Some(found)
    }

    /// Whether the path with another name in place of the part at `at` finds what is there when it is read.
    fn leads_somewhere(
        &mut self,
        name: &str,
        at: usize,
        segments: &[Segment],
        resolver: Resolver<'_>,
    ) -> bool {
        self.followed += 1;
        if self.followed > MAX_FOLLOWED {
            return false;
        }
        let mut segments = segments.to_vec();
        segments[at].kind = match segments[at].kind {
            SegmentKind::Quoted(_) => SegmentKind::Quoted(name.into()),
            _ => SegmentKind::Name(name.into()),
        };
        let (verdict, _) = resolver.decide(&segments);
        !verdict.is_wrong()
    }

    /// The instance of a loop that was meant: the name nearest to what stands before a suffix, with that suffix.
    fn instance(&mut self, undefined: &Undefined, name: &str) -> Option<Box<str>> {
        // Of one or two letters every name is near.
        let at = name.rfind('_').filter(|at| *at > 2)?;
        let (identifier, suffix) = name.split_at(at);
        let nearest = self.near(&undefined.names, identifier).into_iter().next()?;
        let instance = format!("{nearest}{suffix}");
        is_instance(self.index, undefined.list, &instance).then(|| instance.into())
    }

    /// The nearest of some names, unless the pipeline has had as many comparisons as it is worth.
    fn near<'n>(&mut self, names: &'n ListedNames, name: &str) -> Vec<&'n str> {
        if self.comparisons > MAX_COMPARISONS || self.glances > MAX_GLANCES {
            return Vec::new();
        }
        self.glances += names.in_order().len();
        let compared = names.may_be_meant(name).take(MAX_COMPARISONS);
        let mut near = near_names(name, compared.inspect(|_| self.comparisons += 1));
        // Of one or two letters every name is near.
        let is_short = |name: &str| name.chars().nth(2).is_none();
        near.retain(|other| {
            other.eq_ignore_ascii_case(name) || !is_short(name) && !is_short(other)
        });
        near
    }

    /// The name that was meant rather than an instance of the loop: one that is near, where the suffix is no number.
    fn instead_of(
        &mut self,
        missing: &NoInstance,
        segments: &[Segment],
        resolver: Resolver<'_>,
    ) -> Option<Undefined> {
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
            self.find(&meant, segments, resolver)
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
