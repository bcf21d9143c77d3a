//! `script-in-expression` (`spec/engine.md` §4)

use pipewright_syntax::{SyntaxErrorKind, parse_island_script};

use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::{Rule, wording};

pub(crate) const RULE: Rule = declare!("script-in-expression", Syntax, Warning, Check::Text(check));

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for text in context.analysis.texts() {
        let decoded = context.text(text);
        for (id, island, parsed) in text.islands() {
            let Err(error) = parsed else { continue };
            // What is no script either is told by the rule about syntax.
            if parse_island_script(decoded, text.template(), id).is_err() {
                continue;
            }
            let is_statement = matches!(
                error.kind,
                SyntaxErrorKind::Statement | SyntaxErrorKind::MissingSemicolon
            );
            let range = if is_statement {
                error.range
            } else {
                island.inner
            };
            let finding = RULE
                .finding(
                    context.written(text.scalar, range),
                    format!(
                        "{} is a script of several statements",
                        wording::quoted(island.range.slice(decoded))
                    ),
                )
                .with_label("one expression may stand here: it counts as unresolved, unless the newer engine is switched on for the account")
                .with_help("write it as one expression, with `? :` in place of `if`; or compute the value in a step");
            findings.add(finding);
        }
    }
}
