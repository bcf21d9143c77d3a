//! `tab-in-expression`

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;

pub(crate) const RULE: Rule = declare!("tab-in-expression", Syntax, Info, Check::Text(check));

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for text in context.analysis.texts() {
        let decoded = context.text(text);
        for (_, island, _) in text.islands() {
            if island.inner.slice(decoded).contains('\t') {
                let place = context.written(text.scalar, island.range);
                let message = "there is a tab in this expression".to_owned();
                findings.add(RULE.finding(place, message).with_help("write a space"));
            }
        }
    }
}
