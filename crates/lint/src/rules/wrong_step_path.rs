//! `wrong-step-path`

use pipewright_model::{NodeId, NodeKind, YamlVersion};
use pipewright_resolve::{Looping, Relation, Segment, Verdict, WrongPath, reads_inside};
use pipewright_source::{Applicability, Diagnostic, Severity};

use crate::Rule;
use crate::finding::Findings;
use crate::references::{ReferenceContext, VerdictKind};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "wrong-step-path",
    References,
    Error,
    Check::References(
        &[
            VerdictKind::WrongPath,
            VerdictKind::NotKnown,
            VerdictKind::Resolved,
            VerdictKind::RunTime,
            VerdictKind::Status,
            VerdictKind::WithoutSuffix,
        ],
        check
    ),
    Safe
);

fn check(context: &ReferenceContext<'_>, findings: &mut Findings) {
    if let Verdict::WrongPath(wrong) = &context.reference.verdict {
        findings.add(finding(context, wrong));
    } else if context.pipeline.version == YamlVersion::V1 {
        findings.extend(of_v0(context));
    }
}

/// A path of v0 in a pipeline of v1. It is not shown to fail, so it is a warning; whatever else is wrong with it goes
/// first.
fn of_v0(context: &ReferenceContext<'_>) -> Option<Diagnostic> {
    let segments = &context.reference.segments;
    let names: Vec<Option<&str>> = segments.iter().map(Segment::name).collect();
    let names: Vec<&str> = names.into_iter().map(Option::unwrap_or_default).collect();
    let (from, through, right) = v1_path(&names)?;
    let range = context.between(from, through);
    let right = if from == 0 {
        right.to_owned()
    } else {
        right.trim_start_matches("stage.").to_owned()
    };
    let mut finding = RULE
        .finding(
            context.written(range),
            format!("{} is a path of v0 YAML", context.text(range)),
        )
        .with_label("paths of v1 name neither `spec` nor `execution`")
        .with_help(format!("write `{right}`"));
    finding.severity = Severity::Warning;
    finding
        .fixes
        .extend(context.replace(range, &right, Applicability::Safe));
    Some(finding)
}

/// The parts of a path that only v0 has, from one through another, and what v1 has in their place (`spec/v1.md` §8). In
/// the middle of a path the stage is named before them.
fn v1_path(names: &[&str]) -> Option<(usize, usize, &'static str)> {
    let list = |name: &str| match name {
        "steps" => Some("stage.steps"),
        "rollbackSteps" => Some("stage.rollback"),
        _ => None,
    };
    if let ["stepGroup", "variables", ..] = names {
        return Some((0, 0, "group"));
    }
    let first = names.first()?;
    if *first == "execution" {
        return Some((0, 1, list(names.get(1)?)?));
    }
    let of_stage = match names {
        ["spec", ..] => 0,
        ["stage", "spec", ..] => 1,
        ["stages", _, "spec", ..] => 2,
        ["pipeline", "stages", _, "spec", ..] => 3,
        ["pipeline", "stages", _, "rollbackSteps", ..] => return Some((3, 3, "stage.rollback")),
        ["stage", "rollbackSteps", ..] => return Some((1, 1, "stage.rollback")),
        _ => return None,
    };
    match names.get(of_stage + 1..=of_stage + 2)? {
        ["execution", written] => Some((of_stage, of_stage + 2, list(written)?)),
        _ => None,
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
        None => finding.with_help(without_path(context, wrong.target)),
    };
    context.with_definition(finding, wrong.target)
}

/// Why nothing is to be written instead.
fn without_path(context: &ReferenceContext<'_>, target: NodeId) -> String {
    let order = &context.resolution.order;
    let when = match order.relation(target, context.reader()) {
        Relation::Parallel { .. } => "runs at the same time",
        Relation::After => "runs later",
        _ => return "no path leads from here to what is read of it".to_owned(),
    };
    format!(
        "{} {when}, so that no path leads to what is read of it",
        context.name(target)
    )
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
