//! `invalid-secret-reference` (`spec/engine.md` §8)

use pipewright_source::{Applicability, Diagnostic, TextRange};
use pipewright_syntax::{Expr, ExprKind, Piece};

use crate::expressions::Expression;
use crate::finding::Findings;
use crate::placeholder::is_filled_in_later;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::secrets::{is_secret, is_secret_island, secret_call};
use crate::{Rule, Text, wording};

pub(crate) const RULE: Rule = declare!(
    "invalid-secret-reference",
    References,
    Error,
    Check::Text(check),
    Safe
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for expression in context.expressions() {
        let mut names: Vec<&Expr> = Vec::new();
        expression.tree.walk(&mut |expr| {
            names.extend(secret_call(expr).and_then(|call| call.arguments.first()));
        });
        findings.extend(
            names
                .into_iter()
                .filter_map(|name| judge(context, expression, name)),
        );
    }
}

/// Whether a name is a text in quotes with a secret in it.
fn holds_secret(text: &Text, name: &Expr) -> bool {
    let ExprKind::Str(literal) = &name.kind else {
        return false;
    };
    let mut pieces = literal.pieces.iter();
    pieces.any(|piece| matches!(piece, Piece::Island(island) if is_secret_island(text, *island)))
}

fn judge(context: RuleContext<'_>, expression: Expression<'_>, name: &Expr) -> Option<Diagnostic> {
    let at = |range: TextRange| context.written(expression.text.scalar, range);
    if is_secret(expression.text, name) || holds_secret(expression.text, name) {
        let finding = RULE
            .finding(
                at(name.range),
                "a secret is read by the name that another secret holds",
            )
            .with_label("a placeholder here, not the value: there is no secret of that name")
            .with_help(
                "write the name of the secret, or read it from a variable that is no secret",
            );
        return Some(finding);
    }
    let ExprKind::Str(literal) = &name.kind else {
        return None;
    };
    let text = literal.as_text()?;
    if text.trim().is_empty() {
        let finding = RULE
            .finding(at(literal.range), "a secret is read without a name")
            .with_label("there is no such secret: the step fails")
            .with_help("write its identifier: `secrets.getValue(\"account.token\")`");
        return Some(finding);
    }
    let (prefix, identifier) = text.split_once('.')?;
    if matches!(prefix, "account" | "org") || is_filled_in_later(text) {
        return None;
    }
    let mut finding = RULE
        .finding(
            at(literal.range),
            format!("a secret cannot be of `{prefix}`"),
        )
        .with_label(
            "Harness knows `account.` and `org.`; without a prefix it is one of the project",
        )
        .with_help(if prefix == "project" {
            format!(
                "write {} for a secret of the project",
                wording::quoted(identifier)
            )
        } else {
            "leave the prefix out for a secret of the project".to_owned()
        });
    if prefix == "project" {
        let start = literal.range.start() as usize + 1;
        let prefix = TextRange::of(start, start + "project.".len());
        finding.fixes.extend(context.fix(
            format!("write {}", wording::quoted(identifier)),
            Applicability::Safe,
            expression.text.scalar,
            &[(prefix, "")],
        ));
    }
    Some(finding)
}
