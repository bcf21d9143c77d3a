//! `curly-quote`

use pipewright_source::{Applicability, Fix, TextRange};
use pipewright_syntax::SyntaxErrorKind;

use super::expression_syntax::{Mistake, mistakes};
use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;

pub(crate) const RULE: Rule = declare!("curly-quote", Syntax, Error, Check::Text(check), Safe);

const DOUBLE: [char; 3] = ['“', '”', '„'];
const SINGLE: [char; 3] = ['‘', '’', '‚'];

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for mistake in mistakes(context) {
        if mistake.error.kind == SyntaxErrorKind::CurlyQuote {
            let mut finding = mistake.finding(&RULE, context);
            finding.fixes.extend(fix(mistake, context));
            findings.add(finding);
        }
    }
}

/// Straight quotes in place of all curly ones of the expression, unless it has straight ones, too: between those a
/// curly one may be meant.
fn fix(mistake: Mistake<'_>, context: RuleContext<'_>) -> Option<Fix> {
    let expression = mistake.range.slice(context.text(mistake.text));
    if expression.contains(['"', '\'']) {
        return None;
    }
    let edits = expression.char_indices().filter_map(|(at, quote)| {
        let straight = straight(quote)?;
        let range = TextRange::of(at, at + quote.len_utf8());
        Some((range.shift(mistake.range.start()), straight))
    });
    let edits: Vec<(TextRange, &str)> = edits.collect();
    if !context.mends(mistake.text, &edits) {
        return None;
    }
    let title = "write straight quotes";
    context.fix(title, Applicability::Safe, mistake.text.scalar, &edits)
}

fn straight(quote: char) -> Option<&'static str> {
    if DOUBLE.contains(&quote) {
        Some("\"")
    } else {
        SINGLE.contains(&quote).then_some("'")
    }
}
