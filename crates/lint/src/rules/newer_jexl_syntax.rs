//! `newer-jexl-syntax` (`spec/jexl.md` §9)

use pipewright_source::{Applicability, Fix, TextRange};
use pipewright_syntax::SyntaxErrorKind;

use super::expression_syntax::{Mistake, can_be_read, mistakes};
use crate::Rule;
use crate::finding::Findings;
use crate::older_syntax::in_older_syntax;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;

pub(crate) const RULE: Rule = declare!(
    "newer-jexl-syntax",
    Syntax,
    Warning,
    Check::Text(check),
    Unsafe
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    // CEL in the wrong delimiters is no newer JEXL.
    let newer = mistakes(context).filter(|mistake| {
        mistake.error.kind == SyntaxErrorKind::NewerSyntax && !mistake.is_cel(context)
    });
    findings.extend(newer.map(|mistake| {
        let mut finding = mistake.finding(&RULE, context);
        finding.message.clone_from(&mistake.error.message);
        finding.fixes.extend(fix(mistake, context));
        finding
    }));
}

/// What JEXL 3.0 has for it all over the expression, where that can be read.
fn fix(mistake: Mistake<'_>, context: RuleContext<'_>) -> Option<Fix> {
    let text = context.text(mistake.text);
    let older = in_older_syntax(mistake.range.slice(text));
    let start = mistake.range.start();
    let edits: Vec<(TextRange, &str)> = older
        .iter()
        .map(|(range, new)| (range.shift(start), new.as_str()))
        .collect();
    if edits.is_empty() || !can_be_read(mistake, text, &edits) {
        return None;
    }
    let title = "write what JEXL 3.0 has for it";
    context.fix(title, Applicability::Unsafe, mistake.text.scalar, &edits)
}
