//! A pipeline ready to be asked.

use std::sync::Arc;

use pipewright_engine::Engine;
use pipewright_model::{NodeId, NodeKind, Pipeline};
use pipewright_resolve::{ChildRun, Loops, Names};
use pipewright_source::FileId;
use pipewright_yaml::Tree;

mod loop_values;
mod own_input;

pub(crate) use loop_values::holds_expression;
pub use loop_values::loops_of;

use crate::contents::{Child, Contents};
use crate::given::Given;
use crate::runtime_input::Defaults;

/// A pipeline, or the content of a template, whose names can be evaluated at any of its nodes.
///
/// Input sets are merged and templates written out before (`pipewright_resolve::merge_input_sets`,
/// `Project::expansion`). Cheap to clone.
#[derive(Clone, Debug)]
pub struct PreparedPipeline(Arc<Contents>);

impl PreparedPipeline {
    /// Reads the tables off `pipeline`, which was read from `tree`. `children` are the pipelines at hand that its
    /// chained stages run, so that their outputs have values.
    pub fn new(tree: Arc<Tree>, pipeline: Arc<Pipeline>, children: Vec<ChildRun>) -> Self {
        let children = children.into_iter();
        let children = children.map(|run| (run.stage, Child::new(run))).collect();
        let contents = Arc::new(Contents::new(tree, pipeline, children));
        Self(contents.with_loops(&Given::default()))
    }

    /// The same pipeline with the compiled programs that `engine` remembers.
    #[must_use]
    pub fn with_programs_of(mut self, engine: &Engine) -> Self {
        let own = self.engine().programs_of(engine);
        Arc::make_mut(&mut self.0).engine = own;
        self
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

    /// An [`engine`](crate::engine) that shares its compiled programs with every other one of this pipeline. Set
    /// profile and mode as needed.
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

    /// The pipelines at hand that its chained stages run, by stage, each with the file it stands in.
    pub fn children(&self) -> Vec<(NodeId, (FileId, &Arc<Pipeline>))> {
        let children = self.0.children.iter();
        let children = children.map(|(stage, child)| {
            let contents = &child.contents;
            (*stage, (contents.tree.file(), &contents.pipeline))
        });
        let mut children: Vec<_> = children.collect();
        children.sort_by_key(|(stage, _)| *stage);
        children
    }

    /// The fully qualified names of its nodes.
    pub fn names(&self) -> &Names {
        &self.0.names
    }

    pub(crate) fn contents(&self) -> &Arc<Contents> {
        &self.0
    }
}
