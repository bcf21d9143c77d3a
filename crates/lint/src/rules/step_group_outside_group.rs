//! `step-group-outside-group`

use pipewright_model::YamlVersion;
use pipewright_resolve::Segment;

use crate::Rule;
use crate::finding::Findings;
use crate::references::{ReferenceContext, VerdictKind};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "step-group-outside-group",
    References,
    Error,
    Check::References(&[VerdictKind::OutsideGroup], check)
);

fn check(context: &ReferenceContext<'_>, findings: &mut Findings) {
    let reading = context.reading();
    let segments = &context.reference.segments;
    let is_outward = |segment: &Segment| segment.name() == Some("getParentStepGroup");
    let (message, help) = match segments.iter().rposition(is_outward) {
        Some(last) => (
            format!(
                "{reading} reads {}, and no further step group is around it",
                context.text(context.up_to(last))
            ),
            "each `getParentStepGroup` leads from a step or step group to the step group around it",
        ),
        None => (
            format!(
                "{reading} reads {}, but stands in no step group",
                context.text(context.name_in(0))
            ),
            match context.pipeline.version {
                YamlVersion::V0 => {
                    "name the group: `execution.steps.GROUP…`, or use `stage` for what belongs to the stage"
                }
                YamlVersion::V1 => {
                    "name the group: `stage.steps.GROUP…`, or use `stage` for what belongs to the stage"
                }
            },
        ),
    };
    let finding = RULE
        .finding(context.span(), message)
        .with_label(context.when_not_found())
        .with_help(help);
    findings.add(finding);
}
