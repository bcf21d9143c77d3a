//! What becomes of a path at a place that reads: it is followed, judged by the order, and its members are looked up.

use pipewright_model::SiteKind;

use crate::judge::judge;
use crate::paths::Path;
use crate::scope::Scope;
use crate::walk::Walk;
use crate::{
    LoopStep, Names, Order, Reference, ReferenceSource, Segment, SegmentKind, UnknownReason,
    Verdict, before_stage, loop_values, members,
};

/// A place that reads, and what is needed to follow paths from there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Resolver<'s> {
    pub(crate) scope: Scope<'s>,
    pub(crate) names: &'s Names,
    pub(crate) order: &'s Order,
}

impl Resolver<'_> {
    /// The reference that a path is which stands in a site, by the site's place in the list of sites.
    pub(crate) fn reference(self, site: usize, source: ReferenceSource, path: Path) -> Reference {
        let (mut verdict, loops) = self.decide(&path.segments);
        let is_open = matches!(verdict, Verdict::Unknown(_) | Verdict::RunTime);
        if self.scope.is_v1() && self.is_beside_hyphen(&path) && !is_open {
            // A name with a hyphen, which v1 has in the identifiers of stages and steps, or a subtraction.
            verdict = Verdict::Unknown(UnknownReason::Dynamic);
        } else if is_foreign(self.scope, &verdict) {
            verdict = Verdict::Unknown(UnknownReason::Foreign);
        } else if is_relative_of_entity(self.scope, &path.segments)
            && verdict.is_wrong()
            && verdict != Verdict::UnknownRoot
        {
            verdict = Verdict::Unknown(UnknownReason::Lazy);
        }
        Reference {
            site,
            reader: self.scope.reader(),
            source,
            range: path.range,
            segments: path.segments,
            loops,
            verdict,
        }
    }

    /// Whether a `-` without a blank stands in a path, in front of it or behind it.
    fn is_beside_hyphen(self, path: &Path) -> bool {
        let text = self
            .scope
            .index
            .tree
            .text(self.scope.site.yaml)
            .unwrap_or_default()
            .as_bytes();
        let (start, end) = (path.range.start() as usize, path.range.end() as usize);
        let before = start.checked_sub(1).and_then(|at| text.get(at));
        let mut kinds = path.segments.iter().map(|segment| &segment.kind);
        let is_inside =
            kinds.any(|kind| matches!(kind, SegmentKind::Name(name) if name.contains('-')));
        is_inside || before == Some(&b'-') || text.get(end) == Some(&b'-')
    }

    /// What becomes of a path that is read there, and the looping nodes on it.
    pub(crate) fn decide(self, segments: &[Segment]) -> (Verdict, Vec<LoopStep>) {
        let Self {
            scope,
            names,
            order,
        } = self;
        let mut walk = Walk {
            scope,
            names,
            order,
            segments,
            loops: Vec::new(),
        };
        let verdict = match walk.run() {
            Ok(target) if let Some(early) = before_stage::of_node(&scope, segments, target) => {
                early
            }
            Ok(target) => match judge(&scope, order, segments, target, &walk.loops) {
                Verdict::Resolved(target) => walk
                    .without_suffix(target)
                    .or_else(|| loop_values::of_node(&scope, segments, target))
                    .unwrap_or_else(|| {
                        let found = Verdict::Resolved(target);
                        match members::of_target(&scope, segments, target, found) {
                            Verdict::Undefined(undefined) => walk
                                .past_lists(target, &undefined)
                                .unwrap_or(Verdict::Undefined(undefined)),
                            judged => judged,
                        }
                    }),
                // Without a suffix nothing is found, in whatever order the turns run.
                judged @ Verdict::Unknown(UnknownReason::Order) => walk
                    .without_suffix(target)
                    .unwrap_or_else(|| members::of_target(&scope, segments, target, judged)),
                judged => members::of_target(&scope, segments, target, judged),
            },
            Err(verdict) if scope.index.incomplete && verdict.is_wrong() => {
                Verdict::Unknown(UnknownReason::Incomplete)
            }
            Err(verdict) => members::of_root(&scope, segments, verdict),
        };
        (verdict, walk.loops)
    }
}

/// Whether another pipeline or entity than this one decides about a reference that came to `verdict` here. What a
/// chained stage gives its child is resolved by the stage; a name that finds nothing there goes on as text and is
/// looked up again by the child.
fn is_foreign(scope: Scope<'_>, verdict: &Verdict) -> bool {
    match scope.site.kind {
        SiteKind::ChildOutput => true,
        SiteKind::ForeignInput => verdict.is_wrong(),
        _ => false,
    }
}

/// Whether a path goes into a service, environment or infrastructure and may mean something else in each stage that
/// reads it: one that takes over the service of another reads it, too. The pipeline is the same from everywhere.
fn is_relative_of_entity(scope: Scope<'_>, segments: &[Segment]) -> bool {
    if scope.site.kind != SiteKind::EntityInput {
        return false;
    }
    match segments.first().and_then(Segment::name) {
        Some("pipeline") => false,
        Some("stage") => !scope.index.has_own_targets_only(),
        _ => true,
    }
}
