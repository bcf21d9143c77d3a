//! The pipelines that chained stages run.

use std::ops::Range;

use pipewright_resolve::ChildRun;
use pipewright_yaml as yaml;

use super::PreparedPipeline;

/// The pipeline that a chained stage runs.
#[derive(Debug)]
pub(crate) struct Child {
    pub(crate) prepared: PreparedPipeline,
    /// The nodes of its tree that the stage gives.
    pub(crate) inputs: Range<yaml::NodeId>,
}

impl Child {
    pub(crate) fn new(run: ChildRun) -> Self {
        Self {
            prepared: PreparedPipeline::of_child(run.tree, run.pipeline),
            inputs: run.inputs,
        }
    }
}
