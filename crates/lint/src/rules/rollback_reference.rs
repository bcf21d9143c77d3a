//! `rollback-reference`

use pipewright_resolve::Verdict;

use crate::Rule;
use crate::finding::Findings;
use crate::references::{ReferenceContext, VerdictKind};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "rollback-reference",
    References,
    Error,
    Check::References(&[VerdictKind::Rollback], check)
);

fn check(context: &ReferenceContext<'_>, findings: &mut Findings) {
    let Verdict::Rollback(target) = context.reference.verdict else {
        return;
    };
    let message = format!(
        "{} reads {}, which runs only in a rollback",
        context.reading(),
        context.what(target)
    );
    let finding = RULE
        .finding(context.span(), message)
        .with_label("null: rollback steps do not exist before something has failed")
        .with_help("read from `steps`; only rollback steps can read rollback steps");
    findings.add(context.with_definition(finding, target.node));
}
