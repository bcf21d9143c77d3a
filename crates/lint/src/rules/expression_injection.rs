//! `expression-injection` (`spec/engine.md` §2.7)

use pipewright_source::TextRange;
use pipewright_syntax::{ExprKind, Piece};

use crate::expressions::Expression;
use crate::finding::Findings;
use crate::outsiders::is_of_outsiders;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::{Rule, wording};

pub(crate) const RULE: Rule = declare!(
    "expression-injection",
    Security,
    Warning,
    Check::Text(check)
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for expression in context.expressions() {
        for literal in literals(expression) {
            let decoded = context.text(expression.text);
            let finding = RULE
                .finding(
                    context.written(expression.text.scalar, literal),
                    format!(
                        "{} is put into the text of an expression",
                        wording::quoted(literal.slice(decoded))
                    ),
                )
                .with_label("who writes the text can end the quotes, and what follows is evaluated")
                .with_help("leave the quotes out: the value is then compared as it is, and evaluated by nobody");
            findings.add(finding);
        }
    }
}

/// The text literals into which text of outsiders is put.
fn literals(expression: Expression<'_>) -> Vec<TextRange> {
    let mut found = Vec::new();
    expression.tree.walk(&mut |expr| {
        let ExprKind::Str(literal) = &expr.kind else {
            return;
        };
        let is_put_in = literal.pieces.iter().any(|piece| {
            let Piece::Island(island) = piece else {
                return false;
            };
            let parsed = expression.text.island(*island);
            let tree = parsed.and_then(|parsed| parsed.as_ref().ok()?.as_ref());
            tree.is_some_and(is_of_outsiders)
        });
        if is_put_in {
            found.push(literal.range);
        }
    });
    found
}
