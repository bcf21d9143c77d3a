//! `yaml-syntax`

use pipewright_source::{Applicability, Diagnostic, Fix, TextRange};
use pipewright_yaml::{Problem, ProblemKind};

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;

pub(crate) const RULE: Rule =
    declare!("yaml-syntax", Syntax per Place, Error, Check::Text(check), Safe);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for problem in context.tree().problems() {
        match problem.kind {
            // Of other rules.
            ProblemKind::DuplicateKey(_) | ProblemKind::Limit => {}
            ProblemKind::UnquotedColon(scalar) => {
                let mut finding = finding(context, problem);
                if is_a_value(context.file.text(), scalar) {
                    finding.fixes.push(quotes(context, scalar));
                }
                findings.add(finding);
            }
            ProblemKind::FlowCut(scalar) => {
                findings.add(finding(context, problem).with_fix(quotes(context, scalar)));
            }
            ProblemKind::ShortText { lines, indent } => {
                let fix = indented(context, lines, indent);
                findings.add(finding(context, problem).with_fix(fix));
            }
            ProblemKind::UnknownAlias | ProblemKind::EmptyAnchor => {
                let mut finding = finding(context, problem);
                let fix = is_alone(context, problem.range).then(|| quotes(context, problem.range));
                finding.fixes.extend(fix);
                findings.add(finding);
            }
            ProblemKind::Syntax => {
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
        ProblemKind::EmptyAnchor => finding.with_label("Harness reads an empty value"),
        _ => finding.with_label("Harness cannot read the file"),
    }
}

/// Whether a scalar stands where a value does: behind a key or a dash, if need be on the line before. Else its own
/// first colon may be that of a key, and in quotes there would be none.
fn is_a_value(text: &str, scalar: TextRange) -> bool {
    let before = &text[..scalar.start() as usize];
    let (above, line) = before.rsplit_once('\n').unwrap_or(("", before));
    !line.trim().is_empty() || above.trim_end().ends_with([':', '-'])
}

/// Puts the plain scalar into quotes.
fn quotes(context: RuleContext<'_>, scalar: TextRange) -> Fix {
    Fix {
        title: "put the value in quotes".to_owned(),
        applicability: Applicability::Safe,
        edits: vec![context.editor().quote(scalar)],
    }
}

/// Whether nothing but a comment follows on the line.
fn is_alone(context: RuleContext<'_>, range: TextRange) -> bool {
    let rest = &context.file.text()[range.end() as usize..];
    let rest = rest.lines().next().unwrap_or("").trim_start();
    rest.is_empty() || rest.starts_with('#')
}

/// Indents the lines so far that they belong to the text.
fn indented(context: RuleContext<'_>, lines: TextRange, indent: usize) -> Fix {
    Fix {
        title: "indent these lines like the text".to_owned(),
        applicability: Applicability::Safe,
        edits: context.editor().indent(lines, indent),
    }
}
