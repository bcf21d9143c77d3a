//! One file, taken the whole way from bytes to references.

use std::time::Instant;

use pipewright_model::{self as model, Document, DocumentKind, Pipeline};
use pipewright_resolve::{self as resolve, Outcome, Reference, Resolution, Texts, UnknownReason};
use pipewright_source::{FileId, SourceFile, Span};
use pipewright_yaml::{self as yaml, ProblemKind, Tree};

use crate::rule_context::Place;
use crate::statistics::References;
use crate::{Statistics, Text, templated, texts};

/// What became of one file. Made by [`analyse`], read by [`crate::check`].
#[derive(Debug)]
pub struct Analysis {
    kind: FileKind,
    tree: Tree,
    documents: Vec<Document>,
    texts: Vec<Text>,
    resolutions: Vec<Option<Resolution>>,
    control_text: Option<Span>,
    statistics: Statistics,
}

/// What a file is to Pipewright.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FileKind {
    /// At least one document is a pipeline, template or input set, or a line is the root of one in a file that is not YAML.
    Harness,
    /// The Harness documents all have the newer format (`version: 1`): files, YAML and syntax are checked, paths are not.
    Version1,
    /// A Terraform, Jinja or Go template that is not YAML by itself: reported once, as `templated-file`.
    Templated,
    /// Not YAML, and nothing in what could be read is a Harness document. What is wrong is reported, in case the file was
    /// meant to be one; a walk over a directory may pass it over.
    Broken,
    /// YAML, but no Harness document: nothing is reported.
    Other,
}

/// Takes a file the whole way: YAML, model, syntax, references. Never fails; whatever is wrong is found by [`crate::check`].
pub fn analyse(id: FileId, file: &SourceFile) -> Analysis {
    let mut statistics = Statistics::default();
    let started = Instant::now();
    let tree = yaml::parse(id, file.text());
    statistics.phases.yaml = started.elapsed();

    let started = Instant::now();
    let documents = model::documents(&tree);
    statistics.phases.model = started.elapsed();

    let started = Instant::now();
    let mut known = Texts::default();
    let texts = texts::read(&tree, &documents, &mut known);
    statistics.phases.syntax = started.elapsed();

    let started = Instant::now();
    let resolutions = resolutions_of(&tree, &documents, &mut known);
    statistics.phases.resolve = started.elapsed();

    let control_text = templated::control_text(&tree, file);
    let kind = kind_of(&tree, &documents, control_text.is_some(), file.text());
    if matches!(kind, FileKind::Harness | FileKind::Version1) {
        count_scalars(&tree, &mut statistics);
        statistics.islands = count_islands(&texts);
        let references = resolutions.iter().flatten().flat_map(|r| &r.references);
        statistics.references = count(references);
    }
    Analysis {
        kind,
        tree,
        documents,
        texts,
        resolutions,
        control_text,
        statistics,
    }
}

fn resolutions_of(
    tree: &Tree,
    documents: &[Document],
    known: &mut Texts,
) -> Vec<Option<Resolution>> {
    let resolve = |document: &Document| Some(resolve::analyse(tree, document.pipeline()?, known));
    documents.iter().map(resolve).collect()
}

fn kind_of(tree: &Tree, documents: &[Document], templated: bool, text: &str) -> FileKind {
    let is_yaml = tree
        .problems()
        .iter()
        .all(|problem| problem.kind != ProblemKind::Syntax);
    let version_1 = |document: &Document| matches!(document.kind, DocumentKind::Version1);
    if templated && (!documents.is_empty() || templated::looks_like_harness(text)) {
        FileKind::Templated
    } else if !documents.is_empty() && documents.iter().all(version_1) {
        FileKind::Version1
    } else if !documents.is_empty() {
        FileKind::Harness
    } else if is_yaml {
        FileKind::Other
    } else if templated::looks_like_harness(text) {
        FileKind::Harness
    } else {
        FileKind::Broken
    }
}

fn count_scalars(tree: &Tree, statistics: &mut Statistics) {
    statistics.files = 1;
    for (_, scalar) in tree.scalars() {
        statistics.scalars += 1;
        if scalar.map.is_whole() {
            *statistics.offset_fallbacks.entry(scalar.style).or_default() += 1;
        }
    }
}

fn count_islands(texts: &[Text]) -> u64 {
    let counts = texts
        .iter()
        .map(|text| text.template().islands.len() as u64);
    counts.sum()
}

/// Counts references by outcome.
pub(crate) fn count<'r>(references: impl Iterator<Item = &'r Reference>) -> References {
    let mut counts = References::default();
    for reference in references {
        match &reference.outcome {
            Outcome::RunTime => counts.run_time += 1,
            Outcome::Resolved(_) => counts.resolved += 1,
            Outcome::Unknown(reason) => *counts.unknown.entry(reason.as_str()).or_default() += 1,
            _ => counts.wrong += 1,
        }
    }
    counts
}

impl Analysis {
    /// The same file with the templates it uses written out in `tree`. Only what references lead to is looked at again.
    pub(crate) fn expanded(tree: Tree, documents: Vec<Document>) -> Self {
        let resolutions = resolutions_of(&tree, &documents, &mut Texts::default());
        Self {
            kind: FileKind::Harness,
            tree,
            documents,
            texts: Vec::new(),
            resolutions,
            control_text: None,
            statistics: Statistics::default(),
        }
    }

    /// Every reference of the file.
    pub(crate) fn references(&self) -> impl Iterator<Item = Place<'_>> {
        self.resolved().flat_map(|(pipeline, resolution)| {
            resolution.references.iter().map(move |reference| Place {
                pipeline,
                resolution,
                reference,
                site: &pipeline.sites[reference.site],
                child: None,
            })
        })
    }

    /// The identifiers of the file's pipelines.
    pub fn pipelines(&self) -> impl Iterator<Item = &str> {
        let pipelines = self.documents.iter().filter_map(|document| {
            let DocumentKind::Pipeline(pipeline) = &document.kind else {
                return None;
            };
            pipeline.nodes.first()?.identifier.as_ref()
        });
        pipelines.map(|identifier| &*identifier.text)
    }

    /// The identifiers of the pipelines that chained stages of the file run, for those stages whose references these pipelines decide
    /// about.
    pub fn chained(&self) -> impl Iterator<Item = &str> {
        let foreign = Outcome::Unknown(UnknownReason::Foreign);
        let stages = self.references().filter_map(move |place| {
            let stage = place.pipeline.node(place.site.node);
            (stage.is_chained() && place.reference.outcome == foreign).then_some(stage)
        });
        stages.filter_map(|stage| {
            let spec = self.tree.find(stage.yaml, "spec")?;
            self.tree.text(self.tree.find(spec, "pipeline")?)
        })
    }

    /// The file it was made from.
    pub fn file(&self) -> FileId {
        self.tree.file()
    }

    /// What the file is.
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// The file as YAML.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The Harness documents of the file.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// Every scalar that holds an island or is evaluated as a whole, documents in order.
    pub fn texts(&self) -> &[Text] {
        &self.texts
    }

    /// Every pipeline, and what templates hold of one, with what became of its references.
    pub fn resolved(&self) -> impl Iterator<Item = (&Pipeline, &Resolution)> {
        let resolved = self.resolved_documents();
        resolved.filter_map(|(document, resolution)| Some((document.pipeline()?, resolution)))
    }

    /// Every document that holds a pipeline or a part of one, with what became of its references.
    pub(crate) fn resolved_documents(&self) -> impl Iterator<Item = (&Document, &Resolution)> {
        let pairs = self.documents.iter().zip(&self.resolutions);
        pairs.filter_map(|(document, resolution)| Some((document, resolution.as_ref()?)))
    }

    /// The control text of a template language that keeps the file from being YAML, where the file is one of Harness.
    pub fn control_text(&self) -> Option<Span> {
        self.control_text
            .filter(|_| self.kind == FileKind::Templated)
    }

    /// Figures for `--stats`.
    pub fn statistics(&self) -> &Statistics {
        &self.statistics
    }
}
