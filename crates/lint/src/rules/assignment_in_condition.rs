//! `assignment-in-condition`

use pipewright_source::{Applicability, TextRange};
use pipewright_syntax::ExprKind;

use crate::Rule;
use crate::expressions::Expression;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;

pub(crate) const RULE: Rule = declare!(
    "assignment-in-condition",
    Conditions,
    Warning,
    Check::Text(check),
    Unsafe
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for expression in context.expressions() {
        if expression.is_in_condition() {
            check_expression(context, expression, findings);
        }
    }
}

fn check_expression(context: RuleContext<'_>, expression: Expression<'_>, findings: &mut Findings) {
    let mut operators: Vec<TextRange> = Vec::new();
    expression.tree.walk(&mut |expr| {
        if let ExprKind::Assign {
            op: None, op_range, ..
        } = &expr.kind
        {
            operators.push(*op_range);
        }
    });
    for operator in operators {
        let mut finding = RULE
            .finding(
                context.written(expression.text.scalar, operator),
                "`=` sets a value, it does not compare",
            )
            .with_label("the value on the right counts, whatever the one on the left is")
            .with_help("write `==` to compare");
        finding.fixes.extend(context.fix(
            "write `==`",
            Applicability::Unsafe,
            expression.text.scalar,
            &[(operator, "==")],
        ));
        findings.add(finding);
    }
}
