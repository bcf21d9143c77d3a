//! The fields of v1 nodes that are more than texts: kinds, inputs, conditions, uses of templates, barriers.

use pipewright_yaml::{self as yaml, Tree};

use crate::read::fields::{located, mapping, scalar};
use crate::{Barrier, Located, NodeKind, TemplateUse, Variable, When, v1};

/// The key that says what an item is; of several the first of the table.
pub(super) fn kind(tree: &Tree, item: yaml::NodeId, of: NodeKind) -> Option<Located> {
    let mut kinds = v1::kinds(of).iter();
    let entry = kinds.find_map(|key| tree.entry(item, key))?;
    scalar(tree, entry.key)
}

/// The inputs and the variables that a node declares.
pub(super) fn variables(tree: &Tree, node: yaml::NodeId) -> Vec<Variable> {
    let mut variables = inputs(tree, node);
    let written = tree.find(node, "variables");
    variables.extend(
        written
            .into_iter()
            .flat_map(|of| named(tree, of))
            .map(|(name, value)| {
                let is_declaration = tree.is_mapping(value);
                Variable {
                    span: tree.span(value),
                    type_name: located(tree, value, "type"),
                    value: if is_declaration {
                        tree.find(value, "value")
                    } else {
                        Some(value)
                    },
                    default: tree.find(value, "default"),
                    is_given: false,
                    is_input: false,
                    is_masked: false,
                    name,
                }
            }),
    );
    variables
}

/// The inputs that a node or template declares. A run may give any of them another value, but for one that has a
/// `value` and is not asked for while it runs; so a `default` is none of theirs.
pub(super) fn inputs(tree: &Tree, node: yaml::NodeId) -> Vec<Variable> {
    let Some(inputs) = mapping(tree, node, "inputs") else {
        return Vec::new();
    };
    let inputs = named(tree, inputs)
        .into_iter()
        .filter(|(name, _)| &*name.text != "overlay");
    let inputs = inputs.map(|(name, declared)| {
        let is_true =
            |key| tree.find(declared, key).and_then(|value| tree.text(value)) == Some("true");
        let value = tree
            .find(declared, "value")
            .filter(|_| !is_true("execution_input"));
        let is_masked = is_true("mask");
        // What is hidden is a secret, whatever else it is.
        let type_name = located(tree, declared, "type")
            .filter(|type_name| !is_masked || &*type_name.text == "secret");
        Variable {
            span: tree.span(declared),
            type_name,
            value,
            default: None,
            is_given: false,
            is_input: true,
            is_masked,
            name,
        }
    });
    inputs.collect()
}

/// What a mapping or a list of named elements holds, by name.
fn named(tree: &Tree, of: yaml::NodeId) -> Vec<(Located, yaml::NodeId)> {
    let entries = tree.entries(of).iter();
    let entries = entries.filter_map(|entry| Some((scalar(tree, entry.key)?, entry.value)));
    let items = tree.items(of).iter();
    let items = items.filter_map(|&item| Some((located(tree, item, "name")?, item)));
    entries.chain(items).collect()
}

/// The `if` of a node: the whole predicate, to which no status is added.
pub(super) fn when(tree: &Tree, node: yaml::NodeId) -> Option<When> {
    let entry = tree.entry(node, "if")?;
    let condition = located(tree, node, "if")?;
    Some(When {
        key: tree.span(entry.key),
        span: tree.span(entry.value),
        status_key: None,
        status: None,
        status_text: None,
        condition: Some(condition),
        is_whole: true,
    })
}

/// What stands for a node's content below the key of its kind. Its `uses` (`account.build@1.2.0`) holds the version,
/// too.
pub(super) fn template_use(tree: &Tree, item: yaml::NodeId, key: &str) -> Option<TemplateUse> {
    let entry = tree.entry(item, key)?;
    Some(TemplateUse {
        key: tree.span(entry.key),
        span: tree.span(entry.value),
        template_ref: located(tree, entry.value, "uses"),
        version_label: None,
        inputs: tree.find(entry.value, "with"),
    })
}

/// The `barriers` of a pipeline: names.
pub(super) fn barriers(tree: &Tree, body: yaml::NodeId) -> Vec<Barrier> {
    let list = tree.find(body, "barriers");
    let items = list.map_or(&[][..], |list| tree.items(list)).iter();
    let barriers = items.map(|&item| Barrier {
        span: tree.span(item),
        identifier: scalar(tree, item),
        name: None,
    });
    barriers.collect()
}
