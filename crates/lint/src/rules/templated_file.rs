//! `templated-file`

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;

pub(crate) const RULE: Rule =
    declare!("templated-file", Syntax per Place, Info, Check::Text(check));

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    let Some(span) = context.analysis.control_text() else {
        return;
    };
    let finding = RULE
        .finding(
            span,
            "this file is a template that becomes YAML only after it is rendered",
        )
        .with_label("not YAML: only single expressions in this file were checked")
        .with_help("check the rendered file");
    findings.add(finding);
}
