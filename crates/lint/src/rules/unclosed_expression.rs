//! `unclosed-expression`

use pipewright_model::SiteKind;
use pipewright_resolve::SiteText;
use pipewright_source::{Applicability, Diagnostic, Fix, Severity, TextRange};
use pipewright_syntax::parse_template;

use crate::finding::Findings;
use crate::github::has_workflow;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::{Rule, Text, wording};

pub(crate) const RULE: Rule = declare!(
    "unclosed-expression",
    Syntax,
    Error,
    Check::Text(check),
    Unsafe
);

/// How many characters behind a path may close what begins in it.
const MOST_BEHIND: usize = 200;

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for text in context.analysis.texts() {
        let decoded = context.text(text);
        let template = text.template();
        findings.extend(unclosed_cel(context, text));
        let Some((unclosed, path)) = template.unclosed.zip(template.unclosed_path(decoded)) else {
            continue;
        };
        let label = if template.unclosed_swallows(decoded) {
            "stays as written, and so do the expressions behind it in this value"
        } else {
            "stays as written: Harness replaces nothing from here on"
        };
        let mut finding = RULE
            .finding(
                context.written(text.scalar, path),
                format!("{} is never closed", wording::quoted(path.slice(decoded))),
            )
            .with_label(label)
            .with_help("every `<+` needs its own `>`");
        finding.fixes.extend(fix(context, text, path));
        let claim = context.written(text.scalar, unclosed);
        findings.add_claiming(finding, claim);
    }
}

/// A `${{` that no `}}` follows. What the engine does with it is not known.
fn unclosed_cel(context: RuleContext<'_>, text: &Text) -> Option<Diagnostic> {
    let decoded = context.text(text);
    let path = text.template().unclosed_cel_path(decoded)?;
    if has_workflow(decoded) {
        return None;
    }
    let written = wording::quoted(path.slice(decoded));
    let mut finding = RULE
        .finding(
            context.written(text.scalar, path),
            format!("{written} is never closed"),
        )
        .with_label("no `}}` follows in this value")
        .with_help("every `${{` needs its own `}}`");
    finding.severity = Severity::Warning;
    let close = match path.slice(decoded).as_bytes().get(3) {
        Some(b' ') => " }}",
        _ => "}}",
    };
    let closed = format!("{}{close}", path.slice(decoded));
    let read = SiteText::parse_of(&closed, SiteKind::Text, text.languages);
    if read.template.unclosed_cel.is_none() && read.cel.iter().all(|(_, cel)| cel.is_ok()) {
        let edits = [(TextRange::empty(path.end()), close)];
        let title = "close the expression with `}}`";
        let fix = context.fix(title, Applicability::Unsafe, text.scalar, &edits);
        finding.fixes.extend(fix);
    }
    Some(finding)
}

/// Closes the expression, where that closes all that begin in it.
fn fix(context: RuleContext<'_>, text: &Text, path: TextRange) -> Option<Fix> {
    let edits = [(TextRange::empty(path.end()), ">")];
    let decoded = context.text(text);
    let behind = decoded[path.end() as usize..].chars().take(MOST_BEHIND);
    let closed: String = path
        .slice(decoded)
        .chars()
        .chain(['>'])
        .chain(behind)
        .collect();
    // What begins in the path and is not closed by one `>` and what follows needs another.
    let read = SiteText::parse(&closed, SiteKind::Text);
    let unclosed = read.template.unclosed;
    let is_open = unclosed.is_some_and(|unclosed| unclosed.start() < path.len());
    let mut islands = read.template.islands.iter();
    let is_empty = islands.any(|island| island.inner.slice(&closed).trim().is_empty());
    // Another one that is never closed would be the next finding.
    let (before, after) = decoded.split_at(path.end() as usize);
    let is_open = is_open
        || parse_template(&format!("{before}>{after}"))
            .unclosed
            .is_some();
    if is_open || is_empty || read.islands.iter().any(Result::is_err) {
        return None;
    }
    let title = "close the expression with `>`";
    context.fix(title, Applicability::Unsafe, text.scalar, &edits)
}
