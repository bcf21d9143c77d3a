//! `null-operand` (`spec/jexl.md` §5.1, `spec/model.md` §5)

use pipewright_model::{NodeId, SiteKind};
use pipewright_resolve::{Member, Reference};
use pipewright_source::TextRange;
use pipewright_syntax::{Expr, ExprKind, InfixOp, UnaryOp};

use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::sites::{EVALUATED, SiteContext};
use crate::{Rule, wording};

pub(crate) const RULE: Rule = declare!(
    "null-operand",
    Conditions per Place,
    Warning,
    Check::Values(EVALUATED, check)
);

/// Names that tell whether a run was triggered: who tests one of them knows that.
const TELL_TRIGGER: [&str; 4] = [
    "trigger.type",
    "trigger.event",
    "trigger.sourceType",
    "pipeline.triggerType",
];

fn check(context: &SiteContext<'_>, findings: &mut Findings) {
    for (range, expression) in context.expressions() {
        expression.walk(&mut |expression| {
            for (operand, operator) in operands_that_fail(expression) {
                look_at(context, range, operand, operator, findings);
            }
        });
    }
}

/// The operands of an expression on which it fails if they are null, each with the operator.
pub(crate) fn operands_that_fail(expression: &Expr) -> Vec<(&Expr, TextRange)> {
    match &expression.kind {
        ExprKind::Unary {
            op: UnaryOp::Not | UnaryOp::Negate | UnaryOp::Complement,
            op_range,
            operand,
        } => vec![(operand, *op_range)],
        ExprKind::Infix { first, rest } => {
            let mut operands = Vec::new();
            for (place, tail) in rest.iter().enumerate() {
                if fails_on_null(tail.op) {
                    if place == 0 {
                        operands.push((&**first, tail.op_range));
                    }
                    operands.push((&tail.operand, tail.op_range));
                }
            }
            operands
        }
        _ => Vec::new(),
    }
}

const fn fails_on_null(op: InfixOp) -> bool {
    matches!(
        op,
        InfixOp::And
            | InfixOp::Or
            | InfixOp::BitAnd
            | InfixOp::BitOr
            | InfixOp::BitXor
            | InfixOp::Add
            | InfixOp::Subtract
            | InfixOp::Multiply
            | InfixOp::Divide
            | InfixOp::Modulo
    )
}

fn look_at(
    context: &SiteContext<'_>,
    expression: TextRange,
    operand: &Expr,
    operator: TextRange,
    findings: &mut Findings,
) {
    let Some(reference) = context.reference(operand) else {
        return;
    };
    let path = reference.path();
    let Some(why) = may_be_null(context, reference, &path) else {
        return;
    };
    let before = TextRange::new(expression.start(), operand.range.start());
    if is_told_before(context, before, &path) || is_told_around(context, &path) {
        return;
    }
    let operator = operator.slice(context.text);
    let written = wording::quoted(operand.range.slice(context.text));
    findings.add(
        RULE.finding(
            context.written(operand.range),
            format!("{written} may be null, and `{operator}` fails on null"),
        )
        .with_label(why)
        .with_help(match operator {
            "+" => format!(
                "say what stands for it then: `({} ?: \"\")`",
                written.trim_matches('`')
            ),
            "!" | "not" => format!("compare it: `{} != \"true\"`", written.trim_matches('`')),
            _ => format!("ask before: `{} != null && …`", written.trim_matches('`')),
        }),
    );
}

/// Why a name may be null where it is read, if that is known.
fn may_be_null(context: &SiteContext<'_>, reference: &Reference, path: &str) -> Option<String> {
    if path.starts_with("trigger.") {
        return Some("there is no trigger in a run that somebody starts by hand".to_owned());
    }
    let target = reference.verdict.target()?;
    if target.member != Member::Output {
        return None;
    }
    let skipped = skipped_by_condition(context, target.node)?;
    let node = wording::node(context.pipeline, skipped);
    Some(format!(
        "there is no output where {node} is skipped by its condition"
    ))
}

/// The node, or the one around it that does not hold the reader, whose condition may skip it while the reader runs.
fn skipped_by_condition(context: &SiteContext<'_>, node: NodeId) -> Option<NodeId> {
    let pipeline = context.pipeline;
    let mut around = pipeline
        .self_and_ancestors(node)
        .take_while(|node| !pipeline.is_around(*node, context.site.node));
    around.find(|node| {
        let Some(condition) = condition_of(context, *node) else {
            return false;
        };
        let mut own = conditions_around(context);
        let decides = !matches!(condition, "" | "true") && !condition.starts_with("<+input>");
        decides && !own.any(|own| own == condition)
    })
}

/// The condition of a node.
fn condition_of<'a>(context: &SiteContext<'a>, node: NodeId) -> Option<&'a str> {
    let when = context.pipeline.node(node).when.as_ref()?;
    Some(when.condition.as_ref()?.text.trim())
}

/// The conditions that hold where the text is read: of the reader, unless it is that condition, and of what is around
/// it.
fn conditions_around<'a>(context: &SiteContext<'a>) -> impl Iterator<Item = &'a str> {
    let is_own_condition = context.site.kind == SiteKind::Condition;
    let around = context.pipeline.self_and_ancestors(context.site.node);
    let holding = around.skip(usize::from(is_own_condition));
    holding.filter_map(|node| condition_of(context, node))
}

/// Whether the text in front of an operand asks whether the name is there.
fn is_told_before(context: &SiteContext<'_>, before: TextRange, path: &str) -> bool {
    let mut mentioned = context
        .references
        .iter()
        .filter(|reference| before.contains_range(reference.range));
    mentioned.any(|reference| tells(&reference.path(), path))
        || before.slice(context.text).contains("esolved(")
}

/// Whether a condition that holds where the text is read asks whether the name is there.
fn is_told_around(context: &SiteContext<'_>, path: &str) -> bool {
    let mut conditions = conditions_around(context);
    conditions.any(|condition| {
        let tells_trigger = TELL_TRIGGER.iter().any(|name| condition.contains(name));
        condition.contains(path) || path.starts_with("trigger.") && tells_trigger
    })
}

/// Whether a name that is asked tells that another one is there.
fn tells(asked: &str, path: &str) -> bool {
    asked == path || path.starts_with("trigger.") && TELL_TRIGGER.contains(&asked)
}
