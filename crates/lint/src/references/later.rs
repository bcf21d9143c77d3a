//! Reads from what has not started yet, between steps and between stages.

use pipewright_model::{NodeId, NodeKind};
use pipewright_resolve::{Later, LaterCause, Member, Verdict};
use pipewright_source::Diagnostic;

use crate::Rule;
use crate::finding::Findings;
use crate::references::ReferenceContext;

/// Reports a read of a later node under `rule`.
pub(crate) fn check(rule: &Rule, context: &ReferenceContext<'_>, findings: &mut Findings) {
    if let Verdict::Later(later) = &context.reference.verdict {
        findings.add(finding(rule, context, later));
    }
}

fn finding(rule: &Rule, context: &ReferenceContext<'_>, later: &Later) -> Diagnostic {
    let target = later.target;
    let message = format!(
        "{} reads {}, which has not started yet",
        context.reading(),
        context.what(target),
    );
    let (label, help) = match later.cause {
        LaterCause::Order => in_order(context, later),
        LaterCause::OwnContent => own_content(context),
        LaterCause::BeforeExecution => before_execution(context),
    };
    let finding = rule
        .finding(context.span(), message)
        .with_label(label)
        .with_help(help);
    context.with_definition(finding, target.node)
}

fn in_order(context: &ReferenceContext<'_>, later: &Later) -> (String, String) {
    let (reader, target) = branches(context, later);
    let (reader, target) = (context.name(reader), context.name(target));
    let label = format!("null: {target} comes after {reader}");
    let declared_value = matches!(later.target.member, Member::Setting | Member::Variable(_));
    let help = if declared_value {
        format!(
            "move {target} in front of {reader}, or put the value into a variable that both read"
        )
    } else {
        format!("move {target} in front of {reader}, or read what runs earlier")
    };
    (label, help)
}

fn own_content(context: &ReferenceContext<'_>) -> (String, String) {
    let reader = context.name(context.reader());
    (
        format!("null: this is read before anything inside {reader} starts"),
        format!("read what runs before {reader}"),
    )
}

fn before_execution(context: &ReferenceContext<'_>) -> (String, String) {
    let stage = context
        .pipeline
        .enclosing(context.reader(), NodeKind::Stage)
        .map_or_else(|| "the stage".to_owned(), |stage| context.name(stage));
    (
        format!("null: this is read before the steps of {stage} start"),
        format!("produce the value in a stage before {stage}"),
    )
}

/// The outermost nodes around reader and target that are not around both: what would have to be moved.
fn branches(context: &ReferenceContext<'_>, later: &Later) -> (NodeId, NodeId) {
    let (reader, target) = (context.reader(), later.target.node);
    let around = |node| {
        context
            .pipeline
            .self_and_ancestors(node)
            .collect::<Vec<_>>()
    };
    let (of_reader, of_target) = (around(reader), around(target));
    let outermost = |nodes: &[NodeId], others: &[NodeId]| {
        nodes
            .iter()
            .copied()
            .take_while(|node| !others.contains(node))
            .last()
    };
    (
        outermost(&of_reader, &of_target).unwrap_or(reader),
        outermost(&of_target, &of_reader).unwrap_or(target),
    )
}
