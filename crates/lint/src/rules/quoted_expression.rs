//! `quoted-expression` (`spec/engine.md` §2.3)

use pipewright_source::{Applicability, Diagnostic};
use pipewright_syntax::{Expr, ExprKind, Piece, StringLiteral};

use crate::expressions::{Expression, compares, operands, without_parentheses};
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::{Rule, wording};

pub(crate) const RULE: Rule = declare!(
    "quoted-expression",
    Conditions,
    Warning,
    Check::Text(check),
    Unsafe
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for expression in context.expressions() {
        let mut literals = Vec::new();
        expression.tree.walk(&mut |expr| {
            if let ExprKind::Infix { first, rest } = &expr.kind
                && rest.iter().any(|tail| compares(tail.op))
            {
                let operands = operands(first, rest);
                literals.extend(operands.filter_map(quoted_island));
            }
        });
        findings.extend(
            literals
                .into_iter()
                .map(|literal| finding(context, expression, literal)),
        );
    }
}

/// The literal that an operand is, if it is one with an island as its whole text.
fn quoted_island(operand: &Expr) -> Option<&StringLiteral> {
    match &without_parentheses(operand).kind {
        ExprKind::Str(literal) => match literal.pieces.as_slice() {
            [Piece::Island(_)] => Some(literal),
            _ => None,
        },
        _ => None,
    }
}

fn finding(
    context: RuleContext<'_>,
    expression: Expression<'_>,
    literal: &StringLiteral,
) -> Diagnostic {
    let written = literal.range.slice(context.text(expression.text));
    let island = &written[1..written.len() - 1];
    let mut finding = RULE
        .finding(
            context.written(expression.text.scalar, literal.range),
            format!("{} is compared as a text in quotes", wording::quoted(island)),
        )
        .with_label("the name that stands for the value is compared, not the value; with string concatenation it works for texts only")
        .with_help(format!("leave the quotes out: {}", wording::quoted(island)));
    finding.fixes.extend(context.fix(
        format!("write {}", wording::quoted(island)),
        Applicability::Unsafe,
        expression.text.scalar,
        &[(literal.range, island)],
    ));
    finding
}
