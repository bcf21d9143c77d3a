//! `never-after-failure` (`spec/plan.md` §3.3 and §5)

use std::collections::{HashMap, HashSet};

use pipewright_model::{ActionKind, FailureAction, Node, NodeId, NodeKind, Pipeline, Status};
use pipewright_resolve::{Relation, Resolution};
use pipewright_simulate::{Fate, fates};
use pipewright_source::{Diagnostic, Severity};

use crate::Rule;
use crate::finding::Findings;
use crate::rollback::can_roll_back;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "never-after-failure",
    Structure,
    Warning,
    Check::Text(check)
);

/// The most steps of a stage that are looked at for one condition: a file may be made of conditions.
const MOST_STEPS: usize = 1000;

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    // A line that could not be read may have held a strategy or a step.
    if context.tree().recovered() {
        return;
    }
    for (pipeline, resolution) in context.analysis.resolved() {
        let stages = Stages::of(pipeline);
        let mut told = HashSet::new();
        for id in pipeline.ids() {
            let around = pipeline.self_and_ancestors(id).skip(1);
            let is_told = { around }.any(|outer| told.contains(&outer));
            if is_told {
                continue;
            }
            if let Some(finding) = judge(pipeline, resolution, &stages, id) {
                told.insert(id);
                findings.add(finding);
            }
        }
    }
}

/// The steps of each stage that can fail and what becomes of that; read off once, as every condition asks.
struct Stages<'a>(HashMap<NodeId, Vec<CanFail<'a>>>);

/// A step, and every fate that a failure of it may have, if that is known.
type CanFail<'a> = (NodeId, Option<Vec<Fate<'a>>>);

impl<'a> Stages<'a> {
    fn of(pipeline: &'a Pipeline) -> Self {
        let is_asked = |node: &Node| {
            let status = node.when.as_ref().and_then(|when| when.status);
            matches!(status, Some(Status::Failure | Status::All)) && node.kind != NodeKind::Stage
        };
        let mut stages = HashMap::new();
        if !pipeline.nodes.iter().any(is_asked) {
            return Self(stages);
        }
        for id in pipeline.ids() {
            let node = pipeline.node(id);
            // What a template holds is not known, group or step.
            let can_fail = node.kind == NodeKind::Step || node.template.is_some();
            let stage = pipeline.enclosing(id, NodeKind::Stage);
            if can_fail && let Some(stage) = stage.filter(|stage| *stage != id) {
                let steps: &mut Vec<_> = stages.entry(stage).or_default();
                steps.push((id, fates(pipeline, id)));
            }
        }
        Self(stages)
    }
}

fn judge(
    pipeline: &Pipeline,
    resolution: &Resolution,
    stages: &Stages<'_>,
    id: NodeId,
) -> Option<Diagnostic> {
    let node = pipeline.node(id);
    let when = node.when.as_ref()?;
    let (status, written) = (when.status?, when.status_text.as_ref()?);
    let stage = pipeline.enclosing(id, NodeKind::Stage)?;
    let is_of_steps = |id: &NodeId| {
        let section = pipeline.node(*id).section;
        section.is_none_or(|section| !section.is_rollback())
    };
    let mut inside = pipeline
        .self_and_ancestors(id)
        .take_while(|id| *id != stage);
    if status == Status::Success || id == stage || !inside.all(|id| is_of_steps(&id)) {
        return None;
    }
    if pipeline.node(stage).template.is_some() || has_insert(pipeline, stage) {
        return None;
    }
    let steps = stages.0.get(&stage)?;
    if steps.len() > MOST_STEPS {
        return None;
    }
    let mut taken: Vec<&FailureAction> = Vec::new();
    for (step, fates) in steps {
        if !may_end_before(pipeline, resolution, *step, id) {
            continue;
        }
        for fate in fates.as_ref()? {
            match fate {
                Fate::Ends(action) | Fate::Forgets(action) => taken.push(action),
                _ => return None,
            }
        }
    }
    let rolls_back = taken
        .iter()
        .find(|action| matches!(action.kind, ActionKind::StageRollback));
    let ends = rolls_back.or_else(|| {
        taken
            .iter()
            .find(|action| matches!(action.kind, ActionKind::Abort))
    });
    let name = wording::node(pipeline, id);
    let label = match (taken.first(), rolls_back, ends) {
        (None, ..) => "nothing that can fail stands before it",
        (_, Some(_), _) => {
            "every failure before it rolls the stage back: no later step of the stage starts"
        }
        (_, None, Some(_)) => "every failure before it ends the stage",
        _ => "every failure before it is ignored or counts as a success",
    };
    let mut finding = match status {
        // What is ignored is followed by it as everything else.
        Status::All => {
            ends?;
            let message = format!("{name} runs after success only: no failure reaches it");
            let mut finding = RULE.finding(written.span, message);
            finding.severity = Severity::Info;
            finding
        }
        _ => RULE.finding(
            written.span,
            format!("{name} never runs: no failure reaches it"),
        ),
    }
    .with_label(label);
    if let Some(action) = ends.or(taken.first())
        && let Some(type_name) = &action.type_name
    {
        finding = finding.with_related(type_name.span, "this is what is done about failures");
    }
    Some(finding.with_help(match rolls_back {
        Some(_) if can_roll_back(pipeline.node(stage)) == Some(true) => {
            "move it to the `rollbackSteps` of the stage, or fail with `MarkAsFailure`"
        }
        _ if taken.is_empty() => "move it behind the steps that it is about",
        _ => "give what shall reach it the action `MarkAsFailure`",
    }))
}

/// Whether a list of the stage has a place that is filled later.
fn has_insert(pipeline: &Pipeline, stage: NodeId) -> bool {
    let mut nodes = pipeline.ids().filter(|id| pipeline.is_around(stage, *id));
    nodes.any(|id| {
        let sections = &pipeline.node(id).sections;
        let mut items = sections.iter().flat_map(|section| &section.items);
        items.any(holds_insert)
    })
}

fn holds_insert(item: &pipewright_model::Item) -> bool {
    match item {
        pipewright_model::Item::Node(_) => false,
        pipewright_model::Item::Parallel { items, .. }
        | pipewright_model::Item::StageGroup { items, .. } => items.iter().any(holds_insert),
        pipewright_model::Item::Insert { .. } => true,
    }
}

/// Whether a step may have failed when the condition of a node is read.
fn may_end_before(
    pipeline: &Pipeline,
    resolution: &Resolution,
    step: NodeId,
    node: NodeId,
) -> bool {
    match resolution.order.relation(step, node) {
        Relation::Same | Relation::EnclosedBy => false,
        Relation::After | Relation::RollbackOf => loops_around_both(pipeline, step, node),
        // Rollback steps start when the others have ended.
        _ => pipeline
            .self_and_ancestors(step)
            .all(|id| !matches!(pipeline.node(id).section, Some(section) if section.is_rollback())),
    }
}

/// Whether a group loops around both nodes, so that another turn may have got further.
fn loops_around_both(pipeline: &Pipeline, step: NodeId, node: NodeId) -> bool {
    let mut around = pipeline.self_and_ancestors(step);
    around.any(|outer| {
        let outer_node = pipeline.node(outer);
        outer_node.kind == NodeKind::StepGroup
            && outer_node.strategy.is_some()
            && pipeline.is_around(outer, node)
    })
}
