//! `bitwise-operator`

use pipewright_source::{Applicability, TextRange};
use pipewright_syntax::{ExprKind, InfixOp};

use crate::expressions::{Expression, is_truth_value};
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::{Rule, Text};

pub(crate) const RULE: Rule = declare!(
    "bitwise-operator",
    Conditions,
    Warning,
    Check::Text(check),
    Unsafe
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for expression in context.expressions() {
        for (operator, op) in operators(expression) {
            findings.add(finding(context, expression.text, operator, op));
        }
    }
}

/// The operators on bits that stand beside a truth value. Between numbers they are meant.
fn operators(expression: Expression<'_>) -> Vec<(TextRange, InfixOp)> {
    let mut found = Vec::new();
    expression.tree.walk(&mut |expr| {
        let ExprKind::Infix { first, rest } = &expr.kind else {
            return;
        };
        let mut left = &**first;
        for tail in rest {
            let is_bitwise = matches!(tail.op, InfixOp::BitAnd | InfixOp::BitOr);
            if is_bitwise && (is_truth_value(left) || is_truth_value(&tail.operand)) {
                found.push((tail.op_range, tail.op));
            }
            left = &tail.operand;
        }
    });
    found
}

fn finding(
    context: RuleContext<'_>,
    text: &Text,
    operator: TextRange,
    op: InfixOp,
) -> pipewright_source::Diagnostic {
    let (written, meant) = match op {
        InfixOp::BitAnd => ("&", "&&"),
        _ => ("|", "||"),
    };
    let mut finding = RULE
        .finding(
            context.written(text.scalar, operator),
            format!("`{written}` joins the bits of two numbers, not two conditions"),
        )
        .with_label("the result is a number, and a condition that is no truth value fails")
        .with_help(format!("write `{meant}`"));
    finding.fixes.extend(context.fix(
        format!("write `{meant}`"),
        Applicability::Unsafe,
        text.scalar,
        &[(operator, meant)],
    ));
    finding
}
