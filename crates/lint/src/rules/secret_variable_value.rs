//! `secret-variable-value`

use std::collections::HashMap;

use pipewright_source::{Applicability, Diagnostic, TextRange};
use pipewright_syntax::ExprKind;
use pipewright_yaml::{NodeId, NodeKind};

use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::secrets::secret_call;
use crate::{Rule, Text};

pub(crate) const RULE: Rule = declare!(
    "secret-variable-value",
    Security,
    Warning,
    Check::Text(check),
    Safe
);

/// Variables are looked for wherever they may be given: also in input sets and among the inputs of templates.
fn check(context: RuleContext<'_>, findings: &mut Findings) {
    let texts = context.analysis.texts().iter();
    let reads: HashMap<NodeId, String> = texts
        .filter_map(|text| Some((text.scalar, secret_read_by(context, text)?)))
        .collect();
    if reads.is_empty() {
        return;
    }
    let tree = context.tree();
    let mut open: Vec<NodeId> = tree.roots().to_vec();
    while let Some(id) = open.pop() {
        match &tree.raw(id).kind {
            NodeKind::Mapping(entries) => {
                findings.extend(judge(context, id, &reads));
                open.extend(entries.iter().rev().map(|entry| entry.value));
            }
            NodeKind::Sequence(items) => open.extend(items.iter().rev()),
            _ => {}
        }
    }
}

/// `reads` tells the secrets that texts read.
fn judge(
    context: RuleContext<'_>,
    variable: NodeId,
    reads: &HashMap<NodeId, String>,
) -> Option<Diagnostic> {
    let tree = context.tree();
    let is_secret = tree.find(variable, "type").and_then(|kind| tree.text(kind)) == Some("Secret");
    if !is_secret || tree.find(variable, "name").is_none() {
        return None;
    }
    let value = tree.find(variable, "value")?;
    let whole = TextRange::of(0, tree.text(value)?.len());
    let identifier = reads.get(&value)?;
    let mut finding = RULE
        .finding(
            context.written(value, whole),
            "the value of a Secret variable is an expression that reads a secret",
        )
        .with_label(
            "since July 2026 Harness refuses to save this: the value is the secret's identifier",
        )
        .with_help(format!("write `{identifier}`"));
    finding
        .fixes
        .extend(context.rewrite(value, identifier, Applicability::Safe));
    Some(finding)
}

/// The identifier of the secret that a text reads, if it does nothing else.
fn secret_read_by(context: RuleContext<'_>, text: &Text) -> Option<String> {
    let (island, range) = text.template().roots().next()?;
    let written = context.text(text);
    if range.slice(written) != written.trim() {
        return None;
    }
    let tree = text.island(island)?.as_ref().ok()?.as_ref()?;
    let call = secret_call(tree).filter(|call| call.links.is_empty())?;
    match &call.arguments.first()?.kind {
        ExprKind::Str(literal) => literal.as_text().map(str::to_owned),
        _ => None,
    }
}
