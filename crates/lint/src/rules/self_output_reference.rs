//! `self-output-reference`

use pipewright_resolve::Verdict;

use crate::Rule;
use crate::finding::Findings;
use crate::references::{Read, VerdictKind};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "self-output-reference",
    References,
    Error,
    Check::References(&[VerdictKind::SelfOutput], check)
);

fn check(read: &Read<'_>, findings: &mut Findings) {
    let Verdict::SelfOutput(target) = read.reference.verdict else {
        return;
    };
    let step = read.name(target.node);
    let finding = RULE
        .finding(read.span(), format!("{step} reads its own output"))
        .with_label(format!("null: {step} has not run when this is read"))
        .with_help("read the output in a later step; inside a script, use the shell variable");
    findings.add(read.with_definition(finding, target.node));
}
