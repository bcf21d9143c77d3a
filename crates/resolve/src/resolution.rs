//! From a pipeline to its references.

use std::sync::Arc;

use pipewright_model::{Pipeline, SiteKind};
use pipewright_syntax::IslandId;
use pipewright_yaml::Tree;

use crate::index::Index;
use crate::judge::judge;
use crate::nearest;
use crate::paths::{Path, paths};
use crate::reference::path_of;
use crate::scope::Scope;
use crate::walk::Walk;
use crate::{
    LoopStep, Names, Order, Outcome, Reference, ReferenceSource, Segment, SiteText, Texts,
    UnknownReason,
};

/// Everything that is known about the names in one pipeline or one template's content.
#[derive(Clone, Debug)]
pub struct Resolution {
    /// The parsed text of each of [`Pipeline::sites`], in their order.
    pub texts: Vec<Arc<SiteText>>,
    /// Every reference, by site, then from left to right.
    pub references: Vec<Reference>,
    /// What runs before what.
    pub order: Order,
    /// The fully qualified names of the nodes.
    pub names: Names,
}

impl Resolution {
    /// The fully qualified name of what a reference points at or was meant to: of the node, and of the member where it is one.
    /// `None` where it points at nothing in this pipeline.
    pub fn target_name(&self, reference: &Reference) -> Option<String> {
        let node = self.names.fqn(reference.outcome.node()?);
        let behind = match &reference.outcome {
            Outcome::WrongPath(wrong) => wrong.named_by + 1,
            outcome => outcome.target()?.at,
        };
        let member = path_of(reference.segments.get(behind..)?);
        Some(if member.is_empty() || member.starts_with('[') {
            format!("{node}{member}")
        } else {
            format!("{node}.{member}")
        })
    }

    /// The references that read a name or something below it. A name outside the pipeline (`trigger.type`) is compared with paths.
    pub fn readers<'a>(&'a self, fqn: &'a str) -> impl Iterator<Item = &'a Reference> {
        self.references.iter().filter(move |reference| {
            let outside = || (reference.outcome == Outcome::RunTime).then(|| reference.path());
            self.target_name(reference)
                .or_else(outside)
                .is_some_and(|name| {
                    name.strip_prefix(fqn)
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
                })
        })
    }
}

/// Finds and follows every reference of `pipeline`, which was read from `tree`. Never fails; texts that are no expression hold no
/// references, and their errors stand in [`Resolution::texts`].
///
/// Takes time about linear in the size of the file, and for each reference in the depth of its reader and target.
pub fn analyse(tree: &Tree, pipeline: &Pipeline, texts: &mut Texts) -> Resolution {
    let index = Index::new(tree, pipeline);
    let mut resolution = Resolution {
        texts: Vec::with_capacity(pipeline.sites.len()),
        references: Vec::new(),
        order: Order::new(pipeline),
        names: Names::new(pipeline),
    };
    for (place, site) in pipeline.sites.iter().enumerate() {
        let text = tree.text(site.yaml).unwrap_or_default();
        let parsed = texts.parse(text, site.kind);
        let scope = Scope {
            index: &index,
            site,
        };
        for (source, path) in found_in(&parsed, text) {
            let reference = follow(&resolution, scope, place, source, path);
            resolution.references.push(reference);
        }
        resolution.texts.push(parsed);
    }
    nearest::fill(&index, &mut resolution.references);
    resolution
}

/// The paths of a site's text from left to right: those of its islands, and those outside of them where the whole is evaluated.
fn found_in(parsed: &SiteText, text: &str) -> Vec<(ReferenceSource, Path)> {
    let islands = (0u32..)
        .map(|id| ReferenceSource::Island(IslandId(id)))
        .zip(&parsed.islands);
    let whole = parsed
        .whole
        .iter()
        .map(|whole| (ReferenceSource::Bare, whole));
    let mut found = Vec::new();
    for (source, parsed_part) in islands.chain(whole) {
        let Ok(Some(expr)) = parsed_part else {
            continue;
        };
        let named = paths(expr, text, &parsed.template);
        found.extend(
            named
                .into_iter()
                .filter(|path| !is_placeholder(path))
                .map(|path| (source, path)),
        );
    }
    found.sort_by_key(|(_, path)| path.range.start());
    found
}

/// Whether it is `input`, which marks a runtime input and refers to nothing.
fn is_placeholder(path: &Path) -> bool {
    path.segments.first().and_then(Segment::name) == Some("input")
}

fn follow(
    resolution: &Resolution,
    scope: Scope<'_>,
    site: usize,
    source: ReferenceSource,
    path: Path,
) -> Reference {
    let Resolution { names, order, .. } = resolution;
    let (mut outcome, loops) = decide(scope, names, order, &path.segments);
    if is_foreign(scope, &outcome) {
        outcome = Outcome::Unknown(UnknownReason::Foreign);
    }
    Reference {
        site,
        reader: scope.reader(),
        source,
        range: path.range,
        segments: path.segments,
        loops,
        outcome,
    }
}

/// What becomes of a path that is read in `scope`, and the looping nodes on it.
pub(crate) fn decide(
    scope: Scope<'_>,
    names: &Names,
    order: &Order,
    segments: &[Segment],
) -> (Outcome, Vec<LoopStep>) {
    let mut walk = Walk {
        scope,
        names,
        segments,
        loops: Vec::new(),
    };
    let walked = walk.run();
    let loops = walk.loops;
    let outcome = match walked {
        Ok(target) => judge(&scope, order, segments, target, &loops),
        Err(outcome) if scope.index.incomplete && outcome.is_wrong() => {
            Outcome::Unknown(UnknownReason::Incomplete)
        }
        Err(outcome) => outcome,
    };
    (outcome, loops)
}

/// Whether another pipeline or entity than this one decides about a reference that came to `outcome` here. What a chained stage
/// gives its child is resolved by the stage; a name that finds nothing there goes on as text and is looked up again by the child.
fn is_foreign(scope: Scope<'_>, outcome: &Outcome) -> bool {
    match scope.site.kind {
        SiteKind::ChildOutput => true,
        SiteKind::ForeignInput => {
            !scope.pipeline().node(scope.reader()).is_chained() || outcome.is_wrong()
        }
        _ => false,
    }
}
