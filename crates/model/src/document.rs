//! The documents Pipewright reads: pipelines, templates, input sets.

use pipewright_source::Span;
use pipewright_yaml as yaml;

use crate::{Located, Pipeline};

/// One document of a file.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its root mapping's span.
    pub span: Span,
    /// Its root mapping in the YAML tree.
    pub root: yaml::NodeId,
    /// What it is.
    pub kind: DocumentKind,
}

/// The kinds of document.
#[derive(Clone, Debug)]
pub enum DocumentKind {
    /// `pipeline:`
    Pipeline(Pipeline),
    /// `template:`
    Template(Template),
    /// `inputSet:`
    InputSet(InputSet),
    /// `overlayInputSet:`
    OverlayInputSet(InputSet),
    /// `version: 1`: recognised; its scalars get syntax rules only.
    Version1,
}

/// A template of a pipeline, stage, step group or step.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its `identifier`.
    pub identifier: Option<Located>,
    /// Its `versionLabel`.
    pub version_label: Option<Located>,
    /// Its `type` as written: `Pipeline`, `Stage`, `StepGroup`, `Step`, or a kind without steps.
    pub type_name: Option<Located>,
    /// What it holds, where that is a pipeline, stage, group or step. The nodes around the root are not known.
    pub content: Option<Pipeline>,
}

/// Values for the runtime inputs of a pipeline.
#[derive(Clone, Debug)]
pub struct InputSet {
    /// Its `identifier`.
    pub identifier: Option<Located>,
    /// The `pipeline` mapping with the values.
    pub pipeline: Option<yaml::NodeId>,
}
