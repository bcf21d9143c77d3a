//! `nested-container-group`

use pipewright_model::{Node, NodeKind};
use pipewright_source::Span;

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "nested-container-group",
    Structure,
    Error,
    Check::Text(check)
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for pipeline in context.pipelines() {
        for id in pipeline.ids() {
            let Some(key) = infrastructure(context, pipeline.node(id)) else {
                continue;
            };
            let mut around = pipeline.self_and_ancestors(id).skip(1);
            let outer = around.find_map(|outer| {
                let key = infrastructure(context, pipeline.node(outer))?;
                Some((outer, key))
            });
            let Some((outer, outer_key)) = outer else {
                continue;
            };
            let (inner, outer) = (wording::node(pipeline, id), wording::node(pipeline, outer));
            let finding = RULE
                .finding(
                    key,
                    format!("{inner} has containers of its own inside {outer}, which has them, too"),
                )
                .with_label("Harness does not run a containerised group inside a containerised one")
                .with_help(format!(
                    "leave `stepGroupInfra` out here: the steps then run in the containers of {outer}"
                ))
                .with_related(outer_key, format!("the containers of {outer}"));
            findings.add(finding);
        }
    }
}

/// The key that gives a group containers of its own. Its being there counts, whatever the type.
fn infrastructure(context: RuleContext<'_>, node: &Node) -> Option<Span> {
    if node.kind != NodeKind::StepGroup {
        return None;
    }
    let entry = context.tree().entry(node.yaml, "stepGroupInfra")?;
    Some(context.tree().span(entry.key))
}
