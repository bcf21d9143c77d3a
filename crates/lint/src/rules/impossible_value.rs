//! `impossible-value` (`spec/model.md` §8)

use pipewright_model::catalogue::EXPRESSION_STATUSES;
use pipewright_resolve::few_values;
use pipewright_source::{Applicability, Diagnostic, TextRange};
use pipewright_syntax::{Expr, ExprKind, InfixOp};

use crate::expressions::without_parentheses;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::sites::{EVALUATED, SiteContext};
use crate::{Rule, wording};

pub(crate) const RULE: Rule = declare!(
    "impossible-value",
    Conditions,
    Warning,
    Check::Values(EVALUATED, check),
    Unsafe
);

/// The statuses that a message names: those that something has when it has ended.
const ENDED: [&str; 7] = [
    "SUCCEEDED",
    "FAILED",
    "SKIPPED",
    "ABORTED",
    "EXPIRED",
    "ERRORED",
    "IGNORE_FAILED",
];

fn check(context: &SiteContext<'_>, findings: &mut Findings) {
    for (_, expression) in context.expressions() {
        expression.walk(&mut |expression| {
            let ExprKind::Infix { first, rest } = &expression.kind else {
                return;
            };
            if let [tail] = rest.as_slice()
                && matches!(tail.op, InfixOp::Equal | InfixOp::NotEqual)
            {
                let sides = [(&**first, &tail.operand), (&tail.operand, &**first)];
                for (name, value) in sides {
                    findings.extend(judge(context, name, value, tail.op));
                }
            }
        });
    }
}

fn judge(context: &SiteContext<'_>, name: &Expr, value: &Expr, op: InfixOp) -> Option<Diagnostic> {
    let ExprKind::Str(literal) = &without_parentheses(value).kind else {
        return None;
    };
    let written = literal.as_text()?;
    let reference = context.reference(name)?;
    let few = few_values(&reference.path(), &reference.verdict)?;
    let meant = meant(written, few.values);
    if written.is_empty() || few.values.contains(&written) || !few.is_closed && meant.is_none() {
        return None;
    }
    let mut finding = RULE
        .finding(
            context.written(literal.range),
            format!(
                "`{}` is never {}",
                reference.path(),
                wording::quoted(&format!("\"{written}\""))
            ),
        )
        .with_label(if op == InfixOp::Equal {
            "always false: upper and lower case count"
        } else {
            "always true: upper and lower case count"
        });
    let Some(meant) = meant else {
        let is_status = few.values == EXPRESSION_STATUSES;
        let told = if is_status { &ENDED } else { few.values };
        return Some(finding.with_help(format!("it is {}", wording::choice(told.iter().copied()))));
    };
    let inside = TextRange::new(literal.range.start() + 1, literal.range.end() - 1);
    finding.fixes.extend(context.file.fix(
        format!("write `{meant}`"),
        Applicability::Unsafe,
        context.site.yaml,
        &[(inside, meant)],
    ));
    Some(finding.with_help(format!("did you mean `{meant}`?")))
}

/// How many letters two words have in common at their beginning where one is meant by the other: `Success` and
/// `SUCCEEDED`.
const LEAST_COMMON: usize = 4;

/// The value that was probably meant: the same in other letters, or the only one that begins alike.
fn meant(written: &str, values: &[&'static str]) -> Option<&'static str> {
    let letters = |text: &str| -> Vec<char> {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.map(|c| c.to_ascii_lowercase()).collect()
    };
    let wanted = letters(written);
    if let Some(same) = values.iter().find(|value| letters(value) == wanted) {
        return Some(same);
    }
    let begins_alike = |value: &&&str| {
        let common = letters(value)
            .iter()
            .zip(&wanted)
            .take_while(|(a, b)| a == b)
            .count();
        common >= LEAST_COMMON
    };
    let mut alike = values.iter().filter(begins_alike);
    match (alike.next(), alike.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_that_was_meant() {
        let status = |written| meant(written, EXPRESSION_STATUSES);
        assert_eq!(status("Success"), Some("SUCCEEDED"));
        assert_eq!(status("Failed"), Some("FAILED"));
        assert_eq!(status("IgnoreFailed"), Some("IGNORE_FAILED"));
        assert_eq!(status("Queue"), None);
        let kinds = &["Production", "PreProduction"];
        assert_eq!(meant("Prod", kinds), Some("Production"));
        assert_eq!(meant("pre-production", kinds), Some("PreProduction"));
        assert_eq!(meant("NA", kinds), None);
    }
}
