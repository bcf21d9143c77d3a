//! `unknown-barrier`

use std::collections::BTreeSet;

use pipewright_model::{NodeKind, Pipeline, YamlVersion};
use pipewright_source::{Applicability, Diagnostic, closest};
use pipewright_yaml::NodeId;

use crate::Rule;
use crate::finding::Findings;
use crate::placeholder::is_filled_in_later;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule = declare!(
    "unknown-barrier",
    Structure per Text,
    Error,
    Check::Text(check),
    Unsafe
);

/// The most barriers that a message lists.
const MOST_LISTED: usize = 8;

/// Among how many barriers the one is sought that was meant.
const MOST_COMPARED: usize = 256;

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    // A line that could not be read may have held a barrier.
    if context.tree().may_lack_names() {
        return;
    }
    for pipeline in context.pipelines() {
        let words = words(pipeline.version);
        let Some(declared) = declared(context, pipeline) else {
            continue;
        };
        let tree = context.tree();
        let named = pipeline.nodes.iter();
        let named = named.filter_map(|node| pipeline.barrier_named_by(tree, node));
        let listed = wording::list(declared.iter().copied(), MOST_LISTED);
        for scalar in named {
            findings.extend(judge(context, words, &declared, &listed, scalar));
        }
    }
}

/// How a format declares barriers.
struct Words {
    /// Where a pipeline declares them.
    list: &'static str,
    /// What an element of that list has to say, at the end of a sentence.
    element: fn(&str) -> String,
}

const fn words(version: YamlVersion) -> &'static Words {
    match version {
        YamlVersion::V0 => &Words {
            list: "flowControl.barriers",
            element: |named| format!(", with `identifier: {named}`"),
        },
        YamlVersion::V1 => &Words {
            list: "barriers",
            element: |named| format!(": `barriers: [{named}]`"),
        },
    }
}

/// The identifiers of the barriers that a pipeline declares; `None` where there may be others: in templates, and where
/// an expression stands for a barrier or for all of them.
fn declared<'a>(context: RuleContext<'a>, pipeline: &'a Pipeline) -> Option<BTreeSet<&'a str>> {
    let root = pipeline.node(Pipeline::ROOT);
    if root.kind != NodeKind::Pipeline || root.template.is_some() {
        return None;
    }
    let tree = context.tree();
    let control = match pipeline.version {
        YamlVersion::V0 => tree.find(root.yaml, "flowControl"),
        YamlVersion::V1 => Some(root.yaml),
    };
    let list = control.and_then(|control| tree.find(control, "barriers"));
    let is_open = |id: Option<NodeId>| {
        id.and_then(|id| tree.text(id))
            .is_some_and(|text| !text.is_empty())
    };
    if is_open(control) || is_open(list) {
        return None;
    }
    let mut declared = BTreeSet::new();
    for barrier in &pipeline.barriers {
        let identifier = &barrier.identifier.as_ref()?.text;
        if pipeline.version.may_hold_expression(identifier) {
            return None;
        }
        declared.insert(&**identifier);
    }
    Some(declared)
}

fn judge(
    context: RuleContext<'_>,
    words: &Words,
    declared: &BTreeSet<&str>,
    listed: &str,
    scalar: NodeId,
) -> Option<Diagnostic> {
    let named = context.tree().text(scalar)?;
    if named.is_empty() || is_filled_in_later(named) || declared.contains(named) {
        return None;
    }
    let mut finding = RULE
        .finding(
            context.tree().span(scalar),
            format!(
                "the pipeline declares no barrier {}",
                wording::quoted(named)
            ),
        )
        .with_label("the step waits for nobody: no barrier of this name is made for the run");
    let compared = (declared.len() <= MOST_COMPARED).then_some(declared);
    if let Some(meant) = closest(named, compared.into_iter().flatten().copied()) {
        finding
            .fixes
            .extend(context.rewrite(scalar, meant, Applicability::Unsafe));
        return Some(finding.with_help(format!("did you mean `{meant}`?")));
    }
    let help = if declared.is_empty() {
        format!(
            "declare it under `{}` of the pipeline{}",
            words.list,
            (words.element)(named)
        )
    } else {
        format!(
            "`{}` declares {listed}; name one of them, or add this one",
            words.list
        )
    };
    Some(finding.with_help(help))
}
