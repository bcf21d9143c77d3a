//! `execution-input-not-allowed` (`spec/engine.md` §7.4)

use pipewright_model::{Node, NodeKind, SiteKind};
use pipewright_source::{Applicability, TextRange};
use pipewright_syntax::{ModifierKind, parse_runtime_input};
use pipewright_yaml::NodeId;

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "execution-input-not-allowed",
    Inputs,
    Error,
    Check::Text(check),
    Safe
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for pipeline in context.pipelines() {
        for id in pipeline.ids() {
            let node = pipeline.node(id);
            let values = values_of(node).filter_map(|value| execution_input(context, value));
            for (value, place) in values {
                let name = wording::node(pipeline, id);
                let mut finding = RULE
                    .finding(
                        context.written(value, place),
                        format!("a variable of {name} cannot be asked for during the run"),
                    )
                    .with_label("Harness refuses to run the pipeline")
                    .with_help("ask when the run starts, by `<+input>` without `.executionInput()`, or in the setting of a step that needs it");
                finding.fixes.extend(context.fix(
                    "ask when the run starts",
                    Applicability::Safe,
                    value,
                    &[(place, "")],
                ));
                findings.add(finding);
            }
        }
        let conditions = pipeline
            .sites
            .iter()
            .filter(|site| site.kind == SiteKind::Condition);
        for site in conditions {
            if let Some((value, place)) = execution_input(context, site.yaml) {
                let name = wording::node(pipeline, site.node);
                let finding = RULE
                    .finding(
                        context.written(value, place),
                        format!("the condition of {name} cannot be asked for during the run"),
                    )
                    .with_label("it is read before anybody could be asked")
                    .with_help(
                        "ask when the run starts, by `<+input>` without `.executionInput()`",
                    );
                findings.add(finding);
            }
        }
    }
}

/// The values of the variables that must be known when the run starts: those of pipelines and groups. A stage may ask
/// for its own.
fn values_of(node: &Node) -> impl Iterator<Item = NodeId> {
    let must_be_known = matches!(node.kind, NodeKind::Pipeline | NodeKind::StepGroup);
    let variables = must_be_known.then_some(&node.variables);
    variables
        .into_iter()
        .flatten()
        .filter_map(|variable| variable.value)
}

/// Where a value asks for its answer during the run.
fn execution_input(context: RuleContext<'_>, value: NodeId) -> Option<(NodeId, TextRange)> {
    let input = parse_runtime_input(context.tree().text(value)?)?;
    let mut modifiers = input.modifiers.iter();
    let asked = modifiers.find(|modifier| {
        modifier.kind == ModifierKind::ExecutionInput && modifier.arguments.is_some()
    })?;
    input.marker.map(|_| (value, asked.range))
}
