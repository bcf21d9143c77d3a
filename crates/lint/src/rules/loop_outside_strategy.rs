//! `loop-outside-strategy`

use pipewright_model::NodeId;
use pipewright_resolve::{MissingValue, NoLoopValue, Verdict};
use pipewright_source::Diagnostic;

use crate::Rule;
use crate::finding::Findings;
use crate::references::{Read, VerdictKind};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "loop-outside-strategy",
    References,
    Error,
    Check::References(&[VerdictKind::LoopValue], check)
);

fn check(read: &Read<'_>, findings: &mut Findings) {
    if let Verdict::NoLoopValue(value) = &read.reference.verdict {
        findings.add(finding(read, value));
    }
}

fn finding(read: &Read<'_>, value: &NoLoopValue) -> Diagnostic {
    let reading = read.reading();
    let path = read.text(read.up_to(value.segment));
    let misplaced = match value.of {
        Some(node) => misplaced(read, node),
        None => read
            .pipeline
            .self_and_ancestors(read.reader())
            .find_map(|node| misplaced(read, node)),
    };
    let (why, help) = match (&value.missing, value.of) {
        (MissingValue::Named, _) => (
            "but no loop around it has that name".to_owned(),
            "name a looping stage, group or step around the reader".to_owned(),
        ),
        (MissingValue::Repeat, Some(node)) => (
            format!("but the loop of {} is no `repeat`", read.name(node)),
            "read what this loop gives, or use `repeat` with `items`".to_owned(),
        ),
        (MissingValue::Repeat, None) => (
            "but no loop around it is a `repeat`".to_owned(),
            "read what its loops give, or use `repeat` with `items`".to_owned(),
        ),
        (_, Some(node)) => (
            format!("but {} does not loop", read.name(node)),
            "name the level that loops, or none to read all loops around".to_owned(),
        ),
        (_, None) => (
            "but nothing around it loops".to_owned(),
            "give the stage, a group or the step a `strategy`, or read a variable".to_owned(),
        ),
    };
    RULE.finding(read.span(), format!("{reading} reads {path}, {why}"))
        .with_label(read.when_not_found())
        .with_help(misplaced.unwrap_or(help))
}

/// What to do where the node has a `strategy` in a place in which Harness does not read it.
fn misplaced(read: &Read<'_>, node: NodeId) -> Option<String> {
    let tree = read.tree()?;
    let of_node = read.pipeline.node(node);
    let spec = tree
        .find(of_node.yaml, "spec")
        .filter(|_| of_node.strategy.is_none())?;
    tree.find(spec, "strategy")?;
    Some(format!(
        "the `strategy` of {} stands inside its `spec`, where it is not read: move it beside `spec`",
        read.name(node)
    ))
}
