//! `environment-in-own-stage-condition`

use pipewright_model::SiteKind;
use pipewright_resolve::{NotPublishedYet, Verdict};
use pipewright_source::Diagnostic;

use crate::Rule;
use crate::finding::Findings;
use crate::references::{ReferenceContext, VerdictKind};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "environment-in-own-stage-condition",
    References,
    Error,
    Check::References(&[VerdictKind::NotPublishedYet], check)
);

fn check(context: &ReferenceContext<'_>, findings: &mut Findings) {
    if let Verdict::NotPublishedYet(early) = &context.reference.verdict {
        findings.add(finding(context, early));
    }
}

fn finding(context: &ReferenceContext<'_>, early: &NotPublishedYet) -> Diagnostic {
    let stage = context.name(early.stage);
    let path = context.text(context.up_to(early.segment));
    let (reading, help) = match context.site().kind {
        SiteKind::Loop => (
            format!("the `strategy` of {stage}"),
            "read a variable or an input that the environment or service is chosen by",
        ),
        _ => (
            format!("the condition of {stage}"),
            "move the condition to a step, or compare a variable or an input that the environment or service is chosen by",
        ),
    };
    RULE.finding(
        context.span(),
        format!("{reading} reads {path}, which {stage} cannot have before it starts"),
    )
    .with_label("null: nothing of the stage is there yet")
    .with_help(help)
}
