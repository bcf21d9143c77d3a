//! `deprecated-expression` (`spec/model.md` §8)

use pipewright_resolve::{Segment, SegmentKind};
use pipewright_source::{Applicability, TextRange};

use crate::Rule;
use crate::finding::Findings;
use crate::references::{ReferenceContext, VerdictKind};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "deprecated-expression",
    References,
    Info,
    Check::References(
        &[
            VerdictKind::Resolved,
            VerdictKind::Status,
            VerdictKind::RunTime,
            VerdictKind::UnknownRoot
        ],
        check
    ),
    Unsafe
);

/// What was renamed: the old path, and the new one.
const RENAMED: [(&str, &str); 3] = [
    ("pipeline.execution.url", "pipeline.executionUrl"),
    (
        "pipeline.triggeredBy.triggerName",
        "pipeline.triggeredBy.triggerIdentifier",
    ),
    ("serviceConfig.service", "service"),
];

fn check(context: &ReferenceContext<'_>, findings: &mut Findings) {
    let segments = &context.reference.segments;
    let renamed = RENAMED.iter().find(|(old, _)| {
        let mut read = segments.iter();
        let is_old = old
            .split('.')
            .all(|name| read.next().and_then(Segment::name) == Some(name));
        is_old && !matches!(read.next(), Some(next) if matches!(next.kind, SegmentKind::Index(_)))
    });
    let Some((old, new)) = renamed else {
        return;
    };
    let last = old.split('.').count() - 1;
    let range: TextRange = context.up_to(last);
    let mut finding = RULE
        .finding(context.written(range), format!("`{old}` is an old name"))
        .with_label("kept for old pipelines; the documentation names it no more")
        .with_help(format!("write `{new}`"));
    finding
        .fixes
        .extend(context.replace(range, new, Applicability::Unsafe));
    findings.add(finding);
}
