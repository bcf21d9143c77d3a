//! Reads from what runs at the same time, between steps and between stages.

use pipewright_resolve::{Member, Parallel, Verdict};
use pipewright_source::Diagnostic;

use crate::Rule;
use crate::finding::Findings;
use crate::references::ReferenceContext;

/// Reports a race under `rule`.
pub(crate) fn check(rule: &Rule, context: &ReferenceContext<'_>, findings: &mut Findings) {
    if let Verdict::Parallel(parallel) = &context.reference.verdict {
        findings.add(finding(rule, context, parallel));
    }
}

fn finding(rule: &Rule, context: &ReferenceContext<'_>, parallel: &Parallel) -> Diagnostic {
    let target = parallel.target;
    let message = format!(
        "{} reads {}, which runs at the same time",
        context.reading(),
        context.what(target),
    );
    let mut finding = rule
        .finding(context.span(), message)
        .with_label(consequence(context, parallel))
        .with_help(remedy(context, parallel));
    finding = context.with_definition(finding, target.node);
    match parallel.block {
        Some(block) => finding.with_related(
            context.file.first_line(block),
            "everything in this parallel block starts together",
        ),
        None => finding,
    }
}

/// What Harness does, by what is read.
fn consequence(context: &ReferenceContext<'_>, parallel: &Parallel) -> String {
    let node = context.name(parallel.target.node);
    match parallel.target.member {
        Member::Output => format!("null unless {node} happens to end first"),
        Member::Status | Member::RunTime => {
            format!("a race: whatever holds for {node} at that moment, or null")
        }
        Member::Node
        | Member::Section(_)
        | Member::Setting
        | Member::StageSpec
        | Member::Variable(_) => {
            format!("a race: null unless {node} happens to be queued first")
        }
    }
}

fn remedy(context: &ReferenceContext<'_>, parallel: &Parallel) -> String {
    let reader = context.name(parallel.reader_branch);
    let target = context.name(parallel.target_branch);
    if parallel.block.is_none() {
        return format!("let {reader} wait: add {target} to its `dependsOn`");
    }
    format!("move {reader} behind the parallel block, or {target} in front of it")
}
