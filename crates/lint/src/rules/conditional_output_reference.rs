//! `conditional-output-reference` (`spec/model.md` §5)

use pipewright_jexl::Value;
use pipewright_model::{NodeId, NodeKind, SiteKind};
use pipewright_resolve::{Member, Reference, Verdict};
use pipewright_simulate::MayBe;
use pipewright_source::{Diagnostic, Severity, TextRange};
use pipewright_syntax::{Expr, ExprKind, InfixOp};

use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rules::null_operand::operands_that_fail;
use crate::sites::{EVALUATED, SiteContext};
use crate::whens::Condition;
use crate::{Rule, wording};

pub(crate) const RULE: Rule = declare!(
    "conditional-output-reference",
    References,
    Info or Warning,
    Check::Values(EVALUATED, check)
);

fn check(context: &SiteContext<'_>, findings: &mut Findings) {
    let mut answered = None;
    for reference in context.references {
        let Verdict::Resolved(target) = reference.verdict else {
            continue;
        };
        if target.member != Member::Output {
            continue;
        }
        let Some((skipped, condition)) = skipped(context, target.node) else {
            continue;
        };
        let answered = answered.get_or_insert_with(|| answered_ranges(context));
        let is_answered = |range: &TextRange| range.contains_range(reference.range);
        if !answered.iter().any(is_answered) && !asks(context, reference, &condition) {
            findings.add(finding(context, reference, skipped, &condition));
        }
    }
}

/// The step whose output it is, or a group around it that does not hold the reader, whose condition may not hold while
/// the text is read. `None` where that is not known.
fn skipped<'a>(context: &SiteContext<'a>, step: NodeId) -> Option<(NodeId, Condition<'a>)> {
    let pipeline = context.pipeline;
    let around = pipeline.self_and_ancestors(step).take_while(|node| {
        let kind = pipeline.node(*node).kind;
        matches!(kind, NodeKind::Step | NodeKind::StepGroup)
            && !pipeline.is_around(*node, context.site.node)
    });
    for node in around {
        let Some(condition) = context.whens().condition(node).ok()? else {
            continue;
        };
        let holding = holding(context)?;
        let tells = |holding: &Condition<'_>| {
            let mut read = holding.references.iter();
            read.any(
                |read| matches!(read.verdict.node(), Some(read) if read == step || read == node),
            )
        };
        if holding.iter().any(tells) {
            return None;
        }
        let may_fail = context.choice(&holding, condition).ok()?.is_some();
        if may_fail && may_be_skipped(context, node, &condition, &holding) {
            return Some((node, condition));
        }
    }
    None
}

/// Whether in some run the text is read while the node is skipped, as the simulator has it. Where it cannot tell, what
/// the conditions say stands, unless one of them reads how a part of the run ended.
fn may_be_skipped(
    context: &SiteContext<'_>,
    node: NodeId,
    condition: &Condition<'_>,
    holding: &[Condition<'_>],
) -> bool {
    let is_own_condition = context.site.kind == SiteKind::Condition;
    let pipeline = context.pipeline;
    let mut around = pipeline.self_and_ancestors(context.site.node);
    let Some(running) = around.nth(usize::from(is_own_condition)) else {
        return true;
    };
    let mut conditions = holding.iter().chain([condition]);
    let reads_status = conditions.any(|of| of.references.iter().any(is_status));
    match context.runs().may_run_without(running, node, reads_status) {
        MayBe::So(..) => true,
        MayBe::NotKnown => !reads_status,
        _ => false,
    }
}

/// Whether a reference is to how a part of the run ended, or how it stands with it.
fn is_status(reference: &Reference) -> bool {
    let path = reference.path();
    let last = path.rsplit('.').next();
    matches!(last, Some("status" | "currentStatus" | "liveStatus"))
}

/// The conditions that hold where the text is read: of the reader, unless it is that condition, and of what is around
/// it.
fn holding<'a>(context: &SiteContext<'a>) -> Option<Vec<Condition<'a>>> {
    let is_own_condition = context.site.kind == SiteKind::Condition;
    let around = context.pipeline.self_and_ancestors(context.site.node);
    let mut conditions = Vec::new();
    for node in around.skip(usize::from(is_own_condition)) {
        conditions.extend(context.whens().condition(node).ok()?);
    }
    Some(conditions)
}

/// The parts of the text that have an answer for null, or of which `null-operand` says that they fail on it.
fn answered_ranges(context: &SiteContext<'_>) -> Vec<TextRange> {
    let mut ranges = Vec::new();
    for (_, expression) in context.expressions() {
        expression.walk(&mut |expression| {
            let failing = operands_that_fail(expression);
            ranges.extend(failing.iter().map(|(operand, _)| operand.range));
            ranges.extend(answering(expression));
        });
    }
    ranges
}

/// The operands of an expression that may be null.
fn answering(expression: &Expr) -> Vec<TextRange> {
    match &expression.kind {
        ExprKind::Infix { first, rest } => {
            let has_answer = |op| {
                matches!(
                    op,
                    InfixOp::Equal | InfixOp::Match | InfixOp::StartsWith | InfixOp::EndsWith
                )
            };
            let tails = rest.iter().filter(|tail| has_answer(tail.op));
            let mut ranges: Vec<TextRange> = tails.map(|tail| tail.operand.range).collect();
            if !ranges.is_empty() {
                ranges.push(first.range);
            }
            ranges
        }
        ExprKind::Elvis { value, .. } => vec![value.range],
        // One branch asks, the other is read only then.
        ExprKind::Ternary { .. } => vec![expression.range],
        ExprKind::Unary {
            op: pipewright_syntax::UnaryOp::Empty | pipewright_syntax::UnaryOp::Size,
            operand,
            ..
        } => vec![operand.range],
        _ => Vec::new(),
    }
}

/// Whether the text itself asks whether there is an output: it names what the condition asks, or the output twice, or
/// calls `isResolved`.
fn asks(context: &SiteContext<'_>, reference: &Reference, condition: &Condition<'_>) -> bool {
    let others = || {
        let all = context.references.iter();
        all.filter(|other| other.range != reference.range)
    };
    let path = reference.path();
    let is_evaluated = matches!(
        context.site.kind,
        SiteKind::Condition | SiteKind::Evaluated | SiteKind::Loop
    );
    let asked = |other: &Reference| {
        let mut names = condition.references.iter();
        names.any(|name| name.path() == other.path())
    };
    others().any(asked)
        || is_evaluated && others().any(|other| other.path() == path)
        || context.text.contains("esolved(")
}

fn finding(
    context: &SiteContext<'_>,
    reference: &Reference,
    skipped: NodeId,
    condition: &Condition<'_>,
) -> Diagnostic {
    let node = wording::node(context.pipeline, skipped);
    let value = context.value_of_condition(condition);
    let never = matches!(value, Some(Value::Boolean(false)));
    let path = wording::quoted(&reference.path());
    let written = context.written(reference.range);
    let guard = wording::quoted(condition.text.trim());
    let place = context.file.first_line(
        context
            .file
            .written(condition.site.yaml, TextRange::of(0, condition.text.len())),
    );
    // So a step is switched off by hand.
    let is_switch = matches!(condition.text.trim(), "false" | "\"false\"");
    if never && !is_switch {
        let mut finding = RULE.finding(written, format!("{path} never exists"));
        finding.severity = Severity::Warning;
        return finding
            .with_label(format!("null: the condition of {node} is always false"))
            .with_help("mend the condition, or leave the step and what reads it out")
            .with_related(place, "this never holds");
    }
    RULE.finding(written, format!("{path} may not exist"))
        .with_label(format!("null where {node} is skipped by its condition"))
        .with_help(format!("read it only where the same holds: {guard}"))
        .with_related(place, "this decides whether there is an output")
}
