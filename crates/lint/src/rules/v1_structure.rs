//! `v1-structure` (`spec/v1.md` §3, §4)

use pipewright_model::{Node, NodeId, NodeKind, Pipeline, YamlVersion, v1};
use pipewright_source::{Diagnostic, Severity, closest};
use pipewright_yaml::{self as yaml, Entry, Tree};

use crate::Rule;
use crate::finding::Findings;
use crate::placeholder::is_filled_in_later;
use crate::rule::{Check, declare};
use crate::rule_context::RuleContext;
use crate::wording;

pub(crate) const RULE: Rule =
    declare!("v1-structure", Structure, Error, Check::Text(check), Unsafe);

/// Keys that stand beside the kind of an item and are near to one.
const COMMON: [&str; 8] = [
    "id", "if", "name", "desc", "needs", "tags", "env", "timeout",
];

/// Keys that make a stage or a step without a kind one all the same: converters write such ones.
const WITHOUT_KIND: [(NodeKind, &str); 3] = [
    (NodeKind::Stage, "service"),
    (NodeKind::Stage, "environment"),
    (NodeKind::Step, "container"),
];

fn check(context: RuleContext<'_>, findings: &mut Findings) {
    // A line that could not be read may have held the kind.
    if context.tree().recovered() {
        return;
    }
    for pipeline in context
        .pipelines()
        .filter(|pipeline| pipeline.version == YamlVersion::V1)
    {
        for id in pipeline.ids() {
            let node = pipeline.node(id);
            if id != Pipeline::ROOT {
                findings.extend(kind(context, pipeline, id, node));
            }
            findings.extend(strategy(context, pipeline, id, node));
            findings.extend(input_types(context, node));
        }
    }
}

/// An item that is none of the kinds, or several.
fn kind(
    context: RuleContext<'_>,
    pipeline: &Pipeline,
    id: NodeId,
    node: &Node,
) -> Option<Diagnostic> {
    let tree = context.tree();
    let kinds = v1::kinds(node.kind);
    let written = written_of(tree, node.yaml, kinds);
    let noun = wording::kind(node.kind);
    match written.as_slice() {
        [] => {
            let is_stage = node.kind == NodeKind::Stage;
            let mut without = WITHOUT_KIND.iter();
            let is_one = without
                .any(|(kind, key)| node.kind == *kind && tree.find(node.yaml, key).is_some());
            if is_one || is_made_by_template(tree, node) {
                return None;
            }
            let place = context.first_line(tree.span(node.yaml));
            let finding = RULE
                .finding(
                    place,
                    format!(
                        "{} has no key that says what it does",
                        wording::node(pipeline, id)
                    ),
                )
                .with_label(format!("no {noun} of v1 YAML is read without one"));
            Some(match misspelt(tree, node, kinds) {
                Some((written, meant)) => finding.with_help(format!("did you mean `{meant}` for `{written}`?")),
                None if is_stage => finding.with_help("add `steps`, or what else a stage can be: `chain`, `group`, `template` …"),
                None => finding.with_help("add `run`, or what else a step can be: `wait`, `approval`, `group`, `template` …"),
            })
        }
        [_] => None,
        [(key, first), (other_key, second), ..] => {
            let mut finding = RULE
                .finding(
                    tree.span(second.key),
                    format!(
                        "{} is `{key}` and `{other_key}` at once",
                        wording::node(pipeline, id)
                    ),
                )
                .with_label(format!("a {noun} is one thing"))
                .with_help("make two items of it")
                .with_related(tree.span(first.key), "the other one");
            finding.severity = Severity::Warning;
            Some(finding)
        }
    }
}

/// Those of the keys that a mapping has, with where each stands.
fn written_of(
    tree: &Tree,
    mapping: yaml::NodeId,
    keys: &[&'static str],
) -> Vec<(&'static str, Entry)> {
    let keys = keys.iter();
    keys.filter_map(|key| Some((*key, tree.entry(mapping, key)?)))
        .collect()
}

/// Whether a placeholder or a merged mapping may bring the kind.
fn is_made_by_template(tree: &Tree, node: &Node) -> bool {
    let entries = tree.entries(node.yaml);
    entries.is_empty()
        || entries.iter().any(|entry| {
            let key = tree.text(entry.key).unwrap_or_default();
            key == "<<" || is_filled_in_later(key)
        })
}

/// A key of the item that is near a kind, and that kind.
fn misspelt<'t>(
    tree: &'t Tree,
    node: &Node,
    kinds: &[&'static str],
) -> Option<(&'t str, &'static str)> {
    let keys = tree
        .entries(node.yaml)
        .iter()
        .filter_map(|entry| tree.text(entry.key));
    let keys = keys.filter(|key| !COMMON.contains(key));
    let mut meant = keys.filter_map(|key| Some((key, closest(key, kinds.iter().copied())?)));
    meant.next()
}

/// A strategy of several kinds.
fn strategy(
    context: RuleContext<'_>,
    pipeline: &Pipeline,
    id: NodeId,
    node: &Node,
) -> Option<Diagnostic> {
    let tree = context.tree();
    let strategy = tree.find(node.yaml, "strategy").or_else(|| {
        let group = tree
            .find(node.yaml, "group")
            .filter(|_| node.kind == NodeKind::StepGroup)?;
        tree.find(group, "strategy")
    })?;
    let written = written_of(tree, strategy, &v1::STRATEGY_KINDS);
    let [(key, first), (other_key, second), ..] = written.as_slice() else {
        return None;
    };
    let message = format!(
        "the `strategy` of {} has `{key}` and `{other_key}`",
        wording::node(pipeline, id)
    );
    Some(
        RULE.finding(tree.span(second.key), message)
            .with_label("a strategy is one kind of loop")
            .with_help("keep one of them; axes of a `matrix` combine with each other")
            .with_related(tree.span(first.key), "the other one"),
    )
}

/// Inputs of a type that nothing knows.
fn input_types(context: RuleContext<'_>, node: &Node) -> Vec<Diagnostic> {
    let tree = context.tree();
    let inputs = node.variables.iter().filter(|variable| variable.is_input);
    let types = inputs.filter_map(|input| input.type_name.as_ref());
    let unknown = types.filter(|name| {
        let is_known =
            v1::INPUT_TYPES.contains(&&*name.text) || v1::OTHER_INPUT_TYPES.contains(&&*name.text);
        !is_known && !is_filled_in_later(&name.text) && tree.text(name.yaml).is_some()
    });
    let finding = |name: &pipewright_model::Located| {
        let mut finding = RULE
            .finding(
                name.span,
                format!("there is no type of input {}", wording::quoted(&name.text)),
            )
            .with_label("neither the schema nor the documentation knows it");
        finding.severity = Severity::Warning;
        match closest(&name.text, v1::INPUT_TYPES) {
            Some(meant) => {
                finding.fixes.extend(context.rewrite_as_meant(name, meant));
                finding.with_help(format!("did you mean `{meant}`?"))
            }
            None => finding.with_help(format!("write {}", wording::choice(v1::INPUT_TYPES))),
        }
    };
    unknown.map(finding).collect()
}
