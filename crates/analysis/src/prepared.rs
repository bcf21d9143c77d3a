//! Pipelines with their input sets merged and their templates written out, ready to be evaluated.

use std::sync::Arc;

use pipewright_context::PreparedPipeline;
use pipewright_engine::Engine;
use pipewright_model::DocumentKind;
use pipewright_resolve::{DocumentAt, LookUps, NoInputSet, OpaqueUse, Project, merge_input_sets};
use pipewright_source::FileId;

use crate::values::{FileWork, SiteValues};

/// A pipeline ready to be evaluated, and what could not be written out in it.
#[derive(Clone, Debug)]
pub struct Prepared {
    values: SiteValues,
    opaque: Vec<OpaqueUse>,
    pub(crate) asked: LookUps,
}

/// What a prepared pipeline is made from, beside its file.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Key {
    /// The place of the document in its file.
    pub(crate) document: usize,
    /// The files of the input sets, in the order in which they go on the pipeline.
    pub(crate) input_sets: Vec<FileId>,
}

/// Why a pipeline cannot be made ready.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PrepareError {
    /// The document holds no pipeline and no part of one, or not once the input sets are merged.
    #[error("holds no pipeline once the input sets are merged")]
    NoPipeline,
    /// Input sets are for pipelines.
    #[error("holds a template, and input sets are for pipelines")]
    Template,
    /// A file has no input set that goes on the pipeline.
    #[error("{reason}")]
    InputSet {
        /// The file.
        file: FileId,
        /// Why not.
        reason: NoInputSet,
    },
}

impl PrepareError {
    pub(crate) fn no_input_set(file: FileId) -> Self {
        Self::InputSet {
            file,
            reason: NoInputSet::NotInFile,
        }
    }
}

impl Prepared {
    /// Makes the pipeline of a document ready, with input sets from these files. Evaluating its texts takes from
    /// `work`, and `engine` remembers their programs.
    pub(crate) fn new(
        project: &Project,
        at: DocumentAt,
        sets: &[(FileId, usize)],
        (work, engine): (FileWork, &Engine),
    ) -> Result<Self, PrepareError> {
        let mut asked = LookUps::default();
        let (place, number) = at;
        let own = project.file(place);
        let document = own.documents.get(number).ok_or(PrepareError::NoPipeline)?;
        if !sets.is_empty() && !matches!(document.kind, DocumentKind::Pipeline(_)) {
            return Err(PrepareError::Template);
        }
        let whole = if sets.is_empty() {
            project.expansion(place).cloned()
        } else {
            let chosen: Vec<usize> = sets.iter().map(|(_, place)| *place).collect();
            let merged = project.input_sets(at, &chosen, &mut asked);
            let sets = merged.map_err(|(place, reason)| PrepareError::InputSet {
                file: sets[place].0,
                reason,
            })?;
            // Input sets may give the inputs of templates.
            let merged = merge_input_sets(&own.tree, document, &sets);
            let expansion = project.expand_tree(place, &merged.tree, &merged.documents);
            Some(Arc::new(expansion))
        };
        let (tree, documents) = match &whole {
            Some(expansion) => {
                asked.extend(&expansion.asked);
                (&expansion.tree, &expansion.documents)
            }
            None => (&own.tree, &own.documents),
        };
        let document = documents.get(number);
        let pipeline = document.and_then(|document| Some((document, document.pipeline()?)));
        let (document, pipeline) = pipeline.ok_or(PrepareError::NoPipeline)?;
        let children = project.child_runs(place, (tree, document), &mut asked);
        let pipeline = PreparedPipeline::new(Arc::clone(tree), Arc::clone(pipeline), children);
        let pipeline = pipeline.with_programs_of(engine);
        Ok(Self {
            values: SiteValues::new(pipeline, work),
            opaque: whole.as_ref().map_or_else(Vec::new, |of| of.opaque.clone()),
            asked,
        })
    }

    /// The pipeline.
    pub fn pipeline(&self) -> &PreparedPipeline {
        self.values.pipeline()
    }

    /// The uses of templates that stay as they are.
    pub fn opaque(&self) -> &[OpaqueUse] {
        &self.opaque
    }

    /// What its texts come to.
    pub fn values(&self) -> &SiteValues {
        &self.values
    }
}
