//! `wrong-step-path`

use pipewright_model::NodeKind;
use pipewright_resolve::{Looping, Segment, Verdict, WrongPath};
use pipewright_source::{Applicability, Diagnostic};

use crate::Rule;
use crate::finding::Findings;
use crate::references::{Read, VerdictKind};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "wrong-step-path",
    References,
    Error,
    Check::References(&[VerdictKind::WrongPath], check)
);

fn check(read: &Read<'_>, findings: &mut Findings) {
    if let Verdict::WrongPath(wrong) = &read.reference.verdict {
        findings.add(finding(read, wrong));
    }
}

fn finding(read: &Read<'_>, wrong: &WrongPath) -> Diagnostic {
    let range = read.up_to(wrong.named_by);
    let message = format!(
        "{} does not lead to {}{}{}",
        read.text(range),
        read.name_with_stage(wrong.target),
        home(read, wrong),
        read.of_child(),
    );
    let mut finding = RULE
        .finding(read.written(range), message)
        .with_label(label(read))
        .with_help(format!("write `{}`", wrong.right));
    finding
        .fixes
        .extend(read.replace(range, &wrong.right, applicability(read, wrong)));
    read.with_definition(finding, wrong.target)
}

/// The right path is certain, unless it goes into a loop beside the reader: then it names the first of several turns.
fn applicability(read: &Read<'_>, wrong: &WrongPath) -> Applicability {
    let (loops, pipeline) = (&read.resolution.loops, read.pipeline);
    let mut into = pipeline
        .self_and_ancestors(wrong.target)
        .filter(|node| !pipeline.is_around(*node, read.reader()));
    if into.any(|node| loops.looping(node) == Looping::Surely) {
        Applicability::Unsafe
    } else {
        Applicability::Safe
    }
}

/// What goes wrong. In a group the word `steps` alone already leads elsewhere.
fn label(read: &Read<'_>) -> String {
    let first = read.reference.segments.first();
    let group = read.pipeline.enclosing(read.reader(), NodeKind::StepGroup);
    match group {
        Some(group) if first.and_then(Segment::name) == Some("steps") => {
            format!("null: here `steps` means the steps of {}", read.name(group))
        }
        _ => read.when_not_found().to_owned(),
    }
}

/// The group the step stands in, if it stands in one.
fn home(read: &Read<'_>, wrong: &WrongPath) -> String {
    let parent = read.pipeline.node(wrong.target).parent;
    match parent {
        Some(group) if read.pipeline.node(group).kind == NodeKind::StepGroup => {
            format!(", which stands in {}", read.name(group))
        }
        _ => String::new(),
    }
}
