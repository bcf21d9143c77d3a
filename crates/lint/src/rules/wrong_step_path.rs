//! `wrong-step-path`

use pipewright_model::NodeKind;
use pipewright_resolve::{Looping, Segment, Verdict, WrongPath, reads_inside};
use pipewright_source::{Applicability, Diagnostic};

use crate::Rule;
use crate::finding::Findings;
use crate::references::{ReferenceContext, VerdictKind};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "wrong-step-path",
    References,
    Error,
    Check::References(&[VerdictKind::WrongPath], check),
    Safe
);

fn check(context: &ReferenceContext<'_>, findings: &mut Findings) {
    if let Verdict::WrongPath(wrong) = &context.reference.verdict {
        findings.add(finding(context, wrong));
    }
}

fn finding(context: &ReferenceContext<'_>, wrong: &WrongPath) -> Diagnostic {
    let range = context.up_to(wrong.named_by);
    let message = format!(
        "{} does not lead to {}{}{}",
        context.text(range),
        context.name_with_stage(wrong.target),
        home(context, wrong),
        context.of_child(),
    );
    let finding = RULE
        .finding(context.written(range), message)
        .with_label(label(context, wrong));
    let finding = match &wrong.right {
        Some(right) => {
            let mut finding = finding.with_help(format!("write `{right}`"));
            let fix = context.replace(range, right, applicability(context, wrong));
            finding.fixes.extend(fix);
            finding
        }
        None => finding.with_help("no path leads from here to what is read of it"),
    };
    context.with_definition(finding, wrong.target)
}

/// The right path is certain, unless it goes into a loop beside the reader: then it names the first of several turns.
fn applicability(context: &ReferenceContext<'_>, wrong: &WrongPath) -> Applicability {
    let (loops, pipeline) = (&context.resolution.loops, context.pipeline);
    let mut into = pipeline
        .self_and_ancestors(wrong.target)
        .filter(|node| !pipeline.is_around(*node, context.reader()));
    if into.any(|node| loops.looping(node) == Looping::Surely) {
        Applicability::Unsafe
    } else {
        Applicability::Safe
    }
}

/// What goes wrong. In a group the word `steps` alone already leads elsewhere.
fn label(context: &ReferenceContext<'_>, wrong: &WrongPath) -> String {
    if wrong.named_by == 0 {
        let what = context.when_not_found();
        return format!("{what}: only what is around the reader is found by its identifier alone");
    }
    let first = context.reference.segments.first();
    let word = first.and_then(Segment::name);
    let is_inside = reads_inside(context.pipeline, context.reader(), context.site().moment);
    if let Some(word @ ("steps" | "stepGroup")) = word.filter(|_| is_inside) {
        let group = context.name(context.reader());
        return format!("null: inside a Container step `{word}` means what runs in {group} itself");
    }
    let group = context
        .pipeline
        .enclosing(context.reader(), NodeKind::StepGroup);
    match group {
        Some(group) if word == Some("steps") => {
            format!(
                "null: here `steps` means the steps of {}",
                context.name(group)
            )
        }
        _ => context.when_not_found().to_owned(),
    }
}

/// The group the step stands in, if it stands in one.
fn home(context: &ReferenceContext<'_>, wrong: &WrongPath) -> String {
    let parent = context.pipeline.node(wrong.target).parent;
    match parent {
        Some(group) if context.pipeline.node(group).kind == NodeKind::StepGroup => {
            format!(", which stands in {}", context.name(group))
        }
        _ => String::new(),
    }
}
