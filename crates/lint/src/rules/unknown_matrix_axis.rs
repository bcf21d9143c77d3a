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
    Check::References(&[VerdictKind::Axis], check),
    Unsafe
);

/// The most axes or members a message lists.
const MOST_NAMES: usize = 6;

fn check(context: &ReferenceContext<'_>, findings: &mut Findings) {
    let Verdict::NoLoopValue(value) = &context.reference.verdict else {
        return;
    };
    match &value.missing {
        MissingValue::Axis { axes, nearest } => {
            let help = || there_is(value, axes);
            findings.add(finding(
                context,
                value,
                no_axis(context, value),
                nearest.as_deref(),
                help,
            ));
        }
        MissingValue::AxisMember {
            axis,
            members,
            nearest,
        } => {
            let name = context.text(context.name_in(value.segment));
            let message = format!("no value of the axis `{axis}` has a member {name}");
            let help = || match &**members {
                [only] => format!("the only member is `{only}`"),
                _ => format!("the members are {}", names(members)),
            };
            findings.add(finding(context, value, message, nearest.as_deref(), help));
        }
        MissingValue::Loop | MissingValue::Repeat | MissingValue::Named => {}
    }
}

fn no_axis(context: &ReferenceContext<'_>, value: &NoLoopValue) -> String {
    let name = context.text(context.name_in(value.segment));
    match value.of {
        Some(node) => format!("the loop of {} has no axis {name}", context.name(node)),
        None => format!(
            "no loop around {} has an axis {name}",
            context.name(context.reader())
        ),
    }
}

fn finding(
    context: &ReferenceContext<'_>,
    value: &NoLoopValue,
    message: String,
    nearest: Option<&str>,
    help: impl FnOnce() -> String,
) -> Diagnostic {
    let segment = context.name_in(value.segment);
    let finding = RULE
        .finding(context.written(segment), message)
        .with_label(context.when_not_found());
    match nearest {
        Some(nearest) => context.did_you_mean(finding, segment, nearest),
        None => finding.with_help(help()),
    }
}

/// The axes there are.
fn there_is(value: &NoLoopValue, axes: &[Box<str>]) -> String {
    match (axes, value.of) {
        ([], Some(_)) => "it is no matrix; `matrix` alone reads all loops around".to_owned(),
        ([], None) => "none of these loops is a matrix".to_owned(),
        ([_], _) => format!("the only axis is {}", names(axes)),
        _ => format!("the axes are {}", names(axes)),
    }
}

fn names(all: &[Box<str>]) -> String {
    wording::list(all.iter().map(|name| &**name), MOST_NAMES)
}
