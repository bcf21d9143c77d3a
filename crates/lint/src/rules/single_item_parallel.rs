//! `single-item-parallel`

mod unwrapped;

use pipewright_model::{Item, NodeKind, Pipeline};

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "single-item-parallel",
    Structure,
    Info,
    Check::Text(check),
    Safe
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for pipeline in context.pipelines() {
        let sections = pipeline.nodes.iter().flat_map(|node| &node.sections);
        for item in sections.flat_map(|section| &section.items) {
            check_item(context, pipeline, item, findings);
        }
    }
}

/// Looks at a block, also at one inside a placeholder.
fn check_item(context: RuleContext<'_>, pipeline: &Pipeline, item: &Item, findings: &mut Findings) {
    match item {
        Item::Parallel { key, span, items } => {
            let [Item::Node(only)] = items.as_slice() else {
                return;
            };
            // A line that could not be read may have held another member.
            if span.file == context.analysis.file() && context.lacks_lines(span.range) {
                return;
            }
            // With a loop there is more than one of it, and its iterations have settings of their own for how many run
            // at a time.
            let noun = wording::kind(pipeline.node(*only).kind);
            let mut finding = RULE
                .finding(
                    *key,
                    format!(
                        "this parallel block holds one {noun} only: {}",
                        wording::node(pipeline, *only)
                    ),
                )
                .with_label("nothing runs beside it")
                .with_help(match pipeline.node(*only).kind {
                    NodeKind::Stage => {
                        "take the stage out of the block, or add those that shall run beside it"
                    }
                    _ => "take it out of the block, or add the steps that shall run beside it",
                });
            finding.fixes.extend(unwrapped::unwrapped(context, *key));
            findings.add(finding);
        }
        Item::Insert { items, .. } | Item::StageGroup { items, .. } => {
            for item in items {
                check_item(context, pipeline, item, findings);
            }
        }
        Item::Node(_) => {}
    }
}
