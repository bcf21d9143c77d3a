//! `impossible-value` (`spec/model.md` §8)

use pipewright_model::catalogue::{EXPRESSION_STATUSES, NAMES_WITH_FEW_VALUES};
use pipewright_resolve::{Member, Reference};
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

/// The values that a name may have.
struct Values {
    all: &'static [&'static str],
    /// Those that a message names.
    told: &'static [&'static str],
    /// Whether there are no others.
    is_closed: bool,
}

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
    let values = values_of(reference)?;
    let meant = meant(written, values.all);
    if written.is_empty() || values.all.contains(&written) || !values.is_closed && meant.is_none() {
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
        return Some(finding.with_help(format!(
            "it is {}",
            wording::choice(values.told.iter().copied())
        )));
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

/// The values that what a reference reads may have, if they are few.
fn values_of(reference: &Reference) -> Option<Values> {
    match reference.verdict.target().map(|target| target.member) {
        Some(Member::Status) => {
            return Some(Values {
                all: EXPRESSION_STATUSES,
                told: &ENDED,
                is_closed: true,
            });
        }
        // Of a root, or of the run as a whole.
        None | Some(Member::RunTime) => {}
        Some(_) => return None,
    }
    let path = reference.path();
    let known = NAMES_WITH_FEW_VALUES
        .iter()
        .find(|known| known.name == path)?;
    Some(Values {
        all: known.values,
        told: known.values,
        is_closed: known.is_closed,
    })
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
