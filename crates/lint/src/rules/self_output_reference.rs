//! `self-output-reference`

use pipewright_resolve::Verdict;

use crate::Rule;
use crate::finding::Findings;
use crate::references::{ReferenceContext, VerdictKind};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "self-output-reference",
    References,
    Error,
    Check::References(&[VerdictKind::SelfOutput], check)
);

fn check(context: &ReferenceContext<'_>, findings: &mut Findings) {
    let Verdict::SelfOutput(target) = context.reference.verdict else {
        return;
    };
    let step = context.name(target.node);
    let finding = RULE
        .finding(context.span(), format!("{step} reads its own output"))
        .with_label(format!("null: {step} has not run when this is read"))
        .with_help("read the output in a later step; inside a script, use the shell variable");
    findings.add(context.with_definition(finding, target.node));
}
