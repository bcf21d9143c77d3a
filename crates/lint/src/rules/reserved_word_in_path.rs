//! `reserved-word-in-path`

use pipewright_source::{Applicability, Diagnostic, TextRange};
use pipewright_syntax::{SyntaxError, SyntaxErrorKind};

use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::{Rule, Text};

pub(crate) const RULE: Rule = declare!("reserved-word-in-path", Syntax, Error, Check::Text(check));

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for text in context.analysis.texts() {
        let islands = text
            .islands()
            .filter_map(|(_, _, parsed)| parsed.as_ref().err());
        let whole = text.whole().and_then(|parsed| parsed.as_ref().err());
        for error in islands.chain(whole) {
            if let SyntaxErrorKind::ReservedWord {
                word,
                after_dot: true,
            } = &error.kind
            {
                findings.add(finding(context, text, error, word));
            }
        }
    }
}

fn finding(context: RuleContext<'_>, text: &Text, error: &SyntaxError, word: &str) -> Diagnostic {
    let mut finding = RULE
        .finding(
            context.written(text.scalar, error.range),
            format!("`{word}` is a reserved word and cannot stand behind a dot"),
        )
        .with_label("the path cannot be read: it counts as unresolved")
        .with_help(format!("write `[\"{word}\"]` in place of `.{word}`"));
    let before = &context.text(text)[..error.range.start() as usize];
    if let Some(dot) = before.trim_end().strip_suffix('.') {
        let range = TextRange::of(dot.len(), error.range.end() as usize);
        finding.fixes.extend(context.fix(
            format!("write `[\"{word}\"]`"),
            Applicability::Safe,
            text.scalar,
            &[(range, &format!("[\"{word}\"]"))],
        ));
    }
    finding
}
