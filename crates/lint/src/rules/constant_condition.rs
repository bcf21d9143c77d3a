//! `constant-condition`

use pipewright_jexl::Value;
use pipewright_model::YamlVersion;
use pipewright_resolve::Member;
use pipewright_source::{Diagnostic, Severity, TextRange};
use pipewright_syntax::{Expr, ExprKind, InfixOp, UnaryOp};

use crate::Rule;
use crate::conditions::{self, Decides};
use crate::expressions::operands;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::sites::SiteContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "constant-condition",
    Conditions per Place,
    Warning,
    Check::Values(conditions::KINDS, check)
);

/// The most names whose values a message tells.
const MOST_NAMES: usize = 3;

/// What to do about a bare `false`.
const SWITCHED_OFF: &str =
    "it is switched off: leave the condition out to switch it on, or remove what nobody needs";

fn check(context: &SiteContext<'_>, findings: &mut Findings) {
    let Some((expression, decides)) = context.condition() else {
        return;
    };
    let value = match context.value() {
        Some(value) if !value.met_null => value.value,
        _ => return,
    };
    let constant = match value {
        Ok(Value::Boolean(truth)) => Some((decisive(context, expression, truth), truth)),
        Ok(Value::Unknown(_)) => decided_by_part(context, expression),
        _ => None,
    };
    if let Some((part, truth)) = constant
        && !reads_null(context, part.range)
        && !(truth && is_status_of_v1(context, part.range))
    {
        let mut finding = finding(context, part, decides, truth);
        let is_bare = is_bare(expression);
        if is_bare && decides == Decides::Run && !truth {
            finding = finding.with_help(SWITCHED_OFF);
        }
        if is_bare || is_switch(context, part.range) {
            finding.severity = Severity::Info;
        }
        findings.add(finding);
    }
}

/// Whether a part of the condition is true or false whatever the run brings.
fn truth(context: &SiteContext<'_>, part: &Expr) -> Option<bool> {
    match context.value_of(part.range)?.value {
        Ok(Value::Boolean(truth)) => Some(truth),
        _ => None,
    }
}

/// The part of a condition that decides it: the operand that makes the others meaningless.
fn decisive<'e>(context: &SiteContext<'_>, expression: &'e Expr, truth: bool) -> &'e Expr {
    let ends = |op| matches!((op, truth), (InfixOp::And, false) | (InfixOp::Or, true));
    match &expression.kind {
        ExprKind::Paren(inner) => decisive(context, inner, truth),
        ExprKind::Unary {
            op: UnaryOp::Not,
            operand,
            ..
        } => decisive(context, operand, !truth),
        ExprKind::Infix { first, rest } if rest.iter().all(|tail| ends(tail.op)) => {
            let mut operands = operands(first, rest);
            let decisive_one = operands.find(|part| self::truth(context, part) == Some(truth));
            decisive_one.map_or(expression, |part| decisive(context, part, truth))
        }
        _ => expression,
    }
}

/// Whether a part of an `if` of v1 says that it holds whatever the status: the word for that there.
fn is_status_of_v1(context: &SiteContext<'_>, part: TextRange) -> bool {
    context.pipeline.version == YamlVersion::V1 && part.slice(context.text).contains("<+Always>")
}

/// The operand that decides a condition of which other operands may fail, and what it makes of it where they do not.
fn decided_by_part<'e>(
    context: &SiteContext<'_>,
    expression: &'e Expr,
) -> Option<(&'e Expr, bool)> {
    match &expression.kind {
        ExprKind::Paren(inner) => decided_by_part(context, inner),
        ExprKind::Unary {
            op: UnaryOp::Not,
            operand,
            ..
        } => decided_by_part(context, operand).map(|(part, truth)| (part, !truth)),
        ExprKind::Infix { first, rest } => {
            let truth = match rest.first()?.op {
                InfixOp::And => false,
                InfixOp::Or => true,
                _ => return None,
            };
            operands(first, rest).find_map(|operand| match self::truth(context, operand) {
                Some(known) if known == truth => Some((decisive(context, operand, truth), truth)),
                Some(_) => None,
                None => decided_by_part(context, operand).filter(|(_, known)| *known == truth),
            })
        }
        _ => None,
    }
}

/// Whether a name in a part of the condition is null. That is another mistake: such a condition is no constant on
/// purpose.
fn reads_null(context: &SiteContext<'_>, part: TextRange) -> bool {
    let mut values = context.values_of_islands(part);
    values.any(|(_, value)| !matches!(value, Ok(value) if !value.is_null()))
}

fn finding(context: &SiteContext<'_>, part: &Expr, decides: Decides, truth: bool) -> Diagnostic {
    let of = wording::node(context.pipeline, context.site.node);
    let what = match decides {
        Decides::Run => "the condition",
        Decides::Loop => "the condition of the loop",
        Decides::Retry => "the condition for another try",
    };
    RULE.finding(
        context.written(part.range),
        format!("{what} of {of} is always {truth}"),
    )
    .with_label(label(context, part.range))
    .with_help(help(decides, truth))
}

/// Whether the condition is `true` or `false` as it stands: how something is switched on and off by hand.
fn is_bare(expression: &Expr) -> bool {
    match &expression.kind {
        ExprKind::Paren(inner) => is_bare(inner),
        ExprKind::Bool(_) => true,
        ExprKind::Str(text) => matches!(text.as_text(), Some("true" | "false")),
        _ => false,
    }
}

/// Whether a variable decides that is `true` or `false`: a switch, to be turned in the file.
fn is_switch(context: &SiteContext<'_>, part: TextRange) -> bool {
    let mut inside = context
        .references
        .iter()
        .filter(|reference| part.contains_range(reference.range));
    let reads_variable = inside.any(|reference| {
        let target = reference.verdict.target();
        target.is_some_and(|target| matches!(target.member, Member::Variable(_)))
    });
    let is_truth = |value: Value| match value {
        Value::Boolean(_) => true,
        Value::String(text) => matches!(&*text.to_str(), "true" | "false"),
        _ => false,
    };
    let mut values = context.values_of_islands(part);
    reads_variable && values.any(|(_, value)| value.is_ok_and(is_truth))
}

/// What makes the part constant: the names in it whose values the file fixes.
fn label(context: &SiteContext<'_>, part: TextRange) -> String {
    let mut told = Vec::new();
    for (island, value) in context.values_of_islands(part) {
        let Some(value) = value.ok().as_ref().and_then(wording::value) else {
            continue;
        };
        let said = format!("{} is {value}", wording::quoted(island.slice(context.text)));
        if !told.contains(&said) && told.len() < MOST_NAMES {
            told.push(said);
        }
    }
    if told.is_empty() {
        return "it is the same in every run".to_owned();
    }
    format!("in every run {}", told.join(", and "))
}

const fn help(decides: Decides, truth: bool) -> &'static str {
    match (decides, truth) {
        (Decides::Run, true) => {
            "remove the condition, or compare with something that differs between runs"
        }
        (Decides::Run, false) => {
            "it never runs: compare with something that differs between runs; to switch it off on purpose, write `\"false\"`"
        }
        (Decides::Loop, true) => "remove it, or compare with something that differs between runs",
        (Decides::Loop, false) => {
            "the loop never begins: compare with something that differs between runs"
        }
        (Decides::Retry, true) => "remove it: without a condition there is another try, too",
        (Decides::Retry, false) => {
            "there is never another try: compare with something that differs between runs"
        }
    }
}
