//! The names that only a run fills: outputs of the catalogue and fields of every node (`spec/model.md` §4).

use pipewright_model::catalogue::{self, PIPELINE_KEYS, RUN_TIME_FIELDS};
use pipewright_model::{NodeId, NodeKind, Pipeline, StrategyKind};
use pipewright_yaml::Tree;

use super::{Listing, NameKind};

/// Remarks of the catalogue on members that most pipelines do not have.
const UNUSUAL: [&str; 2] = ["deprecated", "v1"];

/// Adds the catalogued outputs and run-time fields of every node.
pub(super) fn collect(tree: &Tree, listing: &mut Listing<'_>) {
    for node in listing.pipeline.ids() {
        outputs(listing, node);
        fields(tree, listing, node);
        if listing.pipeline.node(node).kind == NodeKind::Pipeline {
            facts(listing, node);
        }
    }
}

/// What the type of a step or stage publishes.
fn outputs(listing: &mut Listing<'_>, id: NodeId) {
    let node = listing.pipeline.node(id);
    if node.kind == NodeKind::Stage {
        let stage = catalogue::stage_type(node.type_text());
        for path in stage.iter().flat_map(catalogue::StageType::outputs) {
            add(listing, id, path, NameKind::Output);
        }
        return;
    }
    let Some(step) = catalogue::step_type(node.type_text()) else {
        return;
    };
    let stage = listing.pipeline.enclosing(id, NodeKind::Stage);
    let key = key_in_stage(listing.pipeline, id);
    for output in step.outputs().filter(|output| !output.recalled) {
        let publisher = if output.at_stage { stage } else { Some(id) };
        if let Some(publisher) = publisher {
            let path = output.path.replace("${stepId}", &key);
            add(listing, publisher, &path, NameKind::Output);
        }
    }
}

/// The identifier of a step with those of the groups around it in front, as CI stages name what their steps publish.
fn key_in_stage(pipeline: &Pipeline, step: NodeId) -> String {
    let mut identifiers: Vec<&str> = pipeline
        .self_and_ancestors(step)
        .map(|node| pipeline.node(node))
        .take_while(|node| matches!(node.kind, NodeKind::Step | NodeKind::StepGroup))
        .filter_map(|node| Some(&*node.identifier.as_ref()?.text))
        .collect();
    identifiers.reverse();
    identifiers.join("_")
}

/// The fields every node has.
fn fields(tree: &Tree, listing: &mut Listing<'_>, id: NodeId) {
    let pipeline = listing.pipeline;
    let node = pipeline.node(id);
    for field in RUN_TIME_FIELDS.iter().filter(|field| !field.is_setting) {
        let is_there = match field.when {
            catalogue::Availability::Started | catalogue::Availability::Ended => true,
            // Loop values of each kind of loop are added by themselves.
            catalogue::Availability::Looped => false,
            catalogue::Availability::Enforced => tree.find(node.yaml, "enforce").is_some(),
            catalogue::Availability::Skipped => node.when.is_some(),
        };
        if is_there {
            add(listing, id, field.path, NameKind::RunTime);
        }
    }
    if let Some(strategy) = &node.strategy {
        loop_values(listing, id, &strategy.kind);
    }
    let is_inside = |around: NodeId| {
        let strategy = pipeline.node(around).strategy.as_ref();
        strategy.is_some_and(|strategy| !matches!(strategy.kind, StrategyKind::Unknown))
    };
    if pipeline.self_and_ancestors(id).any(is_inside) {
        for field in TURNS {
            listing.add(id, &[field], NameKind::RunTime, None);
        }
    }
}

/// What tells the iteration of a loop. Everything inside the loop has it.
const TURNS: [&str; 4] = [
    "iteration",
    "iterations",
    "totalIterations",
    "identifierPostFix",
];

/// The values that a loop gives the node that loops.
fn loop_values(listing: &mut Listing<'_>, id: NodeId, kind: &StrategyKind) {
    match kind {
        StrategyKind::Matrix { axes, open, .. } => {
            for axis in axes {
                listing.add(id, &["matrix", &axis.name.text], NameKind::RunTime, None);
            }
            if *open {
                listing.add(id, &["matrix"], NameKind::RunTime, None);
            }
        }
        StrategyKind::Repeat { .. } => add(listing, id, "repeat.item", NameKind::RunTime),
        StrategyKind::Parallelism(_) | StrategyKind::Unknown => {}
    }
}

/// What a run tells about its pipeline.
fn facts(listing: &mut Listing<'_>, id: NodeId) {
    let members = catalogue::root("pipeline")
        .into_iter()
        .flat_map(|root| root.members());
    for member in members {
        let first = member.path.split(['.', '[']).next().unwrap_or_default();
        let is_usual = !member
            .remark
            .is_some_and(|remark| UNUSUAL.contains(&remark));
        if is_usual && !PIPELINE_KEYS.contains(&first) {
            add(listing, id, member.path, NameKind::RunTime);
        }
    }
}

/// Adds a path of the catalogue: a list by its first element, and what holds free names (`*`) in place of them.
fn add(listing: &mut Listing<'_>, node: NodeId, path: &str, kind: NameKind) {
    let written = path.replace("[]", "[0]");
    let parts: Vec<&str> = written
        .split('.')
        .take_while(|part| *part != "*" && !part.contains("${"))
        .collect();
    if !parts.is_empty() {
        listing.add(node, &parts, kind, None);
    }
}
