//! In which stage, group and step of its pipeline a place stands.

use std::collections::BTreeMap;

use pipewright_analysis::Snapshot;
use pipewright_model::{Node, NodeId, Pipeline};
use pipewright_resolve::Names;
use pipewright_source::{Diagnostic, FileId, Span};

use crate::names::noun;
use crate::printable::printable;

/// The nodes of the files that have findings, by where they are written.
#[derive(Debug, Default)]
pub(crate) struct Nodes<'a> {
    files: BTreeMap<FileId, Vec<Placed<'a>>>,
}

/// A node and its bytes.
#[derive(Debug)]
struct Placed<'a> {
    start: u32,
    end: u32,
    node: NodeOf<'a>,
}

/// A stage, step group or step, or the whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NodeOf<'a> {
    pipeline: &'a Pipeline,
    names: &'a Names,
    id: NodeId,
}

impl<'a> Nodes<'a> {
    /// Those of the files that these findings stand in.
    pub(crate) fn new(snapshot: &'a Snapshot, diagnostics: &[Diagnostic]) -> Self {
        let mut files = BTreeMap::new();
        for found in diagnostics {
            let id = found.span.file;
            files.entry(id).or_insert_with(|| placed(snapshot, id));
        }
        Self { files }
    }

    /// The innermost node around the place where a span begins.
    pub(crate) fn around(&self, span: Span) -> Option<NodeOf<'a>> {
        let placed = self.files.get(&span.file)?;
        let at = span.range.start();
        let begun = placed.partition_point(|node| node.start <= at);
        let mut before = placed.get(..begun)?.iter().rev();
        let around = before.find(|node| at <= node.end)?;
        Some(around.node)
    }
}

/// The nodes of a file by their beginnings, outer ones first.
fn placed(snapshot: &Snapshot, file: FileId) -> Vec<Placed<'_>> {
    let Some(analysis) = snapshot.analysis(file) else {
        return Vec::new();
    };
    let mut placed = Vec::new();
    for (pipeline, resolution) in analysis.resolved() {
        for id in pipeline.ids() {
            let span = analysis.tree().span(pipeline.node(id).yaml);
            if span.file == file {
                placed.push(Placed {
                    start: span.range.start(),
                    end: span.range.end(),
                    node: NodeOf {
                        pipeline,
                        names: &resolution.names,
                        id,
                    },
                });
            }
        }
    }
    placed.sort_by_key(|node| node.start);
    placed
}

impl NodeOf<'_> {
    /// Its fully qualified name.
    pub(crate) fn fqn(self) -> String {
        self.names.fqn(self.id)
    }

    /// What people call the nodes around it and it, from the outside to the inside, without the whole.
    pub(crate) fn titles(self) -> Vec<String> {
        let around = self.pipeline.self_and_ancestors(self.id);
        let mut titles: Vec<String> = around
            .filter(|id| *id != Pipeline::ROOT)
            .map(|id| title(self.pipeline.node(id)))
            .collect();
        titles.reverse();
        titles
    }
}

fn title(node: &Node) -> String {
    let named = node.identifier.as_ref().or(node.name.as_ref());
    named.map_or_else(
        || noun(node.kind).to_owned(),
        |name| printable(&name.text).into_owned(),
    )
}
