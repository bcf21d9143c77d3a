//! Which input sets go on a pipeline, overlays opened (`spec/model.md` §1.5).

use std::collections::HashSet;

use pipewright_model::{Document, DocumentKind};
use pipewright_yaml::{NodeId, Tree};

use super::choose::nearest;
use super::{DocumentAt, LookUps, Opaque, Owner, Project, Role};

/// How many input sets may go on one pipeline.
const MAX_SETS: usize = 1_000;

/// Why there is no way to put an input set on a pipeline. Displays as what follows the name of its file.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NoInputSet {
    /// A file holds neither an input set nor an overlay.
    #[error("holds no input set")]
    NotInFile,
    /// An input set is for another pipeline.
    #[error("is for pipeline `{wanted}`, not for pipeline `{found}`")]
    OtherPipeline {
        /// The identifier that the input set names.
        wanted: Box<str>,
        /// The identifier of the pipeline.
        found: Box<str>,
    },
    /// An overlay names an input set that no file holds for that pipeline.
    #[error("names input set `{0}`, which no file at hand holds for this pipeline")]
    Missing(Box<str>),
    /// An overlay names an input set that several files hold, none of them nearer than the others.
    #[error("names input set `{0}`, which several files at hand hold")]
    Ambiguous(Box<str>),
    /// More than 1,000 input sets.
    #[error("is one too many: at most {MAX_SETS} input sets go on a pipeline")]
    TooMany,
}

/// What a pipeline, or an input set for one, says about which pipeline that is.
#[derive(Clone, Copy)]
pub(super) struct Identity<'a> {
    pub(super) identifier: Option<&'a str>,
    pub(super) owner: Owner<'a>,
}

impl Identity<'_> {
    /// Whether both may be the same pipeline: nothing that both say differs.
    fn agrees_with(self, other: Self) -> bool {
        let same = |(a, b)| a == b;
        self.identifier.zip(other.identifier).is_none_or(same)
            && self.owner.agrees_with(other.owner)
    }
}

impl Project {
    /// The input sets that the files `chosen` mean for a pipeline, in the order in which they go on it: of two that
    /// give the same value the later one holds. Of each file it is the first that can be for the pipeline.
    ///
    /// An overlay stands for the input sets it names, in its order. They are looked for among the chosen ones, then
    /// among all files: by identifier, where nothing they say of pipeline, organisation and project speaks against it,
    /// the one nearest to the overlay by its directories. A chosen input set that an overlay names counts there and not
    /// once more by itself.
    ///
    /// What is looked up is noted in `asked`.
    ///
    /// # Errors
    /// The place in `chosen` of the first that cannot be put on the pipeline, with the reason.
    pub fn input_sets(
        &self,
        pipeline: DocumentAt,
        chosen: &[usize],
        asked: &mut LookUps,
    ) -> Result<Vec<(&Tree, &Document)>, (usize, NoInputSet)> {
        let identity = self.identity(pipeline);
        let chosen: Vec<DocumentAt> = chosen
            .iter()
            .enumerate()
            .map(|(number, file)| {
                let found = self.set_in(*file, identity);
                found.map_err(|reason| (number, reason))
            })
            .collect::<Result<_, _>>()?;
        let is_overlay =
            |at: &DocumentAt| matches!(self.document(*at).kind, DocumentKind::OverlayInputSet(_));
        let mut opened = Vec::new();
        for (number, at) in chosen.iter().enumerate() {
            let sets = self.open(identity, *at, &chosen, asked);
            opened.push((at, sets.map_err(|reason| (number, reason))?));
        }
        let in_overlays: HashSet<DocumentAt> = opened
            .iter()
            .filter(|(at, _)| is_overlay(at))
            .flat_map(|(_, sets)| sets.iter().copied())
            .collect();
        let mut order: Vec<DocumentAt> = Vec::new();
        for (number, (at, sets)) in opened.iter().enumerate() {
            if is_overlay(at) || !in_overlays.contains(at) {
                order.extend(sets);
            }
            if order.len() > MAX_SETS {
                return Err((number, NoInputSet::TooMany));
            }
        }
        // Of an input set that comes twice the later place is the one that counts.
        let mut seen = HashSet::new();
        order.reverse();
        order.retain(|at| seen.insert(*at));
        order.reverse();
        let sets = order.iter().map(|at| (self.tree(*at), self.document(*at)));
        Ok(sets.collect())
    }

    /// The input sets of these identifiers for a pipeline, the nearest to its file by directories. `None` where one is
    /// not at hand, or it is not certain which is meant.
    pub(super) fn sets_called(
        &self,
        pipeline: DocumentAt,
        identifiers: &[&str],
        asked: &mut LookUps,
    ) -> Option<Vec<(&Tree, &Document)>> {
        let identity = self.identity(pipeline);
        let sets = identifiers.iter().take(MAX_SETS).map(|identifier| {
            let at = self
                .member(identity, pipeline, identifier, &[], asked)
                .ok()?;
            Some((self.tree(at), self.document(at)))
        });
        sets.collect()
    }

    /// What a document says about the pipeline that it is, or is for.
    pub(super) fn identity(&self, at: DocumentAt) -> Identity<'_> {
        let (tree, document) = (self.tree(at), self.document(at));
        let pipeline = pipeline_of(tree, document);
        let overlay = tree.find(document.root, "overlayInputSet");
        let identifier = match overlay {
            Some(overlay) => tree.find(overlay, "pipelineIdentifier"),
            None => pipeline.and_then(|pipeline| tree.find(pipeline, "identifier")),
        };
        let identifier = identifier.and_then(|identifier| tree.text(identifier));
        Identity {
            identifier: identifier.filter(|text| !text.is_empty() && !text.contains("<+")),
            owner: self.owner(at),
        }
    }

    /// The input set or overlay of a file that can be for the pipeline.
    fn set_in(&self, file: usize, pipeline: Identity<'_>) -> Result<DocumentAt, NoInputSet> {
        let mut other = NoInputSet::NotInFile;
        for (number, document) in self.files[file].documents.iter().enumerate() {
            if !matches!(
                document.kind,
                DocumentKind::InputSet(_) | DocumentKind::OverlayInputSet(_)
            ) {
                continue;
            }
            let at = (file, number);
            match (self.identity(at).identifier, pipeline.identifier) {
                (Some(wanted), Some(found)) if wanted != found => {
                    other = NoInputSet::OtherPipeline {
                        wanted: wanted.into(),
                        found: found.into(),
                    };
                }
                _ => return Ok(at),
            }
        }
        Err(other)
    }

    /// The input sets that a chosen document stands for: itself, or what it puts together.
    fn open(
        &self,
        pipeline: Identity<'_>,
        at: DocumentAt,
        chosen: &[DocumentAt],
        asked: &mut LookUps,
    ) -> Result<Vec<DocumentAt>, NoInputSet> {
        let document = self.document(at);
        if !matches!(document.kind, DocumentKind::OverlayInputSet(_)) {
            return Ok(vec![at]);
        }
        let names = overlay_references(self.tree(at), document);
        if names.len() > MAX_SETS {
            return Err(NoInputSet::TooMany);
        }
        let members = names
            .iter()
            .map(|name| self.member(pipeline, at, name, chosen, asked));
        members.collect()
    }

    /// The input set of that identifier that a document means: an overlay, or a pipeline that is run with it.
    fn member(
        &self,
        pipeline: Identity<'_>,
        user: DocumentAt,
        identifier: &str,
        chosen: &[DocumentAt],
        asked: &mut LookUps,
    ) -> Result<DocumentAt, NoInputSet> {
        asked.note(Role::InputSet, identifier);
        let fits = |at: &&DocumentAt| {
            let is_called = self.set_identifier(**at) == Some(identifier);
            is_called && self.identity(**at).agrees_with(pipeline)
        };
        let near = |candidates: &[DocumentAt]| {
            let fitting = candidates.iter().filter(fits).map(|at| (at.0, *at));
            nearest(&self.homes, user.0, fitting)
        };
        let of_all = self
            .input_sets
            .get(identifier)
            .map_or(&[][..], Vec::as_slice);
        let found = match near(chosen) {
            Err(Opaque::NotAtHand) => near(of_all),
            found => found,
        };
        found.map_err(|reason| match reason {
            Opaque::Ambiguous => NoInputSet::Ambiguous(identifier.into()),
            _ => NoInputSet::Missing(identifier.into()),
        })
    }

    fn set_identifier(&self, at: DocumentAt) -> Option<&str> {
        match &self.document(at).kind {
            DocumentKind::InputSet(set) => set.identifier.as_ref().map(|name| &*name.text),
            _ => None,
        }
    }
}

/// The mapping of the pipeline that a document holds, or holds values for.
fn pipeline_of(tree: &Tree, document: &Document) -> Option<NodeId> {
    match &document.kind {
        DocumentKind::InputSet(set) => set.pipeline,
        _ => tree.find(document.root, "pipeline"),
    }
}

/// The identifiers of the input sets that an overlay (`overlayInputSet`) puts together, in order: of two that give the
/// same value the later one holds. Empty for every other document.
fn overlay_references<'t>(tree: &'t Tree, document: &Document) -> Vec<&'t str> {
    let references = tree
        .find(document.root, "overlayInputSet")
        .and_then(|overlay| tree.find(overlay, "inputSetReferences"));
    references.map_or_else(Vec::new, |list| {
        let items = tree.items(list).iter();
        items.filter_map(|item| tree.text(*item)).collect()
    })
}
