//! The documents Pipewright reads: pipelines, templates, input sets.

use std::sync::Arc;

use pipewright_source::Span;
use pipewright_yaml as yaml;

use crate::{Located, PathSegment, Pipeline, SiteKind};

/// One document of a file.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Document {
    /// Its root mapping's span.
    pub span: Span,
    /// Its root mapping in the YAML tree.
    pub root: yaml::NodeId,
    /// What it is.
    pub kind: DocumentKind,
    /// The format it is written in.
    pub version: YamlVersion,
    /// The scalars no node of a pipeline reads: the head of a template, keys beside `pipeline`, all of an input set of
    /// v1. In the order of the file.
    pub loose: Vec<LooseScalar>,
}

/// A scalar outside every pipeline, stage, group and step. Only its syntax can be judged.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LooseScalar {
    /// Its scalar.
    pub yaml: yaml::NodeId,
    /// The keys from the document's root down to the scalar.
    pub path: Vec<PathSegment>,
}

impl Document {
    /// The pipeline whose references can be judged: the document's own, or what its template holds. Shared, so that
    /// whoever keeps it copies nothing.
    pub fn pipeline(&self) -> Option<&Arc<Pipeline>> {
        match &self.kind {
            DocumentKind::Pipeline(pipeline) => Some(pipeline),
            DocumentKind::Template(template) => template.content.as_ref(),
            DocumentKind::InputSet(_) | DocumentKind::OverlayInputSet(_) => None,
        }
    }

    /// Every scalar whose syntax can be judged and what it is for, those of nodes first, each part in the order of the
    /// file.
    pub fn scalars(&self) -> impl Iterator<Item = (yaml::NodeId, SiteKind)> {
        let values = match &self.kind {
            DocumentKind::InputSet(set) | DocumentKind::OverlayInputSet(set) => set.values.as_ref(),
            _ => None,
        };
        let sites = self
            .pipeline()
            .map(|pipeline| &**pipeline)
            .or(values)
            .map_or(&[][..], |pipeline| &pipeline.sites);
        let of_nodes = sites.iter().map(|site| (site.yaml, site.kind));
        of_nodes.chain(
            self.loose
                .iter()
                .map(|scalar| (scalar.yaml, SiteKind::Setting)),
        )
    }
}

/// The kinds of document.
#[derive(Clone, Debug)]
pub enum DocumentKind {
    /// `pipeline:`
    Pipeline(Arc<Pipeline>),
    /// `template:`
    Template(Template),
    /// `inputSet:`
    InputSet(InputSet),
    /// `overlayInputSet:`
    OverlayInputSet(InputSet),
}

/// The two formats in which Harness has pipelines, templates and input sets written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum YamlVersion {
    /// The older one: stages and steps stand in wrappers (`stage`, `step`) and have a `type`.
    V0,
    /// The one of the new experience, also called unified: the key of an item says what it is.
    V1,
}

impl YamlVersion {
    /// Whether a text of such a file may hold an expression: behind `<+`, or in v1 behind `${{`, which is plain text in
    /// v0.
    pub fn may_hold_expression(self, text: &str) -> bool {
        match self {
            Self::V0 => text.contains("<+"),
            Self::V1 => may_hold_expression(text),
        }
    }
}

/// Whether a text may hold an expression, where it is not at hand which format its file has: what comes of it is taken
/// for unknown.
pub fn may_hold_expression(text: &str) -> bool {
    text.contains("<+") || text.contains("${{")
}

/// A template of a pipeline, stage, step group or step.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Template {
    /// Its `identifier`.
    pub identifier: Option<Located>,
    /// Its `versionLabel`.
    pub version_label: Option<Located>,
    /// Its `type` as written: `Pipeline`, `Stage`, `StepGroup`, `Step`, or a kind without steps.
    pub type_name: Option<Located>,
    /// What it holds, where that is a pipeline, stage, group or step. The nodes around the root are not known.
    pub content: Option<Arc<Pipeline>>,
}

/// Values for the runtime inputs of a pipeline.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct InputSet {
    /// Its `identifier`.
    pub identifier: Option<Located>,
    /// The `pipeline` mapping with the values.
    pub pipeline: Option<yaml::NodeId>,
    /// The same mapping read as a pipeline of which only the values are written: to merge them, and for their sites.
    pub values: Option<Pipeline>,
}
