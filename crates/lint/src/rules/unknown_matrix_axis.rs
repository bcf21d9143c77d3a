//! `unknown-matrix-axis`

use pipewright_resolve::{MissingValue, NoLoopValue, Verdict};
use pipewright_source::Diagnostic;

use crate::Rule;
use crate::finding::Findings;
use crate::references::{ReferenceContext, VerdictKind};
use crate::rule::{Check, declare};
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "unknown-matrix-axis",
    References,
    Error,
    Check::References(&[VerdictKind::Axis], check)
);

/// The most axes a message lists.
const MOST_AXES: usize = 6;

fn check(context: &ReferenceContext<'_>, findings: &mut Findings) {
    if let Verdict::NoLoopValue(value) = &context.reference.verdict
        && let MissingValue::Axis { axes, nearest } = &value.missing
    {
        findings.add(finding(context, value, axes, nearest.as_deref()));
    }
}

fn finding(
    context: &ReferenceContext<'_>,
    value: &NoLoopValue,
    axes: &[Box<str>],
    nearest: Option<&str>,
) -> Diagnostic {
    let segment = context.name_in(value.segment);
    let name = context.text(segment);
    let message = match value.of {
        Some(node) => format!("the loop of {} has no axis {name}", context.name(node)),
        None => format!(
            "no loop around {} has an axis {name}",
            context.name(context.reader())
        ),
    };
    let finding = RULE
        .finding(context.written(segment), message)
        .with_label(context.when_not_found());
    match nearest {
        Some(nearest) => context.did_you_mean(finding, segment, nearest),
        None => finding.with_help(there_is(value, axes)),
    }
}

/// The axes there are.
fn there_is(value: &NoLoopValue, axes: &[Box<str>]) -> String {
    let names = || wording::list(axes.iter().map(|axis| &**axis), MOST_AXES);
    match (axes, value.of) {
        ([], Some(_)) => "it is no matrix; `matrix` alone reads all loops around".to_owned(),
        ([], None) => "none of these loops is a matrix".to_owned(),
        ([_], _) => format!("the only axis is {}", names()),
        _ => format!("the axes are {}", names()),
    }
}
