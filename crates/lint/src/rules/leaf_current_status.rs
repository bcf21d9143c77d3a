//! `leaf-current-status` (`spec/engine.md` §3.4)

use pipewright_model::NodeKind;
use pipewright_source::Applicability;

use crate::Rule;
use crate::finding::Findings;
use crate::references::{ReferenceContext, VerdictKind};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "leaf-current-status",
    Conditions,
    Warning,
    Check::References(&[VerdictKind::Status], check),
    Unsafe
);

fn check(context: &ReferenceContext<'_>, findings: &mut Findings) {
    let Some((node, last)) = context.read_of_status("currentStatus") else {
        return;
    };
    let step = context.pipeline.node(node);
    // A templated step may be of any type, and one that runs in a container of its own has steps inside it.
    let is_leaf = step.kind == NodeKind::Step
        && step.template.is_none()
        && step.strategy.is_none()
        && step.type_text() != "Container";
    if !is_leaf {
        return;
    }
    let name = context.name_with_stage(node);
    let finding = RULE
        .finding(
            context.written(last),
            format!("{} reads `currentStatus` of {name}", context.reading()),
        )
        .with_label("always `SUCCEEDED`: it is put together from what is inside, and inside a step there is nothing");
    if node == context.reader() {
        findings.add(finding.with_help("a step has no status of its own before it has ended"));
        return;
    }
    let mut finding = finding.with_help("write `status`");
    finding
        .fixes
        .extend(context.replace(last, "status", Applicability::Unsafe));
    findings.add(finding);
}
