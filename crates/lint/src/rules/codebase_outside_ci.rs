//! `codebase-outside-ci`

use pipewright_model::catalogue::stage_type;
use pipewright_model::{Item, NodeKind, Pipeline};

use crate::Rule;
use crate::ci_stages::builds;
use crate::finding::Findings;
use crate::references::{ReferenceContext, VerdictKind};
use crate::rule::{Check, declare};
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "codebase-outside-ci",
    References,
    Warning,
    Check::References(&[VerdictKind::RunTime], check)
);

fn check(context: &ReferenceContext<'_>, findings: &mut Findings) {
    let is_codebase = context.reference.segments[0].name() == Some("codebase");
    if !is_codebase
        || context.is_in_template()
        || context.is_in_child()
        || findings.asked_once(&RULE, context.pipeline, may_clone)
    {
        return;
    }
    let path = wording::quoted(&context.reference.path());
    let finding = RULE
        .finding(
            context.span(),
            format!(
                "{} reads {path}, and no stage clones a codebase",
                context.reading()
            ),
        )
        .with_label("null: a CI stage publishes it when it clones")
        .with_help(
            "read the commit from `trigger`, or from a variable that says which branch is meant",
        );
    findings.add(finding);
}

/// Whether a stage may clone. Parts of pipelines, templates and types that are not known may have one.
fn may_clone(pipeline: &Pipeline) -> bool {
    let root = pipeline.node(Pipeline::ROOT);
    let is_open = root.kind != NodeKind::Pipeline || root.template.is_some();
    let mut items = root.sections.iter().flat_map(|section| &section.items);
    let has_insert = items.any(|item| matches!(item, Item::Insert { .. }));
    let mut stages = pipeline
        .nodes
        .iter()
        .filter(|node| node.kind == NodeKind::Stage);
    is_open
        || has_insert
        || stages.any(|stage| {
            stage.template.is_some()
                || stage.is_dynamic()
                || stage_type(stage.type_text()).is_none()
                || builds(stage)
        })
}
