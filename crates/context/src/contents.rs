//! What a prepared pipeline holds: its tree, nodes, names and order, with the tables that answer look-ups at once.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use pipewright_engine::Engine;
use pipewright_jexl::Json;
use pipewright_model::{NodeId, NodeKind, Pipeline};
use pipewright_resolve::{
    ChildRun, Lists, Looping, Loops, Names, Order, RunTree, identifier, languages_of,
};
use pipewright_yaml::{self as yaml, Tree};

use crate::loop_expressions::has_loop_expressions;
use crate::runtime_input::Defaults;
use crate::{NullCause, engine};

/// Cheap to clone, but for the loops.
#[derive(Clone, Debug)]
pub(crate) struct Contents {
    pub(crate) tree: Arc<Tree>,
    pub(crate) pipeline: Arc<Pipeline>,
    pub(crate) names: Arc<Names>,
    pub(crate) order: Arc<Order>,
    /// The pipelines at hand that chained stages run.
    pub(crate) children: Arc<HashMap<NodeId, Child>>,
    pub(crate) lists: Arc<Lists>,
    pub(crate) loops: Loops,
    /// Whether loops have expressions, whose values given ones may decide.
    pub(crate) has_loop_expressions: bool,
    /// The lists that expressions of loops come to, by the scalar of the expression.
    pub(crate) loop_items: Arc<HashMap<yaml::NodeId, Vec<Json>>>,
    /// What runtime inputs without a given value are.
    pub(crate) defaults: Defaults,
    /// Evaluates settings that others read.
    pub(crate) engine: Engine,
}

/// The pipeline that a chained stage runs. What its loops come to rests on what each stage gives.
#[derive(Debug)]
pub(crate) struct Child {
    pub(crate) contents: Arc<Contents>,
    /// The nodes of its tree that the stage gives.
    pub(crate) inputs: Range<yaml::NodeId>,
}

impl Child {
    pub(crate) fn new(run: ChildRun) -> Self {
        Self {
            contents: Arc::new(Contents::new(run.tree, run.pipeline, HashMap::new())),
            inputs: run.inputs,
        }
    }
}

impl Contents {
    /// Whether stages say which others they wait for.
    pub(crate) fn has_dependants(&self) -> bool {
        self.pipeline
            .nodes
            .iter()
            .any(|node| node.depends_on.is_some())
    }

    /// Reads the tables off a pipeline; the loops whose values are expressions are open.
    pub(crate) fn new(
        tree: Arc<Tree>,
        pipeline: Arc<Pipeline>,
        children: HashMap<NodeId, Child>,
    ) -> Self {
        Self {
            names: Arc::new(Names::new(&pipeline)),
            order: Arc::new(Order::new(&pipeline)),
            loops: Loops::new(&tree, &pipeline),
            has_loop_expressions: has_loop_expressions(&tree, &pipeline),
            loop_items: Arc::default(),
            lists: Arc::new(Lists::new(&tree, &pipeline)),
            engine: engine().languages(languages_of(pipeline.version)),
            tree,
            pipeline,
            children: Arc::new(children),
            defaults: Defaults::Taken,
        }
    }

    pub(crate) fn looping(&self, node: NodeId) -> Looping {
        self.loops.looping(node)
    }

    pub(crate) fn kind(&self, node: NodeId) -> NodeKind {
        self.pipeline.node(node).kind
    }

    /// Whether the root is a pipeline, so that everything around every node is known.
    pub(crate) fn is_whole(&self) -> bool {
        self.kind(Pipeline::ROOT) == NodeKind::Pipeline
    }

    /// The identifier of a node without the loop's postfix, which may be written behind it.
    pub(crate) fn identifier(&self, node: NodeId) -> Option<&str> {
        identifier(self.pipeline.node(node))
    }

    /// Where names lead in the run.
    pub(crate) fn run_tree(&self) -> RunTree<'_> {
        RunTree {
            pipeline: &self.pipeline,
            lists: &self.lists,
            loops: &self.loops,
        }
    }

    /// Why a looping node is not found by its own identifier.
    pub(crate) fn only_instances(&self, node: NodeId, identifier: &str) -> NullCause {
        let first = self
            .loops
            .iterations(node)
            .and_then(|iterations| iterations.all().first()?.suffix.as_deref())
            .unwrap_or("_0");
        NullCause::OnlyInstances {
            node: identifier.to_owned(),
            first: format!("{identifier}{first}"),
        }
    }
}
