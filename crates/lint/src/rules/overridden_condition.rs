//! `overridden-condition` (`spec/plan.md` §5 and §9, `spec/documentation.md` W8)

use std::cell::RefCell;
use std::collections::HashMap;

use pipewright_analysis::SiteValues;
use pipewright_model::{NodeId, NodeKind, Pipeline, SectionKind, Status, When};
use pipewright_resolve::{Relation, Resolution};
use pipewright_source::{Diagnostic, Span};

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::whens::{Choice, Condition, Whens};
use crate::wording;

pub(crate) const RULE: Rule =
    declare!("overridden-condition", Structure per Place, Info, Check::Text(check));

/// The most names whose values a message tells.
const MOST_NAMES: usize = 3;

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    let holders = context.analysis.documents().iter().enumerate();
    let holders = holders.filter(|(_, document)| document.pipeline().is_some());
    for ((document, _), (pipeline, resolution)) in holders.zip(context.analysis.resolved()) {
        let has_conditions = |id: NodeId| {
            let node = pipeline.node(id);
            node.kind == NodeKind::StepGroup && (node.when.is_some() || node.when_is_open)
        };
        if !pipeline.ids().any(has_conditions) {
            continue;
        }
        let nodes = Nodes {
            context,
            pipeline,
            resolution,
            values: context.analysis.values(document),
            whens: Whens::of(context, pipeline, resolution),
            follows_steps: RefCell::default(),
        };
        for id in pipeline.ids() {
            findings.extend(nodes.judge(id));
        }
    }
}

struct Nodes<'a> {
    context: RuleContext<'a>,
    pipeline: &'a Pipeline,
    resolution: &'a Resolution,
    values: Option<&'a SiteValues>,
    whens: Whens<'a>,
    /// The groups that were asked about, and whether a step may have failed before.
    follows_steps: RefCell<HashMap<NodeId, bool>>,
}

/// A case in which the documentation lets the step run and Harness does not.
enum Case {
    /// The stage has failed before the group.
    AfterFailure,
    /// The stage has not failed.
    AfterSuccess,
    /// These names have these values.
    Values(Choice),
}

impl Nodes<'_> {
    fn judge(&self, id: NodeId) -> Option<Diagnostic> {
        let node = self.pipeline.node(id);
        let when = node.when.as_ref()?;
        let is_rollback = |id: &NodeId| {
            let section = self.pipeline.node(*id).section;
            section.is_some_and(SectionKind::is_rollback)
        };
        let around = || self.pipeline.self_and_ancestors(id).skip(1);
        if node.kind != NodeKind::Step || around().chain([id]).any(|id| is_rollback(&id)) {
            return None;
        }
        let groups = around().filter(|id| self.pipeline.node(*id).kind == NodeKind::StepGroup);
        let (group, case) =
            { groups }.find_map(|group| Some((group, self.differs((id, when), group)?)))?;
        Some(self.finding((id, when), group, &case))
    }

    /// A case in which the step's condition holds and that of the group does not.
    fn differs(&self, (step, own): (NodeId, &When), group: NodeId) -> Option<Case> {
        let outer = self.pipeline.node(group).when.as_ref()?;
        let own_condition = self.whens.condition(step).ok()?;
        let outer_condition = self.whens.condition(group).ok()?;
        let (own_status, outer_status) = (own.status?, outer.status?);
        let holds: Vec<Condition<'_>> = own_condition.into_iter().collect();
        for has_failed in [false, true] {
            if !holds_after(own_status, has_failed) || has_failed && !self.may_fail_before(group) {
                continue;
            }
            if !holds_after(outer_status, has_failed) {
                if !self.is_dead((step, own_status), (group, outer_status)) {
                    continue;
                }
                // The step's own condition must be one that can hold.
                self.whens.choice(self.values, &holds, None).ok()??;
                return Some(if has_failed {
                    Case::AfterFailure
                } else {
                    Case::AfterSuccess
                });
            }
            if let Some(condition) = outer_condition
                && let Some(choice) = self
                    .whens
                    .choice(self.values, &holds, Some(condition))
                    .ok()?
            {
                return Some(Case::Values(choice));
            }
        }
        None
    }

    /// Whether the statuses of a step and its group exclude each other. A step for failures is right in a group for
    /// successes where something in the group may fail before it, and one for both is right everywhere.
    fn is_dead(&self, (step, own): (NodeId, Status), (group, outer): (NodeId, Status)) -> bool {
        let follows_in_group = || {
            let mut inside = self
                .pipeline
                .ids()
                .filter(|id| *id != group && self.pipeline.is_around(group, *id));
            inside.any(|other| {
                let relation = self.resolution.order.relation(other, step);
                matches!(relation, Relation::Before | Relation::Parallel { .. })
            })
        };
        match (own, outer) {
            (Status::Success, Status::Failure) => true,
            (Status::Failure, Status::Success) => !follows_in_group(),
            _ => false,
        }
    }

    /// Whether something in the stage may have failed when a group starts.
    fn may_fail_before(&self, group: NodeId) -> bool {
        if let Some(known) = self.follows_steps.borrow().get(&group) {
            return *known;
        }
        let follows = self.follows_step(group);
        self.follows_steps.borrow_mut().insert(group, follows);
        follows
    }

    fn follows_step(&self, group: NodeId) -> bool {
        let stage = self.pipeline.enclosing(group, NodeKind::Stage);
        let mut steps = self.pipeline.ids().filter(|id| {
            self.pipeline.node(*id).kind == NodeKind::Step
                && self.pipeline.enclosing(*id, NodeKind::Stage) == stage
        });
        steps.any(|step| {
            matches!(
                self.resolution.order.relation(step, group),
                Relation::Before | Relation::Parallel { .. }
            )
        })
    }

    fn finding(&self, (step, own): (NodeId, &When), group: NodeId, case: &Case) -> Diagnostic {
        let name = wording::node(self.pipeline, step);
        let group_name = wording::node(self.pipeline, group);
        let place = |when: &When| -> Span {
            let written = when.condition.as_ref().or(when.status_text.as_ref());
            written.map_or(when.key, |written| self.context.first_line(written.span))
        };
        let label = match case {
            Case::AfterFailure => {
                "after a failure the group does not start, and the step with it".to_owned()
            }
            Case::AfterSuccess => {
                "without a failure the group does not start, and the step with it".to_owned()
            }
            Case::Values(choice) => format!(
                "{} the group does not start, and the step with it",
                told(choice)
            ),
        };
        let outer = self.pipeline.node(group).when.as_ref();
        let mut finding = RULE
            .finding(
                place(own),
                format!("the condition of {name} does not replace that of {group_name}"),
            )
            .with_label(label)
            .with_help("the documentation says that it does; in Harness both must hold: move the step out of the group, or repeat the group's condition");
        if let Some(outer) = outer {
            finding = finding.with_related(place(outer), "this must hold, too");
        }
        finding
    }
}

fn holds_after(status: Status, has_failed: bool) -> bool {
    match status {
        Status::Success => !has_failed,
        Status::Failure => has_failed,
        Status::All => true,
    }
}

/// With which values it happens.
fn told(choice: &Choice) -> String {
    if choice.is_empty() {
        return "in every run".to_owned();
    }
    let values = choice.iter().take(MOST_NAMES).map(|(name, value)| {
        let name = wording::quoted(name);
        match value {
            Some(value) => format!("{name} is {}", wording::quoted(value)),
            None => format!("{name} has another value"),
        }
    });
    format!("where {}", values.collect::<Vec<_>>().join(" and "))
}
