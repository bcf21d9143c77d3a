//! `step-group-outside-group`

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
    let message = format!(
        "{} reads `stepGroup`, but stands in no step group",
        context.reading()
    );
    let finding = RULE
            .finding(context.span(), message)
            .with_label(context.when_not_found())
            .with_help("name the group: `execution.steps.GROUP…`, or use `stage` for what belongs to the stage");
    findings.add(finding);
}
