//! References in the inputs of chained stages that find nothing anywhere.
//!
//! A chained stage resolves its inputs itself. What finds nothing there goes on as text, and the child resolves it
//! where it reads the input. So such a reference is wrong only if neither pipeline has what it names.

use pipewright_model::{Document, Moment, Pipeline, Site, SiteKind};
use pipewright_yaml::Tree;

use super::{LookUps, Project};
use crate::resolver::Resolver;
use crate::tables::Tables;
use crate::{Reference, Resolution, UnknownReason, Verdict};

impl Project {
    /// The references in inputs of chained stages that find nothing in the document and nothing in the child, which is
    /// at hand: of each its place among the document's references, and what becomes of it in the document. Left out are
    /// those that the child has more of than the document, as they are probably meant for it.
    ///
    /// The document was read from `tree`, which is that of the file or was made from it; `resolution` tells what became
    /// of its references, where these are unknown. What is looked up is noted in `asked`.
    pub fn unresolved_inputs(
        &self,
        file: usize,
        (tree, document): (&Tree, &Document),
        resolution: &Resolution,
        asked: &mut LookUps,
    ) -> Vec<(usize, Reference)> {
        let Some(pipeline) = document.pipeline() else {
            return Vec::new();
        };
        let handed_on = |reference: &Reference| {
            pipeline.sites[reference.site].kind == SiteKind::ForeignInput
                && reference.verdict == Verdict::Unknown(UnknownReason::Foreign)
        };
        let by_child = self.by_child(file, (tree, document), resolution, handed_on, asked);
        if by_child.is_empty() {
            return Vec::new();
        }
        // Those of the document are counted already.
        let tables = Tables::new(tree, pipeline, resolution.loops.clone());
        let site = |reference: &Reference| &pipeline.sites[reference.site];
        let mut unresolved: Vec<(usize, Reference)> = Vec::new();
        for (at, places) in by_child {
            let Some((tree, child)) = self.written_out(at, asked) else {
                continue;
            };
            let references = places.into_iter().map(|place| {
                let reference = &resolution.references[place];
                (place, decided(tables.at(site(reference)), reference))
            });
            let loops = (self.count_loops)(tree, child);
            let tables = Tables::new(tree, child, loops);
            unresolved.extend(without_target(&tables, child, references));
        }
        unresolved.sort_by_key(|(place, _)| *place);
        let (places, mut references): (Vec<usize>, Vec<Reference>) = unresolved.into_iter().unzip();
        tables.suggest(&mut references, site);
        places.into_iter().zip(references).collect()
    }
}

/// The reference as it is decided from there.
fn decided(from: Resolver<'_>, reference: &Reference) -> Reference {
    let (verdict, loops) = from.decide(&reference.segments);
    Reference {
        loops,
        verdict,
        ..reference.clone()
    }
}

/// Those of the references that find no more in the child, wherever in it they are read, than in the parent.
fn without_target(
    tables: &Tables<'_>,
    child: &Pipeline,
    references: impl Iterator<Item = (usize, Reference)>,
) -> Vec<(usize, Reference)> {
    let root = Pipeline::ROOT;
    let site = Site::of_node(child, root, SiteKind::Variable, Moment::Running);
    let is_unresolved = |(_, reference): &(usize, Reference)| {
        let (verdict, _) = tables.at(&site).decide(&reference.segments);
        verdict.is_wrong() && reach(&verdict) <= reach(&reference.verdict)
    };
    references.filter(is_unresolved).collect()
}

/// How many parts of a path lead somewhere.
const fn reach(verdict: &Verdict) -> usize {
    match verdict {
        Verdict::Undefined(undefined) => undefined.segment,
        Verdict::UnknownRoot | Verdict::NotInside(_) | Verdict::NoLoopValue(_) => 0,
        _ => usize::MAX,
    }
}
