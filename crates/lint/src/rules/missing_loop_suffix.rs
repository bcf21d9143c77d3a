//! `missing-loop-suffix`

use pipewright_model::NodeId;
use pipewright_resolve::{LoopStep, NoInstance, Verdict};
use pipewright_source::{Applicability, Diagnostic};

use crate::Rule;
use crate::finding::Findings;
use crate::references::{ReferenceContext, VerdictKind};
use crate::rule::{Check, declare};
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "missing-loop-suffix",
    References,
    Warning,
    Check::References(&[VerdictKind::WithoutSuffix], check),
    Safe
);

fn check(context: &ReferenceContext<'_>, findings: &mut Findings) {
    if let Verdict::NoInstance(missing) = &context.reference.verdict {
        findings.add(finding(context, missing));
    }
}

fn finding(context: &ReferenceContext<'_>, missing: &NoInstance) -> Diagnostic {
    let node = context.name(missing.node);
    let written = context.name_in(missing.segment);
    let mut finding = RULE
        .finding(
            context.written(written),
            format!(
                "{node} loops, so nothing in {} is called {}",
                context.run(),
                context.text(written)
            ),
        )
        .with_label("null: only its instances have a name");
    if let Some(help) = help(context, missing) {
        finding = finding.with_help(help);
    }
    if let Some((right, applicability)) = certain(context, missing) {
        let range = context.up_to(missing.through);
        finding
            .fixes
            .extend(context.replace(range, right, applicability));
    }
    context.with_definition(finding, missing.node)
}

/// What to write instead.
fn help(context: &ReferenceContext<'_>, missing: &NoInstance) -> Option<String> {
    let right = missing.right.as_deref();
    if is_around(context, missing.node) {
        return right.map(|right| format!("inside its own turn write `{right}`"));
    }
    let turns = context.resolution.loops.iterations(missing.node);
    let identifier = wording::identifier(context.pipeline, missing.node);
    match (turns, right) {
        (Some(turns), _) if bare(context).count() == 1 => Some(format!(
            "name a turn; it has {}",
            turns.in_words(identifier)
        )),
        (_, Some(right)) => Some(format!("name a turn: `{right}` is the first one")),
        _ => None,
    }
}

/// The right path where there is only one: inside the turn, or of loops with one turn each. Those of a matrix may be
/// labelled by value.
fn certain<'r>(
    context: &ReferenceContext<'_>,
    missing: &'r NoInstance,
) -> Option<(&'r str, Applicability)> {
    let right = missing.right.as_deref()?;
    let is_only = |step: &LoopStep| {
        let turns = context.resolution.loops.iterations(step.node);
        turns.is_some_and(|turns| turns.all().len() == 1)
    };
    let mut outside = bare(context)
        .filter(|step| !is_around(context, step.node))
        .peekable();
    if outside.peek().is_none() {
        return Some((right, Applicability::Safe));
    }
    outside
        .all(is_only)
        .then_some((right, Applicability::Unsafe))
}

/// The loops that the path names without a suffix.
fn bare<'r>(context: &ReferenceContext<'r>) -> impl Iterator<Item = &'r LoopStep> + use<'r> {
    let loops = context.reference.loops.iter();
    loops.filter(|step| step.certain && !step.suffixed)
}

fn is_around(context: &ReferenceContext<'_>, node: NodeId) -> bool {
    context.pipeline.is_around(node, context.reader())
}
