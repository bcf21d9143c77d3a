//! `comparison-inside-expression` (`spec/engine.md` §3.1)

use pipewright_model::catalogue::root;
use pipewright_source::{Applicability, Diagnostic, Fix, TextRange};
use pipewright_syntax::{Expr, ExprKind, InfixOp, IslandId, LinkKind, UnaryOp};

use crate::expressions::{Expression, compares, without_parentheses};
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::{Rule, wording};

pub(crate) const RULE: Rule = declare!(
    "comparison-inside-expression",
    Conditions,
    Error,
    Check::Text(check),
    Unsafe
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for expression in context.expressions() {
        let Some(island) = expression.island else {
            continue;
        };
        findings.extend(judge(context, expression, island));
    }
}

fn judge(
    context: RuleContext<'_>,
    expression: Expression<'_>,
    island: IslandId,
) -> Option<Diagnostic> {
    let template = expression.text.template();
    // With an expression inside it, it is evaluated as it stands.
    if template.children(island).next().is_some() {
        return None;
    }
    let decoded = context.text(expression.text);
    let (names, comes_out) = looked_up_as_one(decoded, expression.tree)?;
    let written = expression.range(decoded);
    let mut finding = RULE
        .finding(
            context.written(expression.text.scalar, written),
            format!(
                "{} is looked up as one name",
                wording::quoted(written.slice(decoded))
            ),
        )
        .with_label(comes_out)
        .with_help(match mended(decoded, written, &names) {
            Some(right) => format!(
                "give each name delimiters of its own: {}",
                wording::quoted(&right)
            ),
            None => "give each name delimiters of its own: `<+<+stage.name> == \"x\">`".to_owned(),
        });
    finding
        .fixes
        .extend(fix(context, expression, decoded, &names));
    Some(finding)
}

/// The names of an expression that is looked up as one name, and what comes out; `None` where the value is right.
fn looked_up_as_one<'e>(decoded: &str, tree: &'e Expr) -> Option<(Vec<&'e Expr>, &'static str)> {
    let comes_out = comes_out(tree)?;
    let mut names = Vec::new();
    collect_names(tree, &mut names);
    let is_found = !names.is_empty() && begin_with_roots(decoded, &names);
    is_found.then_some((names, comes_out))
}

/// What to insert so that each name of the expression in `text` has delimiters of its own: nothing where the expression
/// is right without them, or where a name cannot have them.
pub(super) fn names_apart(text: &str, tree: &Expr) -> Vec<(TextRange, &'static str)> {
    let names = looked_up_as_one(text, tree);
    names
        .and_then(|(names, _)| edits(text, &names))
        .unwrap_or_default()
}

/// What comes of an expression whose names are looked up behind a prefix, where nothing is: `None` where the value is
/// right. What fails on null is looked up again without a prefix, so that `<+pipeline.sequenceId - 1>` is what it says.
fn comes_out(tree: &Expr) -> Option<&'static str> {
    match &without_parentheses(tree).kind {
        ExprKind::Infix { first, rest } => rest
            .iter()
            .find_map(|tail| of_operator(tail.op, &tail.operand))
            .or_else(|| comes_out(first)),
        ExprKind::Ternary { .. } => {
            Some("what the condition reads is null there: mostly the value behind `:`")
        }
        ExprKind::Elvis { .. } => {
            Some("what stands in front is null there: always the value behind `?:`")
        }
        ExprKind::Unary { op, .. } => match op {
            UnaryOp::Not => Some("the name is not found behind `!`: `null`"),
            UnaryOp::Empty => Some("empty is what is found: always `true`"),
            UnaryOp::Size => Some("what is found is null: always `0`"),
            UnaryOp::Negate | UnaryOp::Complement => None,
        },
        _ => None,
    }
}

/// What comes of an operator with nothing on its left.
fn of_operator(op: InfixOp, right: &Expr) -> Option<&'static str> {
    let is_null = matches!(without_parentheses(right).kind, ExprKind::Null);
    match op {
        InfixOp::Equal if is_null => Some("null is compared with `null`: always `true`"),
        InfixOp::NotEqual if is_null => Some("null is compared with `null`: always `false`"),
        InfixOp::Equal => Some("null is compared, not the value: `false`, whatever it is"),
        InfixOp::NotEqual | InfixOp::NotMatch | InfixOp::NotStartsWith | InfixOp::NotEndsWith => {
            Some("null is compared, not the value: `true`, whatever it is")
        }
        op if compares(op) => Some("null is compared, not the value: `false`, whatever it is"),
        InfixOp::And | InfixOp::Or => {
            Some("the second name is null, and so is mostly the first: not what it says")
        }
        _ => None,
    }
}

/// The names that are looked up: each with what is read from it, from left to right.
fn collect_names<'e>(expr: &'e Expr, names: &mut Vec<&'e Expr>) {
    match &expr.kind {
        ExprKind::Name(_) => names.push(expr),
        ExprKind::Chain { head, .. } if matches!(head.kind, ExprKind::Name(_)) => names.push(expr),
        ExprKind::Infix { .. }
        | ExprKind::Ternary { .. }
        | ExprKind::Elvis { .. }
        | ExprKind::Unary { .. }
        | ExprKind::Paren(_) => {
            expr.for_each_child(&mut |child| collect_names(child, names));
        }
        _ => {}
    }
}

/// Whether all names begin with what a run looks up behind prefixes. Others, such as those that a step's assertions
/// read and those of newer files, may be found without one.
fn begin_with_roots(decoded: &str, names: &[&Expr]) -> bool {
    names.iter().all(|name| {
        let path = name.range.slice(decoded);
        let first = path.split(['.', '[', '(']).next().unwrap_or(path);
        root(first.trim()).is_some()
    })
}

/// The island with delimiters around each name; `None` where a name has something in it that ends an island, or
/// arguments with names of their own.
fn mended(decoded: &str, island: TextRange, names: &[&Expr]) -> Option<String> {
    let edits = edits(decoded, names)?;
    let mut mended = island.slice(decoded).to_owned();
    for (range, text) in edits.iter().rev() {
        let at = (range.start() - island.start()) as usize;
        mended.insert_str(at, text);
    }
    Some(mended)
}

fn edits(decoded: &str, names: &[&Expr]) -> Option<Vec<(TextRange, &'static str)>> {
    let mut edits = Vec::new();
    for name in names {
        let can_be_wrapped = !name.range.slice(decoded).contains(['<', '>']) && !reads_names(name);
        if !can_be_wrapped {
            return None;
        }
        edits.push((TextRange::empty(name.range.start()), "<+"));
        edits.push((TextRange::empty(name.range.end()), ">"));
    }
    Some(edits)
}

/// Whether arguments or indices of a chain read names.
fn reads_names(chain: &Expr) -> bool {
    let ExprKind::Chain { links, .. } = &chain.kind else {
        return false;
    };
    let mut reads = false;
    let mut look = |expr: &Expr| {
        expr.walk(&mut |inner| {
            reads |= matches!(inner.kind, ExprKind::Name(_) | ExprKind::Lambda { .. });
        });
    };
    for link in links {
        match &link.kind {
            LinkKind::Index(index) => look(index),
            LinkKind::Call(arguments) => arguments.iter().for_each(&mut look),
            _ => {}
        }
    }
    reads
}

fn fix(
    context: RuleContext<'_>,
    expression: Expression<'_>,
    decoded: &str,
    names: &[&Expr],
) -> Option<Fix> {
    let scalar = expression.text.scalar;
    let edits = edits(decoded, names)?;
    if context.is_cut(scalar, &edits) {
        return None;
    }
    context.fix(
        "put each name into delimiters of its own",
        Applicability::Unsafe,
        scalar,
        &edits,
    )
}
