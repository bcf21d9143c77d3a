//! `numeric-string-addition` (`spec/jexl.md` §5.2)

use pipewright_source::{Applicability, Diagnostic};
use pipewright_syntax::{Expr, ExprKind, InfixOp};

use crate::expressions::operands;
use crate::finding::Findings;
use crate::operands::Operand;
use crate::rule::{Check, declare};
use crate::sites::{EVALUATED, SiteContext};
use crate::{Rule, wording};

pub(crate) const RULE: Rule = declare!(
    "numeric-string-addition",
    Conditions,
    Warning,
    Check::Values(EVALUATED, check),
    Unsafe
);

fn check(context: &SiteContext<'_>, findings: &mut Findings) {
    for (_, expression) in context.expressions() {
        expression.walk(&mut |expression| {
            if let ExprKind::Infix { first, rest } = &expression.kind
                && rest.iter().all(|tail| tail.op == InfixOp::Add)
            {
                let operands = operands(first, rest);
                let operands: Vec<&Expr> = operands.collect();
                findings.extend(judge(context, &operands));
            }
        });
    }
}

/// Judges a sum, in which every operand must be known: with a text among them that is no number it is one long text on
/// purpose.
fn judge(context: &SiteContext<'_>, operands: &[&Expr]) -> Option<Diagnostic> {
    let classes: Vec<Operand> = operands
        .iter()
        .map(|operand| context.operand(operand))
        .collect::<Option<_>>()?;
    let has_number = classes.contains(&Operand::Number);
    let are_numeric = classes
        .iter()
        .all(|class| *class == Operand::Number || class.may_be_numeric_text());
    let text = classes.iter().position(Operand::may_be_numeric_text)?;
    if !has_number || !are_numeric {
        return None;
    }
    let text = operands[text].range;
    let written = text.slice(context.text);
    let right = format!("{written}.toInteger()");
    let mut finding = RULE
        .finding(
            context.written(text),
            format!(
                "{} is a text, so that `+` joins texts",
                wording::quoted(written)
            ),
        )
        .with_label("`\"7\" + 5` is `75`")
        .with_help(format!(
            "make it a number: a variable of type Number, or {}",
            wording::quoted(&right)
        ));
    finding.fixes.extend(context.file.fix(
        format!("write {}", wording::quoted(&right)),
        Applicability::Unsafe,
        context.site.yaml,
        &[(text, &right)],
    ));
    Some(finding)
}
