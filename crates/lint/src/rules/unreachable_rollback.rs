//! `unreachable-rollback` (`spec/plan.md` §4 and §9)

use pipewright_model::{
    ActionKind, FailureAction, NodeId, NodeKind, Pipeline, Section, SectionKind,
};
use pipewright_source::Diagnostic;

use crate::Rule;
use crate::finding::Findings;
use crate::rollback::{actions_in, are_open, can_roll_back};
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "unreachable-rollback",
    Structure,
    Warning,
    Check::Text(check)
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    // A line that could not be read may have held what starts them.
    if context.tree().recovered() {
        return;
    }
    for pipeline in context.pipelines() {
        for id in pipeline.ids() {
            let node = pipeline.node(id);
            let rollbacks = node.sections.iter().filter(|section| {
                section.kind == SectionKind::RollbackSteps && !section.items.is_empty()
            });
            for section in rollbacks {
                findings.extend(judge(pipeline, id, section));
            }
        }
    }
}

fn judge(pipeline: &Pipeline, id: NodeId, section: &Section) -> Option<Diagnostic> {
    let node = pipeline.node(id);
    let name = wording::node(pipeline, id);
    if node.kind == NodeKind::StepGroup {
        return Some(
            RULE.finding(
                section.key,
                format!("the rollback steps of {name} never run"),
            )
            .with_label("today's Harness runs the rollback steps of stages only")
            .with_help("move them to the `rollbackSteps` of the stage"),
        );
    }
    if node.kind != NodeKind::Stage || node.template.is_some() {
        return None;
    }
    if !can_roll_back(node)? {
        return Some(
            RULE.finding(
                section.key,
                format!("the rollback steps of {name} never run"),
            )
            .with_label(format!(
                "a stage of type `{}` does not roll back",
                node.type_text()
            ))
            .with_help("undo by a step with `when: { stageStatus: Failure }`"),
        );
    }
    if is_started(pipeline, id) {
        return None;
    }
    Some(
        RULE.finding(
            section.key,
            format!("nothing starts the rollback steps of {name}"),
        )
        .with_label("no failure strategy of the stage, or inside it, rolls back")
        .with_help("add a failure strategy with the action `StageRollback`"),
    )
}

/// Whether something may roll the stage back: an action in it or of a node inside it, or one that rolls back the whole
/// pipeline.
fn is_started(pipeline: &Pipeline, stage: NodeId) -> bool {
    let rolls_back = |action: &&FailureAction| {
        matches!(
            action.kind,
            ActionKind::StageRollback | ActionKind::ManualIntervention(_) | ActionKind::Unknown
        )
    };
    let rolls_back_all =
        |action: &&FailureAction| matches!(action.kind, ActionKind::PipelineRollback);
    pipeline.ids().any(|id| {
        let node = pipeline.node(id);
        let actions = actions_in(node);
        let inside = pipeline.is_around(stage, id);
        let is_open = are_open(node) || node.template.is_some();
        inside && (is_open || actions.iter().any(rolls_back))
            || actions.iter().any(rolls_back_all)
            || node.kind == NodeKind::Stage && is_open
    })
}
