//! A pipeline ready to be asked: its tree, nodes, names and order, with the tables that answer look-ups at once.

use std::collections::HashMap;
use std::sync::Arc;

use pipewright_engine::Engine;
use pipewright_jexl::Json;
use pipewright_model::{NodeId, NodeKind, Pipeline};
use pipewright_resolve::{ChildRun, Lists, Looping, Loops, Names, Order, RunTree, identifier};
use pipewright_yaml::{self as yaml, Tree};

mod child;
mod loop_values;

pub(crate) use child::Child;
pub(crate) use loop_values::holds_expression;
pub use loop_values::loops_of;

use crate::given::Given;
use crate::state::Defaults;
use crate::{NullCause, engine};

/// A pipeline, or the content of a template, whose names can be evaluated at any of its nodes.
///
/// Input sets are merged and templates written out before (`pipewright_resolve::merge_input_sets`,
/// `Project::expansion`). Cheap to clone.
#[derive(Clone, Debug)]
pub struct PreparedPipeline(Arc<Contents>);

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

impl PreparedPipeline {
    /// Reads the tables off `pipeline`, which was read from `tree`. `children` are the pipelines at hand that its
    /// chained stages run, so that their outputs have values.
    pub fn new(tree: Arc<Tree>, pipeline: Arc<Pipeline>, children: Vec<ChildRun>) -> Self {
        let children = children.into_iter();
        let children = children.map(|run| (run.stage, Child::new(run))).collect();
        let contents = Arc::new(Contents::new(tree, pipeline, children));
        Self(contents.with_loops(&Given::default()))
    }

    /// The same pipeline for what holds in every run: a runtime input is unknown, whatever default it has.
    #[must_use]
    pub fn with_open_inputs(&self) -> Self {
        let contents = Contents {
            loops: Loops::new(&self.0.tree, &self.0.pipeline),
            loop_items: Arc::default(),
            defaults: Defaults::Open,
            ..(*self.0).clone()
        };
        Self(Arc::new(contents).with_loops(&Given::default()))
    }

    /// The same pipeline with its loops counted out as `given` values have them, once and for all.
    #[must_use]
    pub fn with_given(&self, given: &Given) -> Self {
        let contents = Arc::clone(&self.0).with_loops(given);
        Self(Arc::new(Contents {
            has_loop_expressions: false,
            ..(*contents).clone()
        }))
    }

    /// Its loops.
    pub fn loops(&self) -> &Loops {
        &self.0.loops
    }

    /// The pipeline of a chained stage. What its loops come to rests on what each stage gives.
    fn of_child(tree: Arc<Tree>, pipeline: Arc<Pipeline>) -> Self {
        Self(Arc::new(Contents::new(tree, pipeline, HashMap::new())))
    }

    /// An [`engine`] that shares its compiled programs with every other one of this pipeline. Set profile and mode as
    /// needed.
    pub fn engine(&self) -> Engine {
        self.0.engine.clone()
    }

    /// The pipeline.
    pub fn pipeline(&self) -> &Arc<Pipeline> {
        &self.0.pipeline
    }

    /// The tree it was read from.
    pub fn tree(&self) -> &Arc<Tree> {
        &self.0.tree
    }

    /// The name of the whole: `pipeline`, or for a template's content the word for what it is.
    pub fn root_name(&self) -> &'static str {
        match self.0.kind(Pipeline::ROOT) {
            NodeKind::Pipeline => "pipeline",
            NodeKind::Stage => "stage",
            NodeKind::StepGroup => "stepGroup",
            NodeKind::Step => "step",
        }
    }

    /// The fully qualified names of its nodes.
    pub fn names(&self) -> &Names {
        &self.0.names
    }

    pub(crate) fn contents(&self) -> &Arc<Contents> {
        &self.0
    }
}

impl Contents {
    /// Reads the tables off a pipeline; the loops whose values are expressions are open.
    fn new(tree: Arc<Tree>, pipeline: Arc<Pipeline>, children: HashMap<NodeId, Child>) -> Self {
        Self {
            names: Arc::new(Names::new(&pipeline)),
            order: Arc::new(Order::new(&pipeline)),
            loops: Loops::new(&tree, &pipeline),
            has_loop_expressions: loop_values::has_expressions(&tree, &pipeline),
            loop_items: Arc::default(),
            lists: Arc::new(Lists::new(&tree, &pipeline)),
            tree,
            pipeline,
            children: Arc::new(children),
            defaults: Defaults::Taken,
            engine: engine(),
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
