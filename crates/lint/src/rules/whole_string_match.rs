//! `whole-string-match`

use pipewright_source::TextRange;
use pipewright_syntax::{Expr, ExprKind, InfixOp};

use crate::Rule;
use crate::expressions::without_parentheses;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;

pub(crate) const RULE: Rule = declare!("whole-string-match", Conditions, Info, Check::Text(check));

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for expression in context.expressions() {
        let mut patterns: Vec<(TextRange, &str, InfixOp)> = Vec::new();
        expression.tree.walk(&mut |expr| {
            let ExprKind::Infix { rest, .. } = &expr.kind else {
                return;
            };
            let matches = rest
                .iter()
                .filter(|tail| matches!(tail.op, InfixOp::Match | InfixOp::NotMatch));
            patterns.extend(matches.filter_map(|tail| {
                let (range, text) = plain_text(&tail.operand)?;
                Some((range, text, tail.op))
            }));
        });
        for (range, text, op) in patterns {
            let (operator, equal) = match op {
                InfixOp::Match => ("=~", "=="),
                _ => ("!~", "!="),
            };
            let finding = RULE
                .finding(
                    context.written(expression.text.scalar, range),
                    format!("`{operator}` compares this pattern with the whole text"),
                )
                .with_label(format!(
                    "matches `{text}` alone, not a text that has it in it"
                ))
                .with_help(format!(
                    "write `\".*{text}.*\"` to look for it, or compare with `{equal}`"
                ));
            findings.add(finding);
        }
    }
}

/// The literal that a pattern is, if nothing in it is special in a pattern.
fn plain_text(pattern: &Expr) -> Option<(TextRange, &str)> {
    let ExprKind::Str(literal) = &without_parentheses(pattern).kind else {
        return None;
    };
    let text = literal.as_text().filter(|text| !text.is_empty())?;
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | ' ' | ':' | '@');
    text.chars().all(is_plain).then_some((literal.range, text))
}
