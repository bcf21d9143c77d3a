//! `output-before-execution`

use pipewright_resolve::{LaterCause, Level, Member, Verdict};

use crate::Rule;
use crate::finding::Findings;
use crate::references::{ReferenceContext, VerdictKind};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "output-before-execution",
    References,
    Error,
    Check::References(&[VerdictKind::Later(Level::Steps)], check)
);

fn check(context: &ReferenceContext<'_>, findings: &mut Findings) {
    let Verdict::Later(later) = &context.reference.verdict else {
        return;
    };
    let is_output = later.target.member == Member::Output;
    if later.cause != LaterCause::BeforeExecution || !is_output {
        return;
    }
    let finding = RULE
        .finding(
            context.span(),
            format!(
                "{} reads {} in its service, environment, infrastructure or codebase",
                context.reading(),
                context.what(later.target)
            ),
        )
        .with_label("null: these are read before the first step of the stage starts")
        .with_help("read it in a step, or make the value in an earlier stage");
    findings.add(context.with_definition(finding, later.target.node));
}
