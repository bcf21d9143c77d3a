//! `hyphen-in-path`

use pipewright_source::{Applicability, Diagnostic, TextRange};
use pipewright_syntax::{
    Expr, ExprKind, HyphenatedName, LinkKind, NameParts, SyntaxErrorKind, hyphenated_names,
};

use super::expression_syntax::mistakes;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::run_numbers::{is_count, is_field};
use crate::v1::is_in_v1;
use crate::variables::{self, Variables};
use crate::{Rule, Text, wording};

pub(crate) const RULE: Rule = declare!("hyphen-in-path", Syntax, Error, Check::Text(check), Safe);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for mistake in mistakes(context) {
        if mistake.error.kind == SyntaxErrorKind::Hyphen {
            let range = mistake.error.range;
            findings.extend(finding(context, mistake.text, range, mistake.range));
        }
    }
    let variables = Variables::of(context);
    let islands = context
        .expressions()
        .filter(|expression| expression.island.is_some());
    for expression in islands {
        let decoded = context.text(expression.text);
        let whole = expression.range(decoded);
        let names = hyphenated_names(expression.tree, NameParts::Any);
        let names = names
            .iter()
            .filter(|name| is_one_name(&variables, decoded, name));
        for name in names {
            if let Some(finding) = finding(context, expression.text, name.range, whole) {
                // What stands behind the hyphen goes on in what is no path of its own.
                let read = TextRange::new(name.range.start(), name.right.range.end());
                findings.add_claiming(finding, context.written(expression.text.scalar, read));
            }
        }
    }
}

/// Whether a subtraction of names is one name: declared with its hyphens, or nothing in it is known to be a number.
fn is_one_name(variables: &Variables<'_>, decoded: &str, name: &HyphenatedName<'_>) -> bool {
    let written = name.range.slice(decoded);
    let before = &decoded[..name.range.start() as usize];
    let is_of_a_node = before.ends_with("stages.") || before.ends_with("steps.");
    if is_of_a_node || !variables.named(written).is_empty() {
        return true;
    }
    // One time or count from another is a duration or a difference.
    let is_number = |part: &str| {
        is_count(part)
            || is_field(part)
            || part == "runSequence"
            || part.starts_with(|c: char| c.is_ascii_digit())
            || variables
                .named(part)
                .first()
                .is_some_and(|variable| variables::is_number(variable))
    };
    let is_path_of_its_own =
        matches!(&name.right.kind, ExprKind::Chain { head, .. } if begins_path(head));
    !written.split('-').any(is_number) && !is_path_of_its_own && !calls(name.left)
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
    let is_newer = is_in_v1(context.analysis, context.tree().span(text.scalar).range);
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
