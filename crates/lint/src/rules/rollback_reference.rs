//! `rollback-reference`

use pipewright_resolve::Verdict;

use crate::Rule;
use crate::finding::Findings;
use crate::references::{Read, VerdictKind};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "rollback-reference",
    References,
    Error,
    Check::References(&[VerdictKind::Rollback], check)
);

fn check(read: &Read<'_>, findings: &mut Findings) {
    let Verdict::Rollback(target) = read.reference.verdict else {
        return;
    };
    let message = format!(
        "{} reads {}, which runs only in a rollback",
        read.reading(),
        read.what(target)
    );
    let finding = RULE
        .finding(read.span(), message)
        .with_label("null: rollback steps do not exist before something has failed")
        .with_help("read from `steps`; only rollback steps can read rollback steps");
    findings.add(read.with_definition(finding, target.node));
}
