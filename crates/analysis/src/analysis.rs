//! One file, from its text to its references.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use pipewright_context::{PreparedPipeline, loops_of};
use pipewright_engine::Engine;
use pipewright_model::{self as model, Document, Pipeline};
use pipewright_resolve::{self as resolve, Resolution, Texts, UnknownReason, Verdict};
use pipewright_source::{FileId, SourceFile, Span};
use pipewright_yaml::{self as yaml, Problem, Tree};

use crate::Statistics;
use crate::file::Shared;
use crate::file_kind::{
    FileKind, control_lines, control_text, control_text_at, is_changed, looks_like_harness,
};
use crate::statistics::count;
use crate::text::{self, Text};
use crate::values::{FileWork, SiteValues};

/// A file as YAML and as documents.
#[derive(Clone, Debug)]
pub(crate) struct Parsed {
    pub(crate) kind: FileKind,
    pub(crate) tree: Arc<Tree>,
    pub(crate) documents: Arc<[Document]>,
    control_text: Option<Span>,
}

impl Parsed {
    /// Takes a text to documents, with what is known of the file as it was before an edit. Never fails.
    pub(crate) fn new(id: FileId, file: &SourceFile, before: Option<(&Self, &str)>) -> Self {
        let text = file.text();
        let mut control = None;
        let lines = |problem: &Problem| {
            control = control_text_at(problem, id, file).filter(|_| looks_like_harness(text));
            control.map(|_| control_lines(text))
        };
        let tree = match before {
            Some((before, old)) => yaml::parse_edited(id, text, &before.tree, old),
            None => yaml::parse_or_without(id, text, lines),
        };
        let documents = model::documents(&tree);
        if control.is_some() {
            return Self::of(FileKind::Templated, tree, documents, control);
        }
        let control = control_text(&tree, file);
        match FileKind::of(&tree, &documents, control.is_some(), text) {
            FileKind::Templated => {
                let tree = yaml::parse_without(id, text, control_lines(text));
                let documents = model::documents(&tree);
                Self::of(FileKind::Templated, tree, documents, control)
            }
            kind => Self::of(kind, tree, documents, None),
        }
    }

    fn of(
        kind: FileKind,
        tree: Tree,
        documents: Vec<Document>,
        control_text: Option<Span>,
    ) -> Self {
        Self {
            kind,
            tree: Arc::new(tree),
            documents: documents.into(),
            control_text,
        }
    }
}

/// What became of one file: YAML, documents, expressions, references. Of a file by itself, or with what it uses written
/// out in it.
#[derive(Clone, Debug)]
pub struct Analysis {
    parsed: Parsed,
    texts: Vec<Text>,
    /// In the order of the documents.
    resolutions: Vec<Option<Arc<Resolution>>>,
    values: Arc<Values>,
}

/// What the texts of a file come to.
#[derive(Debug)]
struct Values {
    /// In the order of the documents.
    by_document: OnceLock<Vec<OnceLock<SiteValues>>>,
    work: FileWork,
    engine: Arc<Engine>,
}

impl Values {
    fn new(shared: &Shared) -> Self {
        Self {
            by_document: OnceLock::new(),
            work: FileWork::default(),
            engine: Arc::clone(&shared.engine),
        }
    }
}

impl Analysis {
    /// Takes a file the whole way by itself, from its documents to its references. Never fails.
    pub(crate) fn of_own_text(parsed: Parsed, shared: &Shared) -> Self {
        let known = &shared.texts;
        let (tree, documents) = (&parsed.tree, &parsed.documents);
        let mut texts = text::read(tree, documents, known);
        let mut resolutions = resolutions_of(tree, documents, known);
        if parsed.kind == FileKind::Templated {
            let (mut whole, tree) = (HashSet::new(), &parsed.tree);
            texts.retain(|text| {
                let is_whole = is_left_alone(text, tree.text(text.scalar).unwrap_or_default());
                is_whole && whole.insert(text.scalar)
            });
            leave_changed_open(documents, &mut resolutions, &whole);
        }
        Self {
            texts,
            resolutions,
            values: Arc::new(Values::new(shared)),
            parsed,
        }
    }

    /// The same file with the templates it uses written out in `tree`. Only what references lead to is looked at again.
    pub(crate) fn of_written_out(
        tree: Arc<Tree>,
        documents: Arc<[Document]>,
        shared: &Shared,
    ) -> Self {
        Self {
            texts: Vec::new(),
            resolutions: resolutions_of(&tree, &documents, &shared.texts),
            values: Arc::new(Values::new(shared)),
            parsed: Parsed {
                kind: FileKind::Harness,
                tree,
                documents,
                control_text: None,
            },
        }
    }

    /// The resolution of each document, to be replaced where others decide about references.
    pub(crate) fn resolutions_mut(&mut self) -> &mut [Option<Arc<Resolution>>] {
        &mut self.resolutions
    }

    /// The file it was made from.
    pub fn file(&self) -> FileId {
        self.parsed.tree.file()
    }

    /// What the file is.
    pub fn kind(&self) -> FileKind {
        self.parsed.kind
    }

    /// The file as YAML.
    pub fn tree(&self) -> &Arc<Tree> {
        &self.parsed.tree
    }

    /// The Harness documents of the file.
    pub fn documents(&self) -> &Arc<[Document]> {
        &self.parsed.documents
    }

    /// Every scalar that holds an island or is evaluated as a whole, documents in order. Of a file with what it uses
    /// written out none: they are those of the files.
    pub fn texts(&self) -> &[Text] {
        &self.texts
    }

    /// Every pipeline, and what templates hold of one, with what became of its references.
    pub fn resolved(&self) -> impl Iterator<Item = (&Arc<Pipeline>, &Arc<Resolution>)> {
        let resolved = self.resolved_documents();
        resolved.filter_map(|(document, resolution)| Some((document.pipeline()?, resolution)))
    }

    /// Every document that holds a pipeline or a part of one, with what became of its references.
    pub fn resolved_documents(&self) -> impl Iterator<Item = (&Document, &Arc<Resolution>)> {
        let pairs = self.parsed.documents.iter().zip(&self.resolutions);
        pairs.filter_map(|(document, resolution)| Some((document, resolution.as_ref()?)))
    }

    /// What the texts of the pipeline, or part of one, in the document at that place come to, as far as this file by
    /// itself tells. `None` where it holds none.
    pub fn values(&self, document: usize) -> Option<&SiteValues> {
        let pipeline = self.parsed.documents.get(document)?.pipeline()?;
        let none = || self.parsed.documents.iter().map(|_| OnceLock::new());
        let by_document = self.values.by_document.get_or_init(|| none().collect());
        let make = || {
            let tree = Arc::clone(self.tree());
            let prepared = PreparedPipeline::new(tree, Arc::clone(pipeline), Vec::new());
            let prepared = prepared.with_programs_of(&self.values.engine);
            SiteValues::new(prepared, self.values.work.clone())
        };
        Some(by_document.get(document)?.get_or_init(make))
    }

    /// The control text of a template language that keeps the file from being YAML, where the file is one of Harness.
    pub fn control_text(&self) -> Option<Span> {
        self.parsed.control_text
    }

    /// Counts what is in the file.
    pub fn statistics(&self) -> Statistics {
        if !matches!(self.kind(), FileKind::Harness | FileKind::Version1) {
            return Statistics::default();
        }
        let islands = self.texts.iter().map(|text| text.template().islands.len());
        let resolutions = self.resolutions.iter().flatten();
        Statistics {
            islands: islands.map(|count| count as u64).sum(),
            references: count(resolutions.flat_map(|resolution| &resolution.references)),
            ..Statistics::of_tree(&self.parsed.tree)
        }
    }
}

/// Whether a template language changes none of the expressions in a text.
fn is_left_alone(text: &Text, decoded: &str) -> bool {
    let template = text.template();
    if text.whole().is_some() || template.unclosed.is_some() {
        return !is_changed(decoded);
    }
    let mut islands = template.roots();
    islands.all(|(_, island)| !is_changed(island.slice(decoded)))
}

/// Leaves the references undecided that stand in texts which a template language changes.
fn leave_changed_open(
    documents: &[Document],
    resolutions: &mut [Option<Arc<Resolution>>],
    whole: &HashSet<yaml::NodeId>,
) {
    for (document, resolution) in documents.iter().zip(resolutions) {
        let (Some(pipeline), Some(resolution)) = (document.pipeline(), resolution) else {
            continue;
        };
        for reference in &mut Arc::make_mut(resolution).references {
            let site = &pipeline.sites[reference.site];
            if reference.verdict.is_wrong() && !whole.contains(&site.yaml) {
                reference.verdict = Verdict::Unknown(UnknownReason::Incomplete);
            }
        }
    }
}

fn resolutions_of(
    tree: &Arc<Tree>,
    documents: &[Document],
    known: &Texts,
) -> Vec<Option<Arc<Resolution>>> {
    let resolve = |document: &Document| {
        let pipeline = document.pipeline()?;
        let loops = loops_of(tree, pipeline);
        let resolution = resolve::analyse_with(tree, pipeline, known, loops);
        Some(Arc::new(resolution))
    };
    documents.iter().map(resolve).collect()
}
