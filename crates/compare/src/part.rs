//! One document of a snapshot that holds a pipeline or a part of one, with its templates written out.

use std::collections::BTreeMap;
use std::sync::Arc;

use pipewright_analysis::{Analysis, Beyond, Snapshot, WrittenOut};
use pipewright_model::{Document, DocumentKind, NodeId, Pipeline, YamlVersion};
use pipewright_resolve::{Reference, Resolution};
use pipewright_source::{FileId, SourceFile, Span};
use pipewright_yaml::{self as yaml, Tree};

use crate::pairs::At;

/// One document of a snapshot that holds a pipeline or a part of one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<'s> {
    pub(crate) file: FileId,
    /// The place of the document in its file.
    pub(crate) document: usize,
    pub(crate) kind: &'s DocumentKind,
    pub(crate) whole: &'s WrittenOut,
    pub(crate) pipeline: &'s Arc<Pipeline>,
    pub(crate) resolution: &'s Arc<Resolution>,
    pub(crate) beyond: Option<&'s Beyond>,
}

impl<'s> Part<'s> {
    /// Those of a file, in its order.
    pub(crate) fn of_file(snapshot: &'s Snapshot, file: FileId) -> Vec<Self> {
        let Some(whole) = snapshot.written_out(file) else {
            return Vec::new();
        };
        let whole: &'s WrittenOut = whole;
        let analysis: &'s Analysis = whole.analysis();
        let holders = analysis.documents().iter().enumerate();
        let holders = holders.filter(|(_, document)| document.pipeline().is_some());
        holders
            .zip(analysis.resolved())
            .enumerate()
            .map(|(number, ((document, of), (pipeline, resolution)))| Self {
                file,
                document,
                kind: &of.kind,
                whole,
                pipeline,
                resolution,
                beyond: whole.beyond().get(number),
            })
            .collect()
    }

    /// Those of all files, by their places.
    pub(crate) fn of_snapshot(snapshot: &'s Snapshot) -> BTreeMap<At, Self> {
        let files = snapshot.ids().map(|(_, file)| file);
        let parts = files.flat_map(|file| Self::of_file(snapshot, file));
        parts
            .map(|part| ((part.file, part.document), part))
            .collect()
    }

    pub(crate) fn tree(&self) -> &'s Tree {
        self.whole.analysis().tree()
    }

    /// The inputs of a template of v1, which stand beside the node that it holds.
    pub(crate) fn inputs_beside(&self) -> Option<yaml::NodeId> {
        if self.is_pipeline() || self.pipeline.version == YamlVersion::V0 {
            return None;
        }
        let document = self.whole.analysis().documents().get(self.document)?;
        self.tree()
            .find(self.tree().find(document.root, "template")?, "inputs")
    }

    /// Whether a setting of a template's document is one of the nodes that it holds, by its path in the document.
    pub(crate) fn is_of_nodes(&self, path: &str) -> bool {
        let keys: &[&str] = match self.pipeline.version {
            YamlVersion::V0 => &["spec"],
            YamlVersion::V1 => &["inputs", "pipeline", "stage", "step", "group"],
        };
        let key = path.strip_prefix("template.").unwrap_or_default();
        keys.contains(&key.split(['.', '[']).next().unwrap_or_default())
    }

    pub(crate) fn is_pipeline(&self) -> bool {
        matches!(self.kind, DocumentKind::Pipeline(_))
    }

    /// Whether a pipeline of a file, which a chained stage runs, is this one.
    pub(crate) fn is(&self, file: FileId, pipeline: &Pipeline) -> bool {
        let root = |pipeline: &Pipeline| pipeline.nodes.first().map(|root| root.yaml);
        file == self.file && root(pipeline) == root(self.pipeline)
    }

    pub(crate) fn fqn(&self, node: NodeId) -> String {
        self.resolution.names.fqn(node)
    }

    /// Where a reference is written.
    pub(crate) fn span(&self, reference: &Reference) -> Span {
        let site = &self.pipeline.sites[reference.site];
        self.tree().cover_of(site.yaml, reference.range)
    }
}

/// The identifier of what a document holds; empty where it has none.
pub(crate) fn identifier(kind: &DocumentKind) -> &str {
    let located = match kind {
        DocumentKind::Pipeline(pipeline) => pipeline
            .nodes
            .first()
            .and_then(|root| root.identifier.as_ref()),
        DocumentKind::Template(template) => template.identifier.as_ref(),
        DocumentKind::InputSet(set) | DocumentKind::OverlayInputSet(set) => set.identifier.as_ref(),
    };
    located.map_or("", |located| &located.text)
}

/// The name of a file; empty where there is none.
pub(crate) fn file_name(snapshot: &Snapshot, file: FileId) -> String {
    let source = snapshot.source(file);
    source.map_or("", SourceFile::name).to_owned()
}

/// The document at a place, as it is written.
pub(crate) fn document(snapshot: &Snapshot, (file, document): At) -> Option<&Document> {
    snapshot.documents(file)?.get(document)
}

/// The documents of a file as they are written, with their places.
pub(crate) fn documents(
    snapshot: &Snapshot,
    file: FileId,
) -> impl Iterator<Item = (usize, &Document)> {
    let documents = snapshot
        .documents(file)
        .map_or(&[][..], |documents| documents);
    documents.iter().enumerate()
}
