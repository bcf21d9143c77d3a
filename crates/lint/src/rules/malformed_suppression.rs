//! `malformed-suppression`

use pipewright_source::{Applicability, Diagnostic, Edit, Fix, TextRange, closest};

use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::suppression::{Comment, Form, Name, comments};
use crate::{Rule, rule, rules, wording};

pub(crate) const RULE: Rule = declare!(
    "malformed-suppression",
    Hygiene per Place,
    Warning,
    Check::Text(check),
    Unsafe
);

const NAME_THE_RULE: &str = "name the rule: `pipewright: ignore[unknown-variable]`";

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for comment in comments(context) {
        if let Form::Wrong(begins) = comment.form {
            findings.add(form(context, &comment, begins));
            continue;
        }
        for (place, name) in comment.names.iter().enumerate() {
            if name.text.is_empty() {
                findings.add(without_name(context, &comment, place));
            } else if rule(name.text).is_none() {
                findings.add(unknown(context, &comment, place, name));
            }
        }
    }
}

/// It is not written as one.
fn form(context: RuleContext<'_>, comment: &Comment<'_>, begins: TextRange) -> Diagnostic {
    let written = begins.slice(context.file.text());
    let finding = RULE
        .finding(
            context.span(begins),
            format!(
                "{} silences nothing as it is written",
                wording::quoted(written)
            ),
        )
        .with_label("not read");
    if comment.names.is_empty() {
        return left_out(finding.with_help(NAME_THE_RULE), comment.removal(context));
    }
    let (right, help) = if written.ends_with("ignore-file") {
        (
            "pipewright: ignore-file",
            "write `pipewright: ignore-file[…]`, with one blank behind the colon",
        )
    } else {
        (
            "pipewright: ignore",
            "write `pipewright: ignore[…]`, with one blank behind the colon",
        )
    };
    finding
        .with_help(help)
        .with_fix(written_as(context, begins, right))
}

/// It names nothing at a place of its list.
fn without_name(context: RuleContext<'_>, comment: &Comment<'_>, place: usize) -> Diagnostic {
    let finding = RULE
        .finding(
            context.span(comment.names[place].range),
            "this comment names no rule",
        )
        .with_label("silences nothing")
        .with_help(NAME_THE_RULE);
    left_out(finding, without(context, comment, place))
}

/// It names a rule that there is not.
fn unknown(
    context: RuleContext<'_>,
    comment: &Comment<'_>,
    place: usize,
    name: &Name<'_>,
) -> Diagnostic {
    let finding = RULE
        .finding(
            context.span(name.range),
            format!("there is no rule {}", wording::quoted(name.text)),
        )
        .with_label("silences nothing");
    let Some(meant) = closest(name.text, rules().iter().map(|rule| rule.name)) else {
        let finding = finding.with_help("`pipewright rules` lists all there are");
        return left_out(finding, without(context, comment, place));
    };
    finding
        .with_help(format!("did you mean `{meant}`?"))
        .with_fix(written_as(context, name.range, meant))
}

/// Leaves out one name, or the comment that names nothing else.
fn without(context: RuleContext<'_>, comment: &Comment<'_>, place: usize) -> Option<Edit> {
    if comment.names.len() == 1 {
        comment.removal(context)
    } else {
        Some(comment.removal_of(place, context))
    }
}

fn left_out(mut finding: Diagnostic, edit: Option<Edit>) -> Diagnostic {
    finding.fixes.extend(edit.map(|edit| Fix {
        title: "leave it out".to_owned(),
        applicability: Applicability::Unsafe,
        edits: vec![edit],
    }));
    finding
}

fn written_as(context: RuleContext<'_>, range: TextRange, replacement: &str) -> Fix {
    Fix {
        title: format!("write `{replacement}`"),
        applicability: Applicability::Unsafe,
        edits: vec![Edit {
            span: context.span(range),
            replacement: replacement.to_owned(),
        }],
    }
}
