//! The predicate of each node, in each reading.

use pipewright_context::PreparedPipeline;
use pipewright_engine::{Condition, PredicateOf, When, WhenStatus};
use pipewright_model::{NodeId, NodeKind, Pipeline, Status, YamlVersion, v1};

use crate::Reading;

/// The predicates of a pipeline's nodes.
#[derive(Debug)]
pub(crate) struct Predicates(Vec<Predicate>);

/// What decides whether a node runs.
#[derive(Debug)]
pub(crate) struct Predicate {
    /// The part that looks at what ran before.
    pub(crate) status: String,
    /// The condition written behind it.
    pub(crate) condition: Option<Condition>,
    /// The whole; `None` where a node has none to be shown.
    pub(crate) text: Option<String>,
}

impl Predicates {
    pub(crate) fn new(prepared: &PreparedPipeline, reading: Reading) -> Self {
        let ids = prepared.pipeline().ids();
        Self(ids.map(|node| predicate(prepared, node, reading)).collect())
    }

    pub(crate) fn of(&self, node: NodeId) -> &Predicate {
        &self.0[node.0 as usize]
    }
}

fn predicate(prepared: &PreparedPipeline, node: NodeId, reading: Reading) -> Predicate {
    let pipeline = prepared.pipeline();
    let Some(of) = prepared.predicate_of(node) else {
        return Predicate {
            status: "<+Always>".to_owned(),
            condition: None,
            text: None,
        };
    };
    let written_at = source(pipeline, node, reading);
    let when = written_at.and_then(|at| pipeline.node(at).when.as_ref());
    if let Some(when) = when.filter(|when| when.is_whole) {
        return whole(
            when.condition
                .as_ref()
                .map_or("", |condition| &condition.text),
        );
    }
    let when = when.and_then(|when| Some((when.status?, when.condition.as_ref())));
    let Some((status, condition)) = when else {
        let status = of.default_predicate().to_owned();
        let is_chained = pipeline.node(node).is_chained();
        return Predicate {
            text: (!is_chained).then(|| status.clone()),
            status,
            condition: None,
        };
    };
    let status = match status {
        Status::Success => WhenStatus::Success,
        Status::Failure => WhenStatus::Failure,
        Status::All => WhenStatus::All,
    };
    let text = condition.map(|condition| &*condition.text);
    let text = text.filter(|text| !text.trim().is_empty());
    let compose = |condition| {
        let when = When {
            status: Some(status),
            condition,
        };
        of.compose(Some(when)).ok()
    };
    let default = || PredicateOf::default_predicate(of).to_owned();
    Predicate {
        status: compose(None).unwrap_or_else(default),
        condition: text.and_then(|text| Condition::new(text).ok()),
        text: compose(text),
    }
}

/// The predicate that a condition of v1 is by itself: no status is added.
fn whole(text: &str) -> Predicate {
    // What is neither a predicate with islands nor a truth value comes to something that no file tells.
    let text = if v1::is_predicate(text) {
        text
    } else {
        "<+condition>"
    };
    Predicate {
        status: "<+Always>".to_owned(),
        condition: Condition::new(text).ok(),
        text: Some(text.to_owned()),
    }
}

/// The node whose `when` decides about a node: its own, or in the documented reading that of the nearest group.
fn source(pipeline: &Pipeline, node: NodeId, reading: Reading) -> Option<NodeId> {
    let has_when = |node: &NodeId| pipeline.node(*node).when.is_some();
    if has_when(&node) {
        return Some(node);
    }
    let is_inside = matches!(
        pipeline.node(node).kind,
        NodeKind::Step | NodeKind::StepGroup
    );
    // In v1 documentation and engine agree that each node has its own.
    if reading == Reading::Engine || !is_inside || pipeline.version == YamlVersion::V1 {
        return None;
    }
    let mut groups = pipeline
        .self_and_ancestors(node)
        .skip(1)
        .take_while(|outer| pipeline.node(*outer).kind == NodeKind::StepGroup);
    groups.find(has_when)
}
