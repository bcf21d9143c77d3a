//! `own-stage-status`

use pipewright_model::{Moment, NodeKind, Pipeline};
use pipewright_source::Applicability;

use crate::Rule;
use crate::finding::Findings;
use crate::references::{ReferenceContext, VerdictKind};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "own-stage-status",
    Conditions,
    Warning,
    Check::References(&[VerdictKind::Status], check),
    Unsafe
);

fn check(context: &ReferenceContext<'_>, findings: &mut Findings) {
    let Some((node, last)) = context.read_of_status("status") else {
        return;
    };
    let pipeline = context.pipeline;
    let is_own = pipeline.is_around(node, context.reader());
    let is_running = matches!(context.site().moment, Moment::Configuring | Moment::Running)
        || context.site().moment == Moment::Starting && node != context.reader();
    // In a template, and in a notification that is sent after the end, another status may be there.
    let is_whole = pipeline.node(Pipeline::ROOT).kind == NodeKind::Pipeline;
    if !is_own || !is_running || !is_whole || context.is_in_template() || context.is_in_child() {
        return;
    }
    let name = context.name(node);
    let finding = RULE
        .finding(
            context.written(last),
            format!(
                "{} reads the status of {name} while it runs",
                context.reading()
            ),
        )
        .with_label("always `RUNNING` here");
    if pipeline.node(node).kind == NodeKind::Step {
        findings.add(finding.with_help("a step has no status of its own before it has ended"));
        return;
    }
    let mut finding =
        finding.with_help("`currentStatus` is the status of what has ended in it so far");
    finding
        .fixes
        .extend(context.replace(last, "currentStatus", Applicability::Unsafe));
    findings.add(finding);
}
