//! `malformed-suppression`

use pipewright_source::{Applicability, Diagnostic, Edit, Fix, TextRange, closest};

use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::suppression::{Malformed, malformed};
use crate::{Rule, rules, wording};

pub(crate) const RULE: Rule = declare!(
    "malformed-suppression",
    Hygiene,
    Warning,
    Check::Text(check),
    Unsafe
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    findings.extend(
        malformed(context)
            .into_iter()
            .map(|comment| finding(context, comment)),
    );
}

fn finding(context: RuleContext<'_>, comment: Malformed) -> Diagnostic {
    let text = context.file.text();
    match comment {
        Malformed::Form(begins, list) => {
            let written = wording::quoted(begins.slice(text));
            let finding = RULE
                .finding(
                    context.span(begins),
                    format!("{written} silences nothing as it is written"),
                )
                .with_label("not read");
            match list {
                Some(_) => finding
                    .with_help("write `pipewright: ignore[…]`, with one blank behind the colon")
                    .with_fix(fix(context, begins, "pipewright: ignore")),
                None => finding.with_help("name the rule: `pipewright: ignore[unknown-variable]`"),
            }
        }
        Malformed::Empty(list) => RULE
            .finding(context.span(list), "this comment names no rule")
            .with_label("silences nothing")
            .with_help("name the rule: `pipewright: ignore[unknown-variable]`"),
        Malformed::UnknownRule(name) => {
            let written = name.slice(text);
            let finding = RULE
                .finding(
                    context.span(name),
                    format!("there is no rule {}", wording::quoted(written)),
                )
                .with_label("silences nothing");
            match closest(written, rules().iter().map(|rule| rule.name)) {
                Some(meant) => finding
                    .with_help(format!("did you mean `{meant}`?"))
                    .with_fix(fix(context, name, meant)),
                None => finding.with_help("`pipewright rules` lists all there are"),
            }
        }
    }
}

fn fix(context: RuleContext<'_>, range: TextRange, replacement: &str) -> Fix {
    Fix {
        title: format!("write `{replacement}`"),
        applicability: Applicability::Unsafe,
        edits: vec![Edit {
            span: context.span(range),
            replacement: replacement.to_owned(),
        }],
    }
}
