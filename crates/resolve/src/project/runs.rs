//! Chained stages as they run: each child with the inputs that its stage gives it (`spec/model.md` §1.5, §4).

use std::ops::Range;
use std::sync::Arc;

use pipewright_model::{self as model, Document, Node, NodeId, Pipeline};
use pipewright_yaml::{self as yaml, Tree};

use super::children::ChildName;
use super::{LookUps, Owner, Project, owner};

/// How many nodes the children of one pipeline may have together. Those of further stages stay unknown.
const MAX_NODES: usize = 500_000;

/// The pipeline that one chained stage runs.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ChildRun {
    /// The stage, in the parent.
    pub stage: NodeId,
    /// The tree of the child's file with the stage's inputs in it and the templates at hand written out.
    pub tree: Arc<Tree>,
    /// The child.
    pub pipeline: Arc<Pipeline>,
    /// The nodes of the tree that the stage gives. Their texts are resolved by the stage, in the parent, before the
    /// child starts; what finds nothing there goes on as text.
    pub inputs: Range<yaml::NodeId>,
}

impl Project {
    /// The pipelines at hand that the chained stages of a document run, in the order of the stages. Left out are those
    /// of stages that name input sets that are not at hand: which values these give is not known.
    ///
    /// The document was read from `tree`, which is that of the file or was made from it. What is looked up is noted in
    /// `asked`.
    pub fn child_runs(
        &self,
        file: usize,
        (tree, document): (&Tree, &Document),
        asked: &mut LookUps,
    ) -> Vec<ChildRun> {
        let Some(pipeline) = document.pipeline() else {
            return Vec::new();
        };
        let parent = Parent {
            file,
            tree,
            pipeline,
            owner: owner(tree, document),
        };
        let mut left = MAX_NODES;
        let mut runs = Vec::new();
        for stage in pipeline.ids() {
            if pipeline.node(stage).is_chained() {
                runs.extend(self.run(&parent, stage, &mut left, asked));
            }
        }
        runs
    }

    fn run(
        &self,
        parent: &Parent<'_>,
        stage: NodeId,
        left: &mut usize,
        asked: &mut LookUps,
    ) -> Option<ChildRun> {
        let node = parent.pipeline.node(stage);
        let spec = parent.tree.find(node.yaml, "spec")?;
        let named = ChildName::by(parent.tree, node, parent.owner)?;
        let found = self.child(parent.file, named, asked)?;
        let own = &self.files[found.0];
        let document = own.documents.get(found.1)?;
        *left = left.checked_sub(own.tree.extent(document.root).nodes)?;
        if own.tree.recovered() {
            return None;
        }

        let mut tree = Tree::clone(&own.tree);
        let inputs = self.give_inputs(found, &mut tree, (parent.tree, spec), asked)?;
        let documents = model::documents(&tree).into();
        let whole = self.expand_tree(found.0, &Arc::new(tree), &documents);
        asked.extend(&whole.asked);
        let model::DocumentKind::Pipeline(pipeline) = &whole.documents.get(found.1)?.kind else {
            return None;
        };
        let chains = pipeline.nodes.iter().any(Node::is_chained);
        (!chains).then_some(ChildRun {
            stage,
            pipeline: Arc::clone(pipeline),
            tree: whole.tree,
            inputs,
        })
    }
}

/// The pipeline whose chained stages run others.
struct Parent<'a> {
    /// The place of its file.
    file: usize,
    tree: &'a Tree,
    pipeline: &'a Pipeline,
    owner: Owner<'a>,
}
