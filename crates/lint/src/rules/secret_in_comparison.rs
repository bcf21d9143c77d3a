//! `secret-in-comparison`

use pipewright_source::TextRange;
use pipewright_syntax::{Expr, ExprKind, Piece};

use crate::expressions::{compares, operands, without_parentheses};
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::secrets::{is_secret, is_secret_island};
use crate::{Rule, Text};

pub(crate) const RULE: Rule = declare!(
    "secret-in-comparison",
    Security,
    Warning,
    Check::Text(check)
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for expression in context.expressions() {
        let mut compared: Vec<TextRange> = Vec::new();
        expression.tree.walk(&mut |expr| {
            let ExprKind::Infix { first, rest } = &expr.kind else {
                return;
            };
            if !rest.iter().any(|tail| compares(tail.op)) {
                return;
            }
            let operands = operands(first, rest);
            let secret = operands.filter(|operand| {
                is_secret(expression.text, operand) || is_quoted_secret(expression.text, operand)
            });
            compared.extend(secret.map(|operand| operand.range));
        });
        for range in compared {
            let finding = RULE
                .finding(
                    context.written(expression.text.scalar, range),
                    "a secret is compared",
                )
                .with_label("a placeholder here: the value is put in later, where the step runs")
                .with_help(
                    "compare it in a script of the step, or compare a variable that is no secret",
                );
            findings.add(finding);
        }
    }
}

/// Whether an operand is a text that holds a secret and nothing else.
fn is_quoted_secret(text: &Text, operand: &Expr) -> bool {
    let ExprKind::Str(literal) = &without_parentheses(operand).kind else {
        return false;
    };
    matches!(literal.pieces.as_slice(), [Piece::Island(island)] if is_secret_island(text, *island))
}
