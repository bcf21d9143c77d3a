//! `yaml-duplicate-key`

use pipewright_yaml::ProblemKind;

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;

pub(crate) const RULE: Rule =
    declare!("yaml-duplicate-key", Syntax per Place, Error, Check::Text(check));

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for problem in context.tree().problems() {
        let ProblemKind::DuplicateKey(first) = problem.kind else {
            continue;
        };
        let finding = RULE
            .finding(context.span(problem.range), &*problem.message)
            .with_label("Harness refuses to save the file")
            .with_help("remove one of the two, or put both values under one key")
            .with_related(context.span(first), "the first one");
        findings.add(finding);
    }
}
