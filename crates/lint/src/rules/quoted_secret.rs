//! `quoted-secret`

use pipewright_model::SiteKind;
use pipewright_source::{Applicability, TextRange};

use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::secrets::is_secret_island;
use crate::{Rule, Text};

pub(crate) const RULE: Rule = declare!(
    "quoted-secret",
    Security,
    Warning,
    Check::Text(check),
    Unsafe
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for text in context.analysis.texts() {
        // Quotes in a script are the shell's, and those in a condition make a literal.
        let is_value = !matches!(
            text.kind,
            SiteKind::Script | SiteKind::Condition | SiteKind::Evaluated | SiteKind::Text
        );
        if !is_value {
            continue;
        }
        let Some((whole, island)) = quoted(context, text) else {
            continue;
        };
        let decoded = context.text(text);
        let written = island.slice(decoded);
        let mut finding = RULE
            .finding(
                context.written(text.scalar, whole),
                "the quotes around this secret are part of the value",
            )
            .with_label("the value is the secret with a quote before and behind it")
            .with_help(format!("leave the quotes out: `{written}`"));
        finding.fixes.extend(context.fix(
            "leave the quotes out",
            Applicability::Unsafe,
            text.scalar,
            &[
                (TextRange::new(whole.start(), whole.start() + 1), ""),
                (TextRange::new(whole.end() - 1, whole.end()), ""),
            ],
        ));
        findings.add(finding);
    }
}

/// The text with its quotes, and the secret between them, if that is all there is.
fn quoted(context: RuleContext<'_>, text: &Text) -> Option<(TextRange, TextRange)> {
    let decoded = context.text(text);
    let (island, range) = text.template().roots().next()?;
    let start = decoded.len() - decoded.trim_start().len();
    let whole = TextRange::of(start, decoded.trim_end().len());
    let quote = decoded[start..].chars().next()?;
    let is_quoted = matches!(quote, '"' | '\'')
        && whole.slice(decoded).ends_with(quote)
        && range.start() == whole.start() + 1
        && range.end() + 1 == whole.end();
    (is_quoted && is_secret_island(text, island)).then_some((whole, range))
}
