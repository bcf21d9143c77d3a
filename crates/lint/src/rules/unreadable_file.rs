//! `unreadable-file`: of files that hold more than is read. Those that cannot be read at all get it by
//! [`crate::unreadable`] from whoever reads the files.

use pipewright_yaml::ProblemKind;

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;

pub(crate) const RULE: Rule =
    declare!("unreadable-file", Syntax per Place, Error, Check::Text(check));

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    let problems = context.tree().problems().iter();
    for problem in problems.filter(|problem| problem.kind == ProblemKind::Limit) {
        let span = context.span(problem.range);
        // The fact, and behind the semicolon what became of the rest.
        let finding = match problem.message.split_once("; ") {
            Some((fact, rest)) => RULE.finding(span, fact).with_label(rest),
            None => RULE.finding(span, &*problem.message),
        };
        findings.add(finding);
    }
}
