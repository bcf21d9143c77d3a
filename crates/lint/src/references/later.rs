//! Reads from what has not started yet, between steps and between stages.

use pipewright_model::{NodeId, NodeKind};
use pipewright_resolve::{Later, LaterCause, Member, Verdict};
use pipewright_source::Diagnostic;

use crate::Rule;
use crate::finding::Findings;
use crate::references::Read;

/// Reports a read of a later node under `rule`.
pub(crate) fn check(rule: &Rule, read: &Read<'_>, findings: &mut Findings) {
    if let Verdict::Later(later) = &read.reference.verdict {
        findings.add(finding(rule, read, later));
    }
}

fn finding(rule: &Rule, read: &Read<'_>, later: &Later) -> Diagnostic {
    let target = later.target;
    let message = format!(
        "{} reads {}, which has not started yet",
        read.reading(),
        read.what(target),
    );
    let (label, help) = match later.cause {
        LaterCause::Order => in_order(read, later),
        LaterCause::OwnContent => own_content(read),
        LaterCause::BeforeExecution => before_execution(read),
    };
    let finding = rule
        .finding(read.span(), message)
        .with_label(label)
        .with_help(help);
    read.with_definition(finding, target.node)
}

fn in_order(read: &Read<'_>, later: &Later) -> (String, String) {
    let (reader, target) = branches(read, later);
    let (reader, target) = (read.name(reader), read.name(target));
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

fn own_content(read: &Read<'_>) -> (String, String) {
    let reader = read.name(read.reader());
    (
        format!("null: this is read before anything inside {reader} starts"),
        format!("read what runs before {reader}"),
    )
}

fn before_execution(read: &Read<'_>) -> (String, String) {
    let stage = read
        .pipeline
        .enclosing(read.reader(), NodeKind::Stage)
        .map_or_else(|| "the stage".to_owned(), |stage| read.name(stage));
    (
        format!("null: this is read before the steps of {stage} start"),
        format!("produce the value in a stage before {stage}"),
    )
}

/// The outermost nodes around reader and target that are not around both: what would have to be moved.
fn branches(read: &Read<'_>, later: &Later) -> (NodeId, NodeId) {
    let (reader, target) = (read.reader(), later.target.node);
    let around = |node| read.pipeline.self_and_ancestors(node).collect::<Vec<_>>();
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
