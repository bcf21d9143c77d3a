//! `unknown-setting`

use pipewright_model::NodeKind;
use pipewright_resolve::{Member, Verdict};
use pipewright_source::Diagnostic;

use crate::Rule;
use crate::finding::Findings;
use crate::references::{Missing, ReferenceContext, VerdictKind, undefined};
use crate::rule::{Check, declare};

pub(crate) const RULE: Rule = declare!(
    "unknown-setting",
    References,
    Warning,
    Check::References(
        &[
            VerdictKind::Missing(Missing::Setting),
            VerdictKind::Resolved
        ],
        check
    ),
    Unsafe
);

/// Settings below the `spec` of a stage that the run does not keep there (`spec/model.md` §8.3).
const KEPT_ELSEWHERE: [&str; 3] = ["cloneCodebase", "deploymentType", "gitOpsEnabled"];

fn check(context: &ReferenceContext<'_>, findings: &mut Findings) {
    match context.reference.verdict {
        Verdict::Resolved(_) => findings.extend(kept_elsewhere(context)),
        _ => undefined::check(&RULE, context, findings),
    }
}

/// A setting of a stage that stands in the file and is null at run time.
fn kept_elsewhere(context: &ReferenceContext<'_>) -> Option<Diagnostic> {
    let [.., spec, last] = context.reference.segments.as_slice() else {
        return None;
    };
    let setting = last.name().filter(|name| KEPT_ELSEWHERE.contains(name))?;
    let target = context.reference.verdict.target()?;
    let is_of_stage = target.member == Member::StageSpec
        && spec.name() == Some("spec")
        && context.pipeline.node(target.node).kind == NodeKind::Stage;
    is_of_stage.then(|| {
        let stage = context.name(target.node);
        RULE.finding(
            context.written(last.range),
            format!("`{setting}` of {stage} stands in the file, but a run keeps it elsewhere"),
        )
        .with_label("null at run time")
        .with_help("write the value itself, or read it from a variable")
    })
}
