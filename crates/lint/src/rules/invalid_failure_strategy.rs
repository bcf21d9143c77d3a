//! `invalid-failure-strategy` (`spec/plan.md` §3.5)

mod actions;
mod twice;

use pipewright_model::{
    FailureError, FailureStrategies, FailureType, Listed, Located, Node, NodeId, NodeKind,
    Pipeline, SectionKind,
};
use pipewright_source::{Diagnostic, closest};

use crate::Rule;
use crate::finding::Findings;
use crate::placeholder::is_filled_in_later;
use crate::rollback::are_in_spec;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "invalid-failure-strategy",
    Structure,
    Error,
    Check::Text(check),
    Unsafe
);

/// What comes of every strategy that this rule finds.
const REFUSED: &str = "Harness does not start the pipeline";

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    // A line that could not be read may have held what seems to be missing.
    if context.tree().recovered() {
        return;
    }
    for pipeline in context.pipelines() {
        for id in pipeline.ids() {
            let node = pipeline.node(id);
            let owner = Owner { pipeline, id, node };
            findings.extend(without_all_errors(context, owner));
            if let Some(strategies) = &node.failure_strategies {
                check_list(context, owner, strategies, findings);
            }
        }
    }
}

/// The node that has the strategies.
#[derive(Clone, Copy)]
struct Owner<'a> {
    pipeline: &'a Pipeline,
    id: NodeId,
    node: &'a Node,
}

impl Owner<'_> {
    fn name(self) -> String {
        wording::node(self.pipeline, self.id)
    }

    fn is_in_rollback(self) -> bool {
        let mut around = self.pipeline.self_and_ancestors(self.id);
        around.any(|id| {
            let section = self.pipeline.node(id).section;
            section.is_some_and(SectionKind::is_rollback)
        })
    }

    fn is_in_group(self) -> bool {
        self.pipeline
            .enclosing(self.id, NodeKind::StepGroup)
            .is_some()
    }
}

/// A Deployment stage needs one strategy that is for `AllErrors` and nothing else.
fn without_all_errors(context: RuleContext<'_>, owner: Owner<'_>) -> Option<Diagnostic> {
    let node = owner.node;
    let is_deployment = node.kind == NodeKind::Stage && node.type_text() == "Deployment";
    if !is_deployment || node.template.is_some() || are_in_spec(context, node) {
        return None;
    }
    let place = match &node.failure_strategies {
        None => node.type_name.as_ref()?.span,
        Some(strategies) if may_have_all_errors(strategies) => return None,
        Some(strategies) => strategies.key,
    };
    let finding = RULE
        .finding(
            place,
            format!("{} has no failure strategy for `AllErrors`", owner.name()),
        )
        .with_label("Harness starts no pipeline with such a Deployment stage")
        .with_help(
            "add `failureStrategies: [{ onFailure: { errors: [AllErrors], action: { type: StageRollback } } }]` to the stage",
        );
    Some(finding)
}

/// Whether one of the entries is for all errors, or may be once it is filled in or spelt right.
fn may_have_all_errors(strategies: &FailureStrategies) -> bool {
    let Listed::Items(entries) = &strategies.entries else {
        return true;
    };
    entries.iter().any(|entry| match &entry.errors {
        Some(Listed::Items(errors)) => match errors.as_slice() {
            [only] => only.kind.is_none_or(|kind| kind == FailureType::AllErrors),
            several => several
                .iter()
                .any(|error| is_filled_in_later(&error.written.text)),
        },
        Some(_) => true,
        None => false,
    })
}

fn check_list(
    context: RuleContext<'_>,
    owner: Owner<'_>,
    strategies: &FailureStrategies,
    findings: &mut Findings,
) {
    let entries = strategies.entries.items();
    for entry in entries {
        let errors = entry.errors.as_ref().map_or(&[][..], Listed::items);
        findings.extend(
            errors
                .iter()
                .filter_map(|error| unknown_error(context, error)),
        );
        findings.extend(all_errors_beside_others(errors));
        if let Some(action) = &entry.action {
            actions::check(context, owner, action, findings);
        }
    }
    findings.extend(twice::check(owner, entries));
}

fn unknown_error(context: RuleContext<'_>, error: &FailureError) -> Option<Diagnostic> {
    let written = &error.written;
    if error.kind.is_some() || is_filled_in_later(&written.text) {
        return None;
    }
    let names = FailureType::ALL.map(FailureType::as_str);
    let message = format!("there is no error type {}", wording::quoted(&written.text));
    Some(misspelt(
        context,
        written,
        message,
        &names,
        "`AllErrors` is every error there is",
    ))
}

fn misspelt(
    context: RuleContext<'_>,
    written: &Located,
    message: String,
    names: &[&'static str],
    otherwise: &str,
) -> Diagnostic {
    let finding = RULE.finding(written.span, message).with_label(REFUSED);
    let Some(meant) = closest(&written.text, names.iter().copied()) else {
        return finding.with_help(otherwise);
    };
    let mut finding = finding.with_help(format!("did you mean `{meant}`?"));
    finding
        .fixes
        .extend(context.rewrite_as_meant(written, meant));
    finding
}

fn all_errors_beside_others(errors: &[FailureError]) -> Option<Diagnostic> {
    let is_all = |error: &&FailureError| error.kind == Some(FailureType::AllErrors);
    let all = errors.iter().find(is_all)?;
    let other = errors.iter().find(|error| !is_all(error))?;
    let finding = RULE
        .finding(
            all.written.span,
            format!("`AllErrors` stands beside `{}`", other.written.text),
        )
        .with_label(REFUSED)
        .with_help("leave the others out: `AllErrors` holds for them, too; or give them an entry of their own")
        .with_related(other.written.span, "the other error");
    Some(finding)
}
