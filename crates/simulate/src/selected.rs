//! The stages that take part in a run.

use std::collections::HashSet;

use pipewright_context::PreparedPipeline;
use pipewright_model::{NodeId, NodeKind, Pipeline};
use pipewright_resolve::identifier;
use pipewright_source::closest;

use crate::{About, Given, PlanError};

/// The stages that take part in a run.
#[derive(Clone, Debug)]
pub(crate) struct Selected {
    left_out: HashSet<NodeId>,
}

impl Selected {
    /// # Errors
    /// If a name is that of no stage.
    pub(crate) fn new(prepared: &PreparedPipeline, given: &Given) -> Result<Self, PlanError> {
        let pipeline = prepared.pipeline();
        let is_stage = |node: &NodeId| {
            let of_node = pipeline.node(*node);
            of_node.kind == NodeKind::Stage && of_node.parent.is_some()
        };
        let stages: Vec<NodeId> = pipeline.ids().filter(is_stage).collect();
        let find = |name: &String| {
            let is_called = |node: &&NodeId| {
                identifier(pipeline.node(**node)) == Some(name)
                    || prepared.names().fqn(**node) == *name
            };
            let found = stages.iter().find(is_called).copied();
            found.ok_or_else(|| {
                let identifiers = stages
                    .iter()
                    .filter_map(|node| identifier(pipeline.node(*node)));
                let meant = closest(name, identifiers);
                let meant =
                    meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
                PlanError::not_found(format!("the pipeline has no stage `{name}`{meant}"))
            })
        };
        let find_all = |names: &[String], about: fn(usize) -> About| {
            let names = names.iter().enumerate();
            let found =
                names.map(|(place, name)| find(name).map_err(|error| error.of(about(place))));
            found.collect::<Result<Vec<NodeId>, _>>()
        };
        let only = find_all(&given.only_stages, About::SelectedStage)?;
        let skip = find_all(&given.skip_stages, About::SkippedStage)?;
        let is_out = |stage: &NodeId| {
            skip.contains(stage) || !given.only_stages.is_empty() && !only.contains(stage)
        };
        Ok(Self {
            left_out: stages.iter().copied().filter(is_out).collect(),
        })
    }

    /// Whether a stage, by its node, is left out.
    pub(crate) fn is_out(&self, stage: NodeId) -> bool {
        self.left_out.contains(&stage)
    }

    /// Whether a node takes part.
    pub(crate) fn is_in(&self, pipeline: &Pipeline, node: NodeId) -> bool {
        let mut around = pipeline.self_and_ancestors(node);
        self.left_out.is_empty() || !around.any(|outer| self.is_out(outer))
    }
}
