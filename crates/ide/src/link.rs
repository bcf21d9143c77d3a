//! Where the names of other files lead.

use std::collections::BTreeMap;

use pipewright_analysis::Snapshot;
use pipewright_model::DocumentKind;
use pipewright_source::{FileId, Span};

use crate::cursor::{content, of_own_text};

/// A name that stands for a document of another file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Link {
    /// The name: a `templateRef`, or the identifier of the pipeline that a stage runs.
    pub span: Span,
    /// The file at hand that has it.
    pub file: FileId,
}

/// The names in a file that stand for documents at hand, in order: templates, and pipelines of chained stages. What is
/// not at hand, and what several files have, is no link.
pub fn links(snapshot: &Snapshot, file: FileId) -> Vec<Link> {
    let mut found: BTreeMap<Span, FileId> = BTreeMap::new();
    if let Some(whole) = snapshot.written_out(file) {
        let uses = whole.uses().as_slice().iter();
        let own = uses.filter(|of| of.span.file == file);
        found.extend(own.map(|of| (of.span, of.template)));
    }
    if let Some(analysis) = snapshot.analysis(file) {
        for of in of_own_text(analysis) {
            for node in of.pipeline.nodes.iter().filter(|node| node.is_chained()) {
                let spec = of.tree.find(node.yaml, "spec");
                let named = spec.and_then(|spec| of.tree.find(spec, "pipeline"));
                let Some((named, identifier)) = named.and_then(|id| Some((id, of.tree.text(id)?)))
                else {
                    continue;
                };
                if let Some(target) = pipeline_of(snapshot, identifier) {
                    found.insert(content(of.tree, named), target);
                }
            }
        }
    }
    let links = found.into_iter();
    links.map(|(span, file)| Link { span, file }).collect()
}

/// The one file that has a pipeline of that identifier.
pub(crate) fn pipeline_of(snapshot: &Snapshot, identifier: &str) -> Option<FileId> {
    let has_it = |id: &FileId| {
        let mut documents = snapshot
            .documents(*id)
            .into_iter()
            .flat_map(|all| all.iter());
        documents.any(|document| match &document.kind {
            DocumentKind::Pipeline(pipeline) => {
                let root = pipeline.nodes.first();
                let own = root.and_then(|root| root.identifier.as_ref());
                own.is_some_and(|own| *own.text == *identifier)
            }
            _ => false,
        })
    };
    let mut all = snapshot.ids().map(|(_, id)| id).filter(has_it);
    let only = all.next()?;
    all.next().is_none().then_some(only)
}
