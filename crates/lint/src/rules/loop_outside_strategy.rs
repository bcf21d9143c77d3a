//! `loop-outside-strategy`

use pipewright_model::NodeId;
use pipewright_resolve::{MissingValue, NoLoopValue, Verdict};
use pipewright_source::Diagnostic;

use crate::Rule;
use crate::finding::Findings;
use crate::references::{ReferenceContext, VerdictKind};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "loop-outside-strategy",
    References,
    Error,
    Check::References(&[VerdictKind::LoopValue], check)
);

fn check(context: &ReferenceContext<'_>, findings: &mut Findings) {
    if let Verdict::NoLoopValue(value) = &context.reference.verdict {
        findings.add(finding(context, value));
    }
}

fn finding(context: &ReferenceContext<'_>, value: &NoLoopValue) -> Diagnostic {
    let reading = context.reading();
    let path = context.text(context.up_to(value.segment));
    let misplaced = match value.of {
        Some(node) => misplaced(context, node),
        None => context
            .pipeline
            .self_and_ancestors(context.reader())
            .find_map(|node| misplaced(context, node)),
    };
    let (why, help) = match (&value.missing, value.of) {
        (MissingValue::Named, _) => (
            "but no loop around it has that name".to_owned(),
            "name a looping stage, group or step around the reader".to_owned(),
        ),
        (MissingValue::Repeat, Some(node)) => (
            format!("but the loop of {} is no `repeat`", context.name(node)),
            "read what this loop gives, or use `repeat` with `items`".to_owned(),
        ),
        (MissingValue::Repeat, None) => (
            "but no loop around it is a `repeat`".to_owned(),
            "read what its loops give, or use `repeat` with `items`".to_owned(),
        ),
        (_, Some(node)) => (
            format!("but {} does not loop", context.name(node)),
            "name the level that loops, or none to read all loops around".to_owned(),
        ),
        (_, None) => (
            "but nothing around it loops".to_owned(),
            "give the stage, a group or the step a `strategy`, or read a variable".to_owned(),
        ),
    };
    RULE.finding(context.span(), format!("{reading} reads {path}, {why}"))
        .with_label(context.when_not_found())
        .with_help(misplaced.unwrap_or(help))
}

/// What to do where the node has a `strategy` in a place in which Harness does not read it.
fn misplaced(context: &ReferenceContext<'_>, node: NodeId) -> Option<String> {
    let tree = context.tree()?;
    let of_node = context.pipeline.node(node);
    let spec = tree
        .find(of_node.yaml, "spec")
        .filter(|_| of_node.strategy.is_none())?;
    tree.find(spec, "strategy")?;
    Some(format!(
        "the `strategy` of {} stands inside its `spec`, where it is not read: move it beside `spec`",
        context.name(node)
    ))
}
