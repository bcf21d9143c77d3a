//! `self-output-reference`

use pipewright_resolve::Outcome;

use crate::Rule;
use crate::finding::Findings;
use crate::rule::declare;
use crate::subject::Subject;

pub(crate) const RULE: Rule = declare!("self-output-reference", References, Error, check);

fn check(subject: Subject<'_>, findings: &mut Findings) {
    for read in subject.reads() {
        let Outcome::SelfOutput(target) = read.reference.outcome else {
            continue;
        };
        let step = read.name(target.node);
        let finding = RULE
            .finding(read.span(), format!("{step} reads its own output"))
            .with_label(format!("null: {step} has not run when this is read"))
            .with_help("read the output in a later step; inside a script, use the shell variable");
        findings.add(read.with_definition(finding, target.node));
    }
}
