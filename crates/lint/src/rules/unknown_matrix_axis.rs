//! `unknown-matrix-axis`

use pipewright_resolve::{MissingValue, NoLoopValue, Verdict};
use pipewright_source::Diagnostic;

use crate::Rule;
use crate::finding::Findings;
use crate::references::{Read, VerdictKind};
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

fn check(read: &Read<'_>, findings: &mut Findings) {
    if let Verdict::NoLoopValue(value) = &read.reference.verdict
        && let MissingValue::Axis { axes, nearest } = &value.missing
    {
        findings.add(finding(read, value, axes, nearest.as_deref()));
    }
}

fn finding(
    read: &Read<'_>,
    value: &NoLoopValue,
    axes: &[Box<str>],
    nearest: Option<&str>,
) -> Diagnostic {
    let segment = read.name_in(value.segment);
    let name = read.text(segment);
    let message = match value.of {
        Some(node) => format!("the loop of {} has no axis {name}", read.name(node)),
        None => format!(
            "no loop around {} has an axis {name}",
            read.name(read.reader())
        ),
    };
    let finding = RULE
        .finding(read.written(segment), message)
        .with_label(read.when_not_found());
    match nearest {
        Some(nearest) => read.did_you_mean(finding, segment, nearest),
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
