//! `execution-without-steps` (`spec/model.md` §7)

use pipewright_model::{NodeKind, Pipeline};
use pipewright_yaml as yaml;

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "execution-without-steps",
    Structure,
    Error,
    Check::Text(check)
);

/// What stands in the list, and is looked for beside it.
const MEMBERS: [&str; 3] = ["step", "stepGroup", "parallel"];

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    // The key of the list may have stood on a line that could not be read.
    if context.tree().recovered() {
        return;
    }
    for pipeline in context.pipelines() {
        check_pipeline(context, pipeline, findings);
    }
}

fn check_pipeline(context: RuleContext<'_>, pipeline: &Pipeline, findings: &mut Findings) {
    let tree = context.tree();
    for id in pipeline.ids() {
        let node = pipeline.node(id);
        if node.kind != NodeKind::Stage {
            continue;
        }
        let Some(spec) = tree.find(node.yaml, "spec") else {
            continue;
        };
        let Some(execution) = tree.entry(spec, "execution") else {
            continue;
        };
        let Some(member) = member(tree, execution.value) else {
            continue;
        };
        let finding = RULE
            .finding(
                context.span(tree.get(execution.key).range),
                format!(
                    "the `execution` of {} has a `{member}` and no `steps`",
                    wording::node(pipeline, id)
                ),
            )
            .with_label("nothing below is read as a step: Harness refuses the pipeline")
            .with_help(format!(
                "write the list `steps:` below `execution`, with `- {member}:` as its item"
            ));
        findings.add(finding);
    }
}

/// What stands directly in an `execution` in place of its list.
fn member(tree: &yaml::Tree, execution: yaml::NodeId) -> Option<&'static str> {
    if tree.find(execution, "steps").is_some() {
        return None;
    }
    let mut members = MEMBERS.into_iter();
    members.find(|member| tree.find(execution, member).is_some())
}
