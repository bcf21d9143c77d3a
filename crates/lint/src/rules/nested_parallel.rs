//! `nested-parallel`

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;

pub(crate) const RULE: Rule = declare!("nested-parallel", Structure, Error, Check::Text(check));

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    let keys = context
        .pipelines()
        .flat_map(|pipeline| &pipeline.nested_parallels);
    for key in keys {
        let finding = RULE
            .finding(
                *key,
                "this `parallel` stands directly inside another `parallel`",
            )
            .with_label("dropped without a word: nothing in this inner block ever runs")
            .with_help(
                "move its members into the outer block, where they start together anyway, or wrap them in a step group",
            );
        findings.add(finding);
    }
}
