//! Input sets put on their pipeline (`spec/model.md` §1.5, §2.4).

use std::ops::Range;
use std::sync::Arc;

use pipewright_model::{self as model, Document, DocumentKind};
use pipewright_yaml::limits::MAX_DEPTH;
use pipewright_yaml::{NodeId, NodeKind, Tree};

use super::merge::merged;

/// A pipeline's file in which values of input sets stand in the places of runtime inputs.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The tree of the pipeline's file. The values keep the file and bytes they were written in.
    pub tree: Arc<Tree>,
    /// What is read from the tree, in the order of the file's documents.
    pub documents: Arc<[Document]>,
}

/// Puts the values of input sets on a pipeline: each value goes to the runtime input (`<+input>` with whatever follows
/// it) of the same fully qualified name; a value that finds none is passed over, as the platform does, and so is a set
/// that would make the pipeline deeper than [`MAX_DEPTH`]. Of several input sets the later one holds.
///
/// `document` is one that was read from `tree`, and each of `sets` one that was read from the tree beside it; documents
/// that are no input sets, and overlays (see [`super::Project::input_sets`]), give nothing. Templates are to be written
/// out afterwards, with [`super::Project::expand_tree`]: input sets may give their inputs.
pub fn merge_input_sets(tree: &Tree, document: &Document, sets: &[(&Tree, &Document)]) -> Merged {
    let mut tree = tree.clone();
    // What is filled in is no runtime input any more, so the one that holds comes first.
    for (source, set) in sets.iter().rev() {
        let DocumentKind::InputSet(set) = &set.kind else {
            continue;
        };
        if let Some(values) = set.pipeline {
            fill(&mut tree, document, (source, values));
        }
    }
    Merged {
        documents: model::documents(&tree).into(),
        tree: Arc::new(tree),
    }
}

/// Puts values in the places of the runtime inputs of a document's pipeline, and returns the nodes that came with them.
/// `None` where there is no pipeline or it would become too deep.
pub(super) fn fill(
    tree: &mut Tree,
    document: &Document,
    (source, values): (&Tree, NodeId),
) -> Option<Range<NodeId>> {
    let base = tree.find(document.root, "pipeline")?;
    let start = tree.end();
    let values = tree.graft(source, values);
    let given = start..tree.end();
    let filled = merged(tree, base, values);
    if tree.extent(filled).height >= MAX_DEPTH {
        return None;
    }
    let kind = NodeKind::Mapping(tree.entries(filled).to_vec());
    tree.replace(base, kind);
    Some(given)
}
