//! `runtime-input-in-condition`

use pipewright_model::{DocumentKind, SiteKind};
use pipewright_source::TextRange;
use pipewright_syntax::{ModifierKind, parse_runtime_input};

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "runtime-input-in-condition",
    Conditions per Place,
    Info,
    Check::Text(check)
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for document in context.analysis.documents().iter() {
        // In a template the pipelines that use it give the value.
        let DocumentKind::Pipeline(pipeline) = &document.kind else {
            continue;
        };
        let conditions = pipeline
            .sites
            .iter()
            .filter(|site| site.kind == SiteKind::Condition);
        for site in conditions {
            let text = context.tree().text(site.yaml).unwrap_or("");
            let Some(input) = parse_runtime_input(text) else {
                continue;
            };
            let is_answered = input.modifiers.iter().any(|modifier| {
                matches!(
                    modifier.kind,
                    ModifierKind::Default | ModifierKind::ExecutionInput
                )
            });
            if input.marker.is_none() || is_answered {
                continue;
            }
            let name = wording::node(pipeline, site.node);
            let whole = TextRange::of(0, text.len());
            let finding = RULE
                .finding(
                    context.written(site.yaml, whole),
                    format!("the condition of {name} is asked for when the run starts"),
                )
                .with_label("false where nobody answers: a run by a trigger or the API skips it without a word")
                .with_help("give it a default, such as `<+input>.default(true)`, or compare a variable");
            findings.add(finding);
        }
    }
}
