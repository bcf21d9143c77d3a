//! `step-group-outside-group`

use pipewright_model::NodeKind;
use pipewright_resolve::{NotInside, Outcome};

use crate::Rule;
use crate::finding::Findings;
use crate::rule::declare;
use crate::subject::Subject;

pub(crate) const RULE: Rule = declare!("step-group-outside-group", References, Error, check);

fn check(subject: Subject<'_>, findings: &mut Findings) {
    for read in subject.reads() {
        if read.reference.outcome != Outcome::NotInside(NotInside::Node(NodeKind::StepGroup)) {
            continue;
        }
        let message = format!(
            "{} reads `stepGroup`, but stands in no step group",
            read.reading()
        );
        let finding = RULE
            .finding(read.span(), message)
            .with_label(read.when_not_found())
            .with_help("name the group: `execution.steps.GROUP…`, or use `stage` for what belongs to the stage");
        findings.add(finding);
    }
}
