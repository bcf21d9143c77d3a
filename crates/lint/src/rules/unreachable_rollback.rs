//! `unreachable-rollback` (`spec/plan.md` §4 and §9)

use std::cell::OnceCell;

use pipewright_model::{NodeId, NodeKind, Pipeline, Section, SectionKind};
use pipewright_simulate::RollbackStarts;
use pipewright_source::Diagnostic;

use crate::Rule;
use crate::finding::Findings;
use crate::rollback::{are_in_spec, can_roll_back};
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
        let started = OnceCell::new();
        for id in pipeline.ids() {
            let node = pipeline.node(id);
            let rollbacks = node.sections.iter().filter(|section| {
                section.kind == SectionKind::RollbackSteps && !section.items.is_empty()
            });
            for section in rollbacks {
                findings.extend(judge(context, pipeline, (id, section), &started));
            }
        }
    }
}

fn judge(
    context: RuleContext<'_>,
    pipeline: &Pipeline,
    (id, section): (NodeId, &Section),
    started: &OnceCell<RollbackStarts>,
) -> Option<Diagnostic> {
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
    if are_in_spec(context, node)
        || started
            .get_or_init(|| RollbackStarts::of(pipeline))
            .contains(id)
    {
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
