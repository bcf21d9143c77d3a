//! `newer-jexl-syntax` (`spec/jexl.md` §9)

use pipewright_syntax::SyntaxErrorKind;

use super::expression_syntax::mistakes;
use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;

pub(crate) const RULE: Rule = declare!("newer-jexl-syntax", Syntax, Warning, Check::Text(check));

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    let newer =
        mistakes(context).filter(|mistake| mistake.error.kind == SyntaxErrorKind::NewerSyntax);
    findings.extend(newer.map(|mistake| {
        let mut finding = mistake.finding(&RULE, context);
        finding.message.clone_from(&mistake.error.message);
        finding
    }));
}
