//! `yaml-duplicate-key`

use pipewright_yaml::ProblemKind;

use crate::Rule;
use crate::finding::Findings;
use crate::rule::declare;
use crate::subject::Subject;

pub(crate) const RULE: Rule = declare!("yaml-duplicate-key", File, Error, check);

fn check(subject: Subject<'_>, findings: &mut Findings) {
    for problem in subject.tree().problems() {
        let ProblemKind::DuplicateKey(first) = problem.kind else {
            continue;
        };
        let finding = RULE
            .finding(subject.span(problem.range), &*problem.message)
            .with_label("Harness refuses to save the file")
            .with_help("remove one of the two, or put both values under one key")
            .with_related(subject.span(first), "the first one");
        findings.add(finding);
    }
}
