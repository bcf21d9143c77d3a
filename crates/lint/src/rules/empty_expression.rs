//! `empty-expression`

use pipewright_source::Applicability;

use crate::finding::Findings;
use crate::github::has_workflow;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::{Rule, Text, wording};

pub(crate) const RULE: Rule = declare!(
    "empty-expression",
    Syntax,
    Warning,
    Check::Text(check),
    Safe
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for text in context.analysis.texts() {
        let decoded = context.text(text);
        check_cel(context, text, findings);
        for (_, island, _) in text.islands() {
            if !island.inner.slice(decoded).trim().is_empty() {
                continue;
            }
            let mut finding = RULE
                .finding(
                    context.written(text.scalar, island.range),
                    format!(
                        "the expression {} is empty",
                        wording::quoted(island.range.slice(decoded))
                    ),
                )
                .with_label("replaced by nothing")
                .with_help("write the name of a value between `<+` and `>`, or remove both");
            let alone = decoded.trim().len() == island.range.len() as usize;
            if !alone && text.whole().is_none() && island.parent.is_none() {
                finding.fixes.extend(context.fix(
                    "remove the empty expression",
                    Applicability::Safe,
                    text.scalar,
                    &[(island.range, "")],
                ));
            }
            findings.add(finding);
        }
    }
}

/// The same for `${{ }}`. What comes of it is not known, so there is no fix.
fn check_cel(context: RuleContext<'_>, text: &Text, findings: &mut Findings) {
    let decoded = context.text(text);
    for (_, island, parsed) in text.islands_of_cel() {
        if *parsed != Ok(None) || has_workflow(decoded) {
            continue;
        }
        let written = wording::quoted(island.range.slice(decoded));
        let span = context.written(text.scalar, island.range);
        let finding = RULE
            .finding(span, format!("the expression {written} is empty"))
            .with_label("no value")
            .with_help("write the name of a value between `${{` and `}}`, or remove both");
        findings.add(finding);
    }
}
