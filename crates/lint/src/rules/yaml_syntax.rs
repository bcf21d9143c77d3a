//! `yaml-syntax`

use pipewright_source::{Applicability, Diagnostic, Edit, Fix, TextRange};
use pipewright_yaml::{Problem, ProblemKind};

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;

pub(crate) const RULE: Rule = declare!("yaml-syntax", File, Error, Check::Text(check));

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for problem in context.tree().problems() {
        match problem.kind {
            ProblemKind::DuplicateKey(_) => {}
            ProblemKind::UnquotedColon(scalar) => {
                let fix = quotes(context, scalar);
                findings.add(finding(context, problem).with_fix(fix));
            }
            ProblemKind::Syntax | ProblemKind::UnknownAlias | ProblemKind::Limit => {
                findings.add(finding(context, problem));
            }
        }
    }
}

/// The parser's problems say the fact, then after a semicolon what to write.
fn finding(context: RuleContext<'_>, problem: &Problem) -> Diagnostic {
    let span = context.span(problem.range);
    let finding = match problem.message.split_once("; ") {
        Some((fact, advice)) => RULE.finding(span, fact).with_help(advice),
        None => RULE.finding(span, &*problem.message),
    };
    match problem.kind {
        ProblemKind::Limit => finding,
        _ => finding.with_label("Harness cannot read the file"),
    }
}

/// Puts the plain scalar into single quotes, which need no escapes but for the quote itself.
fn quotes(context: RuleContext<'_>, scalar: TextRange) -> Fix {
    let text = scalar.slice(context.file.text());
    Fix {
        title: "put the value in quotes".to_owned(),
        applicability: Applicability::Safe,
        edits: vec![Edit {
            span: context.span(scalar),
            replacement: format!("'{}'", text.replace('\'', "''")),
        }],
    }
}
