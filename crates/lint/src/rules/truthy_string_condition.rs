//! `truthy-string-condition` (`spec/engine.md` §6, `spec/jexl.md` §5.6)

use pipewright_jexl::Value;
use pipewright_source::{Applicability, Diagnostic, TextRange};
use pipewright_syntax::{Expr, ExprKind, InfixOp, Piece, UnaryOp};

use crate::conditions::{self, Decides};
use crate::expressions::{operands, without_parentheses};
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::sites::SiteContext;
use crate::{Rule, wording};

pub(crate) const RULE: Rule = declare!(
    "truthy-string-condition",
    Conditions,
    Warning,
    Check::Values(conditions::KINDS, check),
    Unsafe
);

fn check(context: &SiteContext<'_>, findings: &mut Findings) {
    // What a loop makes of a text is not known.
    if let Some((expression, Decides::Run)) = context.condition() {
        look_at(context, expression, None, findings);
    }
}

/// Looks at what counts as true or false in a condition. `compared` is what stands in front of the text in a comparison
/// before.
fn look_at(
    context: &SiteContext<'_>,
    expression: &Expr,
    compared: Option<&str>,
    findings: &mut Findings,
) {
    match &without_parentheses(expression).kind {
        ExprKind::Unary {
            op: UnaryOp::Not,
            operand,
            ..
        } => look_at(context, operand, None, findings),
        ExprKind::Infix { first, rest }
            if rest
                .iter()
                .all(|tail| matches!(tail.op, InfixOp::And | InfixOp::Or)) =>
        {
            let mut compared = None;
            let operands = operands(first, rest);
            let op = rest.first().map(|tail| tail.op);
            for operand in operands {
                look_at(context, operand, compared, findings);
                compared = op.and_then(|op| left_of(context, operand, op)).or(compared);
            }
        }
        ExprKind::Str(_)
        | ExprKind::Name(_)
        | ExprKind::Chain { .. }
        | ExprKind::Call { .. }
        | ExprKind::Ternary { .. }
        | ExprKind::Elvis { .. } => {
            findings.extend(judge(context, without_parentheses(expression), compared));
        }
        // Comparisons and the like are no texts.
        _ => {}
    }
}

/// The texts that are true or false themselves.
const TRUTH_VALUES: [&str; 3] = ["", "true", "false"];

/// Whether an operand is a text in quotes with letters in it that are in none of these, whatever else comes into it.
fn has_other_letters(operand: &Expr) -> bool {
    let ExprKind::Str(literal) = &operand.kind else {
        return false;
    };
    literal.pieces.iter().any(|piece| {
        let Piece::Text(text) = piece else {
            return false;
        };
        !TRUTH_VALUES.iter().any(|value| value.contains(&**text))
    })
}

fn judge(context: &SiteContext<'_>, operand: &Expr, compared: Option<&str>) -> Option<Diagnostic> {
    let written = operand.range.slice(context.text);
    let message = if has_other_letters(operand) {
        format!("the text {} counts as true", wording::quoted(written))
    } else {
        let value = context.value_of(operand.range)?.value.ok()?;
        match &value {
            Value::String(text) if TRUTH_VALUES.contains(&&*text.to_str()) => return None,
            Value::String(_) if matches!(operand.kind, ExprKind::Str(_)) => {
                format!("the text {} counts as true", wording::quoted(written))
            }
            Value::String(_) => format!(
                "{} is the text {}, which counts as true",
                wording::quoted(written),
                wording::value(&value)?
            ),
            _ => return None,
        }
    };
    let finding = RULE
        .finding(context.written(operand.range), message)
        .with_label("as a condition every text is true but `false` and the empty one");
    let Some(compared) = compared else {
        let name = if matches!(operand.kind, ExprKind::Str(_)) {
            "a name"
        } else {
            "it"
        };
        return Some(finding.with_help(format!(
            "compare {name} with the text that should decide: `… == \"…\"`"
        )));
    };
    let right = format!("{compared}{written}");
    let mut finding = finding.with_help(format!(
        "repeat the comparison: {}",
        wording::quoted(&right)
    ));
    finding.fixes.extend(context.file.fix(
        format!("write {}", wording::quoted(&right)),
        Applicability::Unsafe,
        context.site.yaml,
        &[(operand.range, &right)],
    ));
    Some(finding)
}

/// What stands in front of the text in a comparison with a text that makes sense with another text, too:
/// `<+env.name> == ` of `<+env.name> == "a" || "b"`.
fn left_of<'t>(context: &SiteContext<'t>, comparison: &Expr, around: InfixOp) -> Option<&'t str> {
    let comparison = without_parentheses(comparison);
    let ExprKind::Infix { rest, .. } = &comparison.kind else {
        return None;
    };
    let [tail] = rest.as_slice() else {
        return None;
    };
    let repeats = matches!(
        (tail.op, around),
        (InfixOp::Equal, InfixOp::Or) | (InfixOp::NotEqual, InfixOp::And)
    );
    let with_text = matches!(tail.operand.kind, ExprKind::Str(_));
    let left = TextRange::new(comparison.range.start(), tail.operand.range.start());
    (repeats && with_text).then(|| left.slice(context.text))
}
