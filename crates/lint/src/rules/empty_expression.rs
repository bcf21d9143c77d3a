//! `empty-expression`

use pipewright_source::Applicability;

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

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
