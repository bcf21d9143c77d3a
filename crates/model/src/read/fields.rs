//! The fields of a node that are more than texts: variables, conditions, uses of templates, barriers.

use pipewright_yaml::{self as yaml, Resolved, Tree};

use crate::{Barrier, Listed, Located, NodeKind, Status, TemplateUse, Variable, When};

/// The keys of a condition's status: that of a kind of node first.
const fn status_keys(kind: NodeKind) -> [&'static str; 2] {
    match kind {
        NodeKind::Pipeline | NodeKind::Stage => ["pipelineStatus", "stageStatus"],
        NodeKind::StepGroup | NodeKind::Step => ["stageStatus", "pipelineStatus"],
    }
}

/// The value of `key`, if it is a mapping.
pub(super) fn mapping(tree: &Tree, id: yaml::NodeId, key: &str) -> Option<yaml::NodeId> {
    mapping_entry(tree, id, key).map(|entry| entry.value)
}

/// `key` with its value, if that is a mapping.
fn mapping_entry(tree: &Tree, id: yaml::NodeId, key: &str) -> Option<yaml::Entry> {
    tree.entry(id, key)
        .filter(|entry| tree.is_mapping(entry.value))
}

/// What is written where a list is expected, each item read with `read`; items it cannot read are left out.
pub(super) fn listed<T>(
    tree: &Tree,
    value: yaml::NodeId,
    read: impl Fn(yaml::NodeId) -> Option<T>,
) -> Listed<T> {
    if tree.is_sequence(value) || is_null(tree, value) {
        return Listed::Items(
            tree.items(value)
                .iter()
                .filter_map(|&item| read(item))
                .collect(),
        );
    }
    scalar(tree, value).map_or_else(|| Listed::Other(tree.span(value)), Listed::Open)
}

/// The value of `key`, if it is a scalar with a text.
pub(super) fn located(tree: &Tree, id: yaml::NodeId, key: &str) -> Option<Located> {
    tree.find(id, key)
        .filter(|&value| !is_null(tree, value))
        .and_then(|value| scalar(tree, value))
        .filter(|located| !located.text.is_empty())
}

/// Whether `key` has a value that says something but is no mapping.
pub(super) fn is_open(tree: &Tree, id: yaml::NodeId, key: &str) -> bool {
    tree.find(id, key)
        .is_some_and(|value| !tree.is_mapping(value) && !is_null(tree, value))
}

/// Whether `key` has a value that says something.
pub(super) fn is_written(tree: &Tree, id: yaml::NodeId, key: &str) -> bool {
    tree.find(id, key)
        .is_some_and(|value| !is_null(tree, value))
}

pub(super) fn is_null(tree: &Tree, id: yaml::NodeId) -> bool {
    tree.resolve(id) == Some(Resolved::Null)
}

/// The text of a scalar node, and where it stands.
pub(super) fn scalar(tree: &Tree, id: yaml::NodeId) -> Option<Located> {
    Some(Located {
        text: tree.text(id)?.into(),
        span: tree.span(id),
        yaml: id,
    })
}

/// The scalars of a list; `None` where `key` is no list.
pub(super) fn texts(tree: &Tree, id: yaml::NodeId, key: &str) -> Option<Vec<Located>> {
    let list = tree.find(id, key).filter(|&list| tree.is_sequence(list))?;
    Some(
        tree.items(list)
            .iter()
            .filter_map(|&item| scalar(tree, item))
            .collect(),
    )
}

/// The `variables` of a node that have a name: its own, then those it gives to the template it uses.
pub(super) fn variables(tree: &Tree, node: yaml::NodeId) -> Vec<Variable> {
    let mut variables = listed_variables(tree, node, false);
    let inputs = mapping_entry(tree, node, "template")
        .and_then(|template| tree.find(template.value, "templateInputs"));
    if let Some(inputs) = inputs {
        variables.extend(listed_variables(tree, inputs, true));
    }
    variables
}

fn listed_variables(tree: &Tree, of: yaml::NodeId, is_given: bool) -> Vec<Variable> {
    let list = tree.find(of, "variables");
    let items = list.map_or(&[][..], |list| tree.items(list)).iter();
    let variables = items.filter_map(|&item| {
        Some(Variable {
            name: located(tree, item, "name")?,
            type_name: located(tree, item, "type"),
            value: tree.find(item, "value"),
            default: tree.find(item, "default"),
            span: tree.span(item),
            is_given,
            is_input: false,
            is_masked: false,
        })
    });
    variables.collect()
}

/// The `when` of a node of that kind, if it is a mapping.
pub(super) fn when(tree: &Tree, node: yaml::NodeId, kind: NodeKind) -> Option<When> {
    let yaml::Entry { key, value: when } = mapping_entry(tree, node, "when")?;
    let written = status_keys(kind)
        .iter()
        .find_map(|key| tree.entry(when, key));
    let status_text = written.and_then(|entry| scalar(tree, entry.value));
    Some(When {
        key: tree.span(key),
        span: tree.span(when),
        status_key: written.and_then(|entry| scalar(tree, entry.key)),
        status: status_text
            .as_ref()
            .and_then(|located| match &*located.text {
                "Success" => Some(Status::Success),
                "Failure" => Some(Status::Failure),
                "All" => Some(Status::All),
                _ => None,
            }),
        status_text,
        condition: located(tree, when, "condition"),
        is_whole: false,
    })
}

/// The `template` of a node, if it is a mapping.
pub(super) fn template_use(tree: &Tree, node: yaml::NodeId) -> Option<TemplateUse> {
    let yaml::Entry {
        key,
        value: template,
    } = mapping_entry(tree, node, "template")?;
    Some(TemplateUse {
        key: tree.span(key),
        span: tree.span(template),
        template_ref: located(tree, template, "templateRef"),
        version_label: located(tree, template, "versionLabel"),
        inputs: tree.find(template, "templateInputs"),
    })
}

/// The `flowControl.barriers` of a pipeline.
pub(super) fn barriers(tree: &Tree, body: yaml::NodeId) -> Vec<Barrier> {
    let list = tree
        .find(body, "flowControl")
        .and_then(|control| tree.find(control, "barriers"));
    let items = list.map_or(&[][..], |list| tree.items(list));
    items
        .iter()
        .map(|&item| Barrier {
            span: tree.span(item),
            identifier: located(tree, item, "identifier"),
            name: located(tree, item, "name"),
        })
        .collect()
}

/// The whole number that a scalar holds.
pub(super) fn count(tree: &Tree, value: yaml::NodeId) -> Option<u32> {
    tree.text(value)?.trim().parse().ok()
}
