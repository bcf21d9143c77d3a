//! Chained stages as they run: each child with the inputs that its stage gives it (`spec/model.md` §1.5, §4).

use std::ops::Range;

use pipewright_model::{self as model, Document, Node, NodeId, Pipeline};
use pipewright_yaml::{self as yaml, Tree};

use super::children::ChildName;
use super::{Owner, Project, owner};

/// How many nodes the children of one pipeline may have together. Those of further stages stay unknown.
const MAX_NODES: usize = 500_000;

/// The pipeline that one chained stage runs.
#[derive(Clone, Debug)]
pub struct ChildRun {
    /// The stage, in the parent.
    pub stage: NodeId,
    /// The tree of the child's file with the stage's inputs in it and the templates at hand written out.
    pub tree: Tree,
    /// The child.
    pub pipeline: Pipeline,
    /// The nodes of the tree that the stage gives. Their texts are resolved by the stage, in the parent, before the child starts;
    /// what finds nothing there goes on as text.
    pub inputs: Range<yaml::NodeId>,
}

impl Project<'_> {
    /// The pipelines at hand that the chained stages of a document run, in the order of the stages. Left out are those of stages that
    /// name input sets that are not at hand: which values these give is not known.
    ///
    /// The document was read from `tree`, which is that of the file or was made from it.
    pub fn child_runs(&self, file: usize, tree: &Tree, document: &Document) -> Vec<ChildRun> {
        let Some(pipeline) = document.pipeline() else {
            return Vec::new();
        };
        let user = owner(tree, document);
        let mut left = MAX_NODES;
        let mut runs = Vec::new();
        for stage in pipeline.ids() {
            if pipeline.node(stage).is_chained() {
                runs.extend(self.run(file, user, (tree, pipeline), stage, &mut left));
            }
        }
        runs
    }

    fn run(
        &self,
        file: usize,
        user: Owner<'_>,
        (parent, pipeline): (&Tree, &Pipeline),
        stage: NodeId,
        left: &mut usize,
    ) -> Option<ChildRun> {
        let node = pipeline.node(stage);
        let spec = parent.find(node.yaml, "spec")?;
        let found = self.child(file, ChildName::by(parent, node, user)?)?;
        let own = self.files[found.file];
        let document = own.documents.get(found.document)?;
        *left = left.checked_sub(own.tree.extent(document.root).nodes)?;
        if own.tree.recovered() {
            return None;
        }

        let mut tree = own.tree.clone();
        let at = (found.file, found.document);
        let inputs = self.give_inputs(at, &mut tree, (parent, spec))?;
        let documents = model::documents(&tree);
        let mut whole = self.expand_tree(found.file, tree, documents);
        let is_there = found.document < whole.documents.len();
        let document = is_there.then(|| whole.documents.swap_remove(found.document))?;
        let model::DocumentKind::Pipeline(pipeline) = document.kind else {
            return None;
        };
        let chains = pipeline.nodes.iter().any(Node::is_chained);
        (!chains).then_some(ChildRun {
            stage,
            tree: whole.tree,
            pipeline,
            inputs,
        })
    }
}
