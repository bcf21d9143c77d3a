//! One file together with the templates it uses and the pipelines it runs.

use std::collections::HashMap;
use std::sync::Arc;

use pipewright_resolve::{
    Child, GivenInputs, InputValues, LookUps, OpaqueUse, Project, Reference, Resolution, Uses,
};

use crate::file::Shared;
use crate::{Analysis, TemplateCounts};

/// A file in which the content of the templates at hand stands where they are used, and what the pipelines that its
/// chained stages run say of its references.
#[derive(Clone, Debug)]
pub struct WrittenOut {
    analysis: Arc<Analysis>,
    uses: Uses,
    opaque: Vec<OpaqueUse>,
    beyond: Vec<Beyond>,
    inputs: Vec<InputValues>,
    given: Vec<GivenInputs>,
    pub(crate) asked: LookUps,
}

/// What other pipelines say of the references of one document.
#[derive(Clone, Debug, Default)]
pub struct Beyond {
    /// The pipelines that decide about the outputs of chained stages.
    children: Vec<Child>,
    /// The places of the references in inputs of chained stages that find nothing in either pipeline.
    unresolved_inputs: Vec<usize>,
}

impl Beyond {
    /// The pipelines that decide about the outputs of chained stages.
    pub fn children(&self) -> &[Child] {
        &self.children
    }

    /// The places among the document's references of those in inputs of chained stages that find nothing in either
    /// pipeline.
    pub fn unresolved_inputs(&self) -> &[usize] {
        &self.unresolved_inputs
    }

    /// The references that these pipelines decide about, by their places among the document's references.
    pub fn decided(&self) -> HashMap<usize, (&Child, &Reference)> {
        let decided = self.children.iter().flat_map(|child| {
            let places = child.places.iter().zip(&child.resolution.references);
            places.map(move |(place, reference)| (*place, (child, reference)))
        });
        decided.collect()
    }
}

impl WrittenOut {
    /// Puts the file at a place of the project together; `own` is what became of it by itself.
    pub(crate) fn new(
        own: &Arc<Analysis>,
        project: &Project,
        place: usize,
        shared: &Shared,
    ) -> Self {
        let texts = &shared.texts;
        let mut asked = LookUps::default();
        let (mut analysis, mut uses, mut opaque) = (Arc::clone(own), Uses::default(), Vec::new());
        if let Some(expansion) = project.expansion(place) {
            asked.extend(&expansion.asked);
            opaque.clone_from(&expansion.opaque);
            if !expansion.uses.as_slice().is_empty() {
                uses = expansion.uses.clone();
                let (tree, documents) = (&expansion.tree, &expansion.documents);
                let documents = Arc::clone(documents);
                analysis = Arc::new(Analysis::of_written_out(
                    Arc::clone(tree),
                    documents,
                    shared,
                ));
            }
        }
        let beyond = ask_others(&mut analysis, project, place, &mut asked);
        let documents = 0..own.documents().len();
        let inputs = documents
            .filter_map(|number| project.input_values((place, number), texts, &mut asked))
            .collect();
        let documents = 0..own.documents().len();
        let given = documents.flat_map(|number| project.given_inputs((place, number), &mut asked));
        let given = given.collect();
        Self {
            analysis,
            uses,
            opaque,
            beyond,
            inputs,
            given,
            asked,
        }
    }

    /// What became of the file. Where nothing is written out in it, its texts are there, too.
    pub fn analysis(&self) -> &Arc<Analysis> {
        &self.analysis
    }

    /// The uses of templates that are written out.
    pub fn uses(&self) -> &Uses {
        &self.uses
    }

    /// The uses of templates that stay as they are.
    pub fn opaque(&self) -> &[OpaqueUse] {
        &self.opaque
    }

    /// What other pipelines say, for each of [`Analysis::resolved`].
    pub fn beyond(&self) -> &[Beyond] {
        &self.beyond
    }

    /// The values of the file's input sets, read in the pipelines they are for.
    pub fn inputs(&self) -> &[InputValues] {
        &self.inputs
    }

    /// What the file gives to pipelines and templates at hand, and what becomes of each value.
    pub fn given(&self) -> &[GivenInputs] {
        &self.given
    }

    /// Whether more is known of the file's references than from its own text.
    pub fn says_more(&self) -> bool {
        let has_more = |of: &Beyond| !of.children.is_empty() || !of.unresolved_inputs.is_empty();
        !self.uses.as_slice().is_empty()
            || !self.inputs.is_empty()
            || self.beyond.iter().any(has_more)
    }

    /// What became of the templates that the file uses in its own text.
    pub fn templates(&self) -> TemplateCounts {
        let uses = self.uses.as_slice().iter();
        let mut templates = TemplateCounts {
            written_out: uses.filter(|of| of.outer.is_none()).count() as u64,
            ..TemplateCounts::default()
        };
        let file = self.analysis.file();
        for of in self.opaque.iter().filter(|of| of.span.file == file) {
            *templates.opaque.entry(of.reason.as_str()).or_default() += 1;
        }
        templates
    }
}

/// Asks the pipelines that chained stages run. A reference in their inputs that finds nothing in either pipeline
/// becomes what it is in the file.
fn ask_others(
    analysis: &mut Arc<Analysis>,
    project: &Project,
    place: usize,
    asked: &mut LookUps,
) -> Vec<Beyond> {
    let mut beyond = Vec::new();
    let mut replaced: Vec<Option<Arc<Resolution>>> = Vec::new();
    for (document, resolution) in analysis.resolved_documents() {
        let at = (&**analysis.tree(), document);
        let unresolved = project.unresolved_inputs(place, at, resolution, asked);
        beyond.push(Beyond {
            children: project.children(place, at, resolution, asked),
            unresolved_inputs: unresolved.iter().map(|(place, _)| *place).collect(),
        });
        replaced.push((!unresolved.is_empty()).then(|| {
            let mut resolution = Resolution::clone(resolution);
            for (place, reference) in unresolved {
                resolution.references[place] = reference;
            }
            Arc::new(resolution)
        }));
    }
    if replaced.iter().any(Option::is_some) {
        let analysis = Arc::make_mut(analysis);
        let resolutions = analysis.resolutions_mut().iter_mut().flatten();
        for (resolution, new) in resolutions.zip(replaced) {
            if let Some(new) = new {
                *resolution = new;
            }
        }
    }
    beyond
}
