//! `unlisted-name`

use pipewright_source::{Applicability, Diagnostic, Span, TextRange, closest};
use pipewright_syntax::ExprKind;
use pipewright_yaml as yaml;

use crate::Rule;
use crate::finding::Findings;
use crate::known_names::{Owner, others};
use crate::placeholder::is_filled_in_later;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::secrets::secret_call;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "unlisted-name",
    References,
    Warning,
    Check::Text(check),
    Unsafe
);

/// The most names a message lists.
const MOST_NAMES: usize = 6;

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    let known = context.known_names();
    if !known.variables.is_empty() {
        findings.extend(variables(context, &known.variables));
    }
    if !known.secrets.is_empty() {
        findings.extend(secrets(context, &known.secrets));
    }
    if !known.services.is_empty() {
        findings.extend(services(context, &known.services));
    }
}

/// What is looked up outside of the file, and where.
struct Use<'r> {
    /// `variable`, `secret`, `service`
    noun: &'static str,
    /// With the prefix that says whose it is.
    reference: &'r str,
    /// Its name without that prefix.
    name: Span,
    label: &'static str,
    /// The scalar, and in it the name.
    written: (yaml::NodeId, TextRange),
}

fn judge(context: RuleContext<'_>, list: &[String], of: &Use<'_>) -> Option<Diagnostic> {
    let names = others(list, of.reference)?;
    let (owner, name) = Owner::of(of.reference);
    let near = closest(name, names.iter().copied());
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "`names.{}s` has {}; add it there if it exists",
            of.noun,
            wording::list(names, MOST_NAMES)
        ),
    };
    let message = format!(
        "the configuration lists no {} {} of the {}",
        of.noun,
        wording::quoted(name),
        owner.noun()
    );
    let mut finding = RULE
        .finding(of.name, message)
        .with_label(of.label)
        .with_help(help);
    let (scalar, range) = of.written;
    let fix = near.and_then(|near| {
        let title = format!("write `{near}`");
        context.fix(title, Applicability::Unsafe, scalar, &[(range, near)])
    });
    finding.fixes.extend(fix);
    Some(finding)
}

/// `variable.x`, `variable.org.x`, `variable.account.x`.
fn variables(context: RuleContext<'_>, list: &[String]) -> Vec<Diagnostic> {
    let judged = context.references().filter_map(|reference| {
        let segments = &reference.reference.segments;
        let names: Vec<&str> = segments
            .iter()
            .map_while(|segment| segment.name())
            .collect();
        let (place, text) = match names.as_slice() {
            ["variable", owner @ ("org" | "account"), name, ..] => (2, format!("{owner}.{name}")),
            ["variable", name, ..] if !matches!(*name, "org" | "account") => {
                (1, (*name).to_owned())
            }
            _ => return None,
        };
        let range = reference.name_in(place);
        let of = Use {
            noun: "variable",
            reference: &text,
            name: reference.written(range),
            label: "null at run time, if there is none",
            written: (reference.site().yaml, range),
        };
        judge(context, list, &of)
    });
    judged.collect()
}

/// `secrets.getValue("x")`
fn secrets(context: RuleContext<'_>, list: &[String]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for expression in context.expressions() {
        expression.tree.walk(&mut |expr| {
            let name = secret_call(expr).and_then(|call| call.arguments.first());
            let Some(ExprKind::Str(literal)) = name.map(|name| &name.kind) else {
                return;
            };
            let Some(text) = literal.as_text().filter(|text| !is_filled_in_later(text)) else {
                return;
            };
            // The quotes, and what says whose it is.
            let end = literal.range.end() as usize - 1;
            let range = TextRange::of(end - Owner::of(text).1.len(), end);
            let of = Use {
                noun: "secret",
                reference: text,
                name: context.written(expression.text.scalar, range),
                label: "the step fails, if there is none",
                written: (expression.text.scalar, range),
            };
            found.extend(judge(context, list, &of));
        });
    }
    found
}

/// `serviceRef: x`
fn services(context: RuleContext<'_>, list: &[String]) -> Vec<Diagnostic> {
    let nodes = context
        .pipelines()
        .flat_map(|pipeline| pipeline.ids().map(|id| pipeline.node(id)));
    let services = nodes.filter_map(|node| node.services.as_ref());
    let uses = services.flat_map(|services| services.uses.items());
    let references = uses.filter_map(|of| of.service_ref.as_ref());
    let judged = references.filter_map(|written| {
        let text = &*written.text;
        let start = text.len() - Owner::of(text).1.len();
        let range = TextRange::of(start, text.len());
        let of = Use {
            noun: "service",
            reference: text,
            name: context.written(written.yaml, range),
            label: "the stage does not start, if there is none",
            written: (written.yaml, range),
        };
        judge(context, list, &of).filter(|_| !is_filled_in_later(text) && !text.is_empty())
    });
    judged.collect()
}
