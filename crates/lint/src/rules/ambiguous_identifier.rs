//! `ambiguous-identifier`

use foldhash::HashMap;
use pipewright_model::{NodeKind, Pipeline, Section};

use crate::Rule;
use crate::finding::Findings;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "ambiguous-identifier",
    References,
    Warning,
    Check::Text(check)
);

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    for pipeline in context.pipelines() {
        let sections = pipeline.nodes.iter().flat_map(|node| &node.sections);
        for section in sections {
            check_section(pipeline, section, findings);
        }
    }
}

/// The first node of each identifier is kept; a later one of the other kind is the finding. Of the same kind it is
/// another rule's.
fn check_section(pipeline: &Pipeline, section: &Section, findings: &mut Findings) {
    let mut first = HashMap::default();
    for id in section.nodes() {
        let node = pipeline.node(id);
        let Some(identifier) = &node.identifier else {
            continue;
        };
        if identifier.text.contains("<+") {
            continue;
        }
        let (kind, before) = first
            .entry(&*identifier.text)
            .or_insert((node.kind, identifier));
        if *kind == node.kind {
            continue;
        }
        let noun = wording::kind(node.kind);
        let finding = RULE
            .finding(
                identifier.span,
                format!(
                    "{noun} `{}` has the identifier of a {} in the same list",
                    identifier.text,
                    wording::kind(*kind)
                ),
            )
            .with_label(
                "a path with this name reaches both: a list, from which nothing can be read",
            )
            .with_help(match node.kind {
                NodeKind::Step => "give the step another identifier, or the group",
                _ => "give the group another identifier, or the step",
            })
            .with_related(
                before.span,
                format!("the {} `{}`", wording::kind(*kind), before.text),
            );
        findings.add(finding);
    }
}
