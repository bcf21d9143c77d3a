//! `unreachable-rollback` (`spec/plan.md` §4 and §9)

use std::cell::OnceCell;
use std::collections::HashSet;

use pipewright_model::{
    ActionKind, FailureAction, NodeId, NodeKind, Pipeline, Section, SectionKind,
};
use pipewright_source::Diagnostic;

use crate::Rule;
use crate::finding::Findings;
use crate::rollback::{actions_in, are_in_spec, are_open, can_roll_back};
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
    started: &OnceCell<Started>,
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
    if are_in_spec(context, node) || started.get_or_init(|| Started::of(pipeline)).contains(id) {
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

/// What may roll back the stages of a pipeline: read off once, as every stage may ask.
struct Started {
    /// An action that rolls back the whole pipeline, or a stage of which more may come.
    all: bool,
    /// The stages with an action that rolls back, in them or inside, or of which more may come.
    stages: HashSet<NodeId>,
}

impl Started {
    fn of(pipeline: &Pipeline) -> Self {
        let rolls_back = |action: &&FailureAction| {
            matches!(
                action.kind,
                ActionKind::StageRollback | ActionKind::ManualIntervention(_) | ActionKind::Unknown
            )
        };
        let rolls_back_all =
            |action: &&FailureAction| matches!(action.kind, ActionKind::PipelineRollback);
        let mut started = Self {
            all: false,
            stages: HashSet::new(),
        };
        for id in pipeline.ids() {
            let node = pipeline.node(id);
            let actions = actions_in(node);
            let is_open = are_open(node) || node.template.is_some();
            started.all |= actions.iter().any(rolls_back_all);
            started.all |= node.kind == NodeKind::Stage && is_open;
            if is_open || actions.iter().any(rolls_back) {
                started
                    .stages
                    .extend(pipeline.enclosing(id, NodeKind::Stage));
            }
        }
        started
    }

    fn contains(&self, stage: NodeId) -> bool {
        self.all || self.stages.contains(&stage)
    }
}
