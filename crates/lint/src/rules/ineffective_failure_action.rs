//! `ineffective-failure-action` (`spec/plan.md` §3.3 and §4.1)

use pipewright_model::{ActionKind, FailureAction, NodeId, NodeKind, Pipeline};
use pipewright_simulate::actions_of;
use pipewright_source::Diagnostic;

use crate::Rule;
use crate::finding::Findings;
use crate::rollback::can_roll_back;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "ineffective-failure-action",
    Structure,
    Warning,
    Check::Text(check)
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for pipeline in context.pipelines() {
        for id in pipeline.ids() {
            let actions = actions_of(pipeline.node(id));
            findings.extend(
                actions
                    .into_iter()
                    .filter_map(|action| judge(pipeline, id, action)),
            );
        }
    }
}

fn judge(pipeline: &Pipeline, id: NodeId, action: &FailureAction) -> Option<Diagnostic> {
    let type_name = action.type_name.as_ref()?;
    match action.kind {
        ActionKind::StepGroupRollback => Some(
            RULE.finding(type_name.span, "`StepGroupRollback` does nothing")
                .with_label("today's Harness knows no rollback of a group, and the rollback of the stage is hidden by this entry")
                .with_help("write `StageRollback`, and move what the group shall undo to the `rollbackSteps` of the stage"),
        ),
        ActionKind::StageRollback => {
            let stage = pipeline.enclosing(id, NodeKind::Stage)?;
            if can_roll_back(pipeline.node(stage))? {
                return None;
            }
            let stage_type = pipeline.node(stage).type_text();
            Some(
                RULE.finding(
                    type_name.span,
                    format!(
                        "{} cannot roll back: it is a stage of type `{stage_type}`",
                        wording::node(pipeline, stage)
                    ),
                )
                .with_label("the stage ends here and fails; nothing is undone")
                .with_help("write `MarkAsFailure`, or undo by a step with `when: { stageStatus: Failure }`"),
            )
        }
        _ => None,
    }
}
