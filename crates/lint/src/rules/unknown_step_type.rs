//! `unknown-step-type`

use pipewright_model::catalogue::{close_step_type, step_type};
use pipewright_model::{Located, NodeKind};
use pipewright_source::Diagnostic;

use crate::Rule;
use crate::finding::Findings;
use crate::placeholder::is_filled_in_later;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "unknown-step-type",
    Structure per Text,
    Error,
    Check::Text(check),
    Safe
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for pipeline in context.pipelines() {
        let steps = pipeline
            .nodes
            .iter()
            .filter(|node| node.kind == NodeKind::Step);
        for type_name in steps.filter_map(|step| step.type_name.as_ref()) {
            let is_known = step_type(&type_name.text).is_some();
            if !is_known && !is_filled_in_later(&type_name.text) {
                findings.add(finding(context, type_name));
            }
        }
    }
}

fn finding(context: RuleContext<'_>, type_name: &Located) -> Diagnostic {
    let finding = RULE
        .finding(
            type_name.span,
            format!("there is no step type {}", wording::quoted(&type_name.text)),
        )
        .with_label("Harness refuses to save the pipeline");
    let Some(meant) = close_step_type(&type_name.text) else {
        return finding.with_help("look the type up in Harness's list of steps");
    };
    let mut finding = finding.with_help(format!("did you mean `{meant}`?"));
    finding
        .fixes
        .extend(context.rewrite_as_meant(type_name, meant));
    finding
}
