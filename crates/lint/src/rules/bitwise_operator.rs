//! `bitwise-operator`

use pipewright_source::{Applicability, TextRange};
use pipewright_syntax::{Expr, ExprKind, InfixOp};

use crate::expressions::{Expression, is_truth_value, operands, without_parentheses};
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

/// The operators on bits that join a truth value with something. Between numbers they are meant.
fn operators(expression: Expression<'_>) -> Vec<(TextRange, InfixOp)> {
    let mut found = Vec::new();
    expression.tree.walk(&mut |expr| {
        if let ExprKind::Infix { rest, .. } = &expr.kind
            && joins_truth_values(expr)
        {
            let bitwise = rest.iter().filter(|tail| is_bitwise(tail.op));
            found.extend(bitwise.map(|tail| (tail.op_range, tail.op)));
        }
    });
    found
}

const fn is_bitwise(op: InfixOp) -> bool {
    matches!(op, InfixOp::BitAnd | InfixOp::BitOr)
}

/// Whether operators on bits join operands of which one is a truth value, or such a joint itself.
fn joins_truth_values(expr: &Expr) -> bool {
    let ExprKind::Infix { first, rest } = &without_parentheses(expr).kind else {
        return false;
    };
    let is_meant = |operand: &Expr| is_truth_value(operand) || joins_truth_values(operand);
    rest.iter().all(|tail| is_bitwise(tail.op)) && operands(first, rest).any(is_meant)
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
