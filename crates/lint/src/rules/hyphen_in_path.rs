//! `hyphen-in-path`

use pipewright_model::Variable;
use pipewright_source::{Applicability, Diagnostic, TextRange};
use pipewright_syntax::{Expr, ExprKind, InfixOp, InfixTail, LinkKind, SyntaxErrorKind};

use super::expression_syntax::mistakes;
use crate::expressions::Expression;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::{FileKind, Rule, Text, wording};

pub(crate) const RULE: Rule = declare!("hyphen-in-path", Syntax, Error, Check::Text(check));

/// Fields of a run that are numbers: one from another is a duration.
const NUMBERS: [&str; 8] = [
    "startTs",
    "endTs",
    "retryCount",
    "iteration",
    "iterations",
    "totalIterations",
    "sequenceId",
    "runSequence",
];

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for mistake in mistakes(context) {
        if mistake.error.kind == SyntaxErrorKind::Hyphen {
            let range = mistake.error.range;
            findings.extend(finding(context, mistake.text, range, mistake.range));
        }
    }
    let islands = context
        .expressions()
        .filter(|expression| expression.island.is_some());
    for expression in islands {
        let mut names = Vec::new();
        expression.tree.walk(&mut |expr| {
            if let ExprKind::Infix { first, rest } = &expr.kind {
                names.extend(hyphenated(context, expression, first, rest));
            }
        });
        for name in names {
            let decoded = context.text(expression.text);
            let whole = expression.range(decoded);
            findings.extend(finding(context, expression.text, name, whole));
        }
    }
}

/// The names that are written with hyphens among the operands of one level: each from its first letter to its last.
fn hyphenated(
    context: RuleContext<'_>,
    expression: Expression<'_>,
    first: &Expr,
    rest: &[InfixTail],
) -> Vec<TextRange> {
    let decoded = context.text(expression.text);
    let mut found = Vec::new();
    let mut left = first;
    let mut name: Option<TextRange> = None;
    for tail in rest {
        let glued = tail.op == InfixOp::Subtract
            && left.range.end() == tail.op_range.start()
            && tail.op_range.end() == tail.operand.range.start();
        let begin = match name {
            // The right side of one hyphen is the left side of the next only as a whole name.
            Some(name) if is_name(left) => Some(name.start()),
            _ => last_name(left).map(TextRange::start),
        };
        match (begin, first_name(&tail.operand)) {
            (Some(begin), Some(next)) if glued => name = Some(TextRange::new(begin, next.end())),
            _ => {
                found.extend(
                    name.take()
                        .filter(|name| is_one_name(context, decoded, *name, first, &tail.operand)),
                );
            }
        }
        left = &tail.operand;
    }
    let last = rest.last().map_or(first, |tail| &tail.operand);
    found.extend(name.filter(|name| is_one_name(context, decoded, *name, first, last)));
    found
}

/// Whether a subtraction of names is one name: declared with its hyphens, or nothing in it is known to be a number.
fn is_one_name(
    context: RuleContext<'_>,
    decoded: &str,
    name: TextRange,
    left: &Expr,
    right: &Expr,
) -> bool {
    let written = name.slice(decoded);
    let before = &decoded[..name.start() as usize];
    let is_of_a_node = before.ends_with("stages.") || before.ends_with("steps.");
    if is_of_a_node || declared(context, written).is_some() {
        return true;
    }
    let parts: Vec<&str> = written.split('-').collect();
    let is_number = |part: &&str| {
        NUMBERS.contains(part)
            || part.starts_with(|c: char| c.is_ascii_digit())
            || declared(context, part).is_some_and(is_number_variable)
    };
    let is_path_of_its_own =
        matches!(&right.kind, ExprKind::Chain { head, .. } if begins_path(head));
    !parts.iter().any(is_number) && !is_path_of_its_own && !calls(left)
}

/// Whether a name begins a path that is a difference's second half rather than the rest of a name.
fn begins_path(head: &Expr) -> bool {
    let is_start = |name: &str| matches!(name, "pipeline" | "stage" | "stepGroup");
    matches!(&head.kind, ExprKind::Name(name) if name.as_text().is_some_and(is_start))
}

/// Whether something is called in a chain: what comes of it may be a number.
fn calls(expr: &Expr) -> bool {
    let ExprKind::Chain { links, .. } = &expr.kind else {
        return false;
    };
    links
        .iter()
        .any(|link| matches!(link.kind, LinkKind::Call(_)))
}

fn declared<'a>(context: RuleContext<'a>, name: &str) -> Option<&'a Variable> {
    let mut variables = context
        .pipelines()
        .flat_map(|pipeline| &pipeline.nodes)
        .flat_map(|node| &node.variables);
    variables.find(|variable| &*variable.name.text == name)
}

fn is_number_variable(variable: &Variable) -> bool {
    let type_name = variable.type_name.as_ref();
    type_name.is_some_and(|name| &*name.text == "Number")
}

fn is_name(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Name(name) if name.as_text().is_some())
}

/// The name at the end of an operand, if it ends in one.
fn last_name(expr: &Expr) -> Option<TextRange> {
    match &expr.kind {
        ExprKind::Name(name) => name.as_text().map(|_| name.range),
        ExprKind::Chain { links, .. } => match &links.last()?.kind {
            LinkKind::Name(name) => name.as_text().map(|_| name.range),
            _ => None,
        },
        _ => None,
    }
}

/// The name or number at the beginning of an operand, if it begins with one.
fn first_name(expr: &Expr) -> Option<TextRange> {
    match &expr.kind {
        ExprKind::Chain { head, .. } => first_name(head),
        ExprKind::Name(_) => last_name(expr),
        // A variable may be called `count-1`.
        ExprKind::Number(_) => Some(expr.range),
        _ => None,
    }
}

/// `name` is the name with its hyphens, in the expression at `whole`. `None` where hyphens are right: newer pipelines
/// have them in the identifiers of stages and steps (`spec/v1.md` §11).
fn finding(
    context: RuleContext<'_>,
    text: &Text,
    name: TextRange,
    whole: TextRange,
) -> Option<Diagnostic> {
    let decoded = context.text(text);
    let written = name.slice(decoded);
    let before = &decoded[whole.start() as usize..name.start() as usize];
    let holder = before.strip_suffix('.');
    let is_newer = context.analysis.kind() == FileKind::Version1;
    if is_newer
        && holder.is_some_and(|holder| holder.ends_with("stages") || holder.ends_with("steps"))
    {
        return None;
    }
    let finding = RULE
        .finding(
            context.written(text.scalar, name),
            format!("`{written}` is read as a subtraction"),
        )
        .with_label("a hyphen is no part of a name behind a dot");
    let Some(holder) = holder else {
        return Some(finding.with_help(format!(
            "a name with a hyphen can only be read from what holds it: `.get(\"{written}\")` or `[\"{written}\"]`"
        )));
    };
    let call = if holder.ends_with("variables") {
        format!(".get(\"{written}\")")
    } else {
        format!("[\"{written}\"]")
    };
    let path = holder
        .rsplit(['+', ' ', '(', ',', '!'])
        .next()
        .unwrap_or(holder);
    let mut finding = finding.with_help(format!(
        "write {}",
        wording::quoted(&format!("{path}{call}"))
    ));
    let with_dot = TextRange::new(name.start() - 1, name.end());
    let edits = [(with_dot, call.as_str())];
    if context.mends(text, &edits) {
        let title = format!("write `{call}`");
        finding
            .fixes
            .extend(context.fix(title, Applicability::Safe, text.scalar, &edits));
    }
    Some(finding)
}
