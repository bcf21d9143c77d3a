//! The fields of a node that are more than texts: variables, conditions, loops, uses of templates.

use pipewright_yaml::{self as yaml, Resolved, Tree};

use crate::{Axis, Located, NodeKind, Status, Strategy, StrategyKind, TemplateUse, Variable, When};

/// The keys of a condition's status: that of a kind of node first.
const fn status_keys(kind: NodeKind) -> [&'static str; 2] {
    match kind {
        NodeKind::Pipeline | NodeKind::Stage => ["pipelineStatus", "stageStatus"],
        NodeKind::StepGroup | NodeKind::Step => ["stageStatus", "pipelineStatus"],
    }
}

/// The keys of `matrix` that are not axes.
const MATRIX_SETTINGS: [&str; 3] = ["exclude", "nodeName", "maxConcurrency"];

/// The value of `key`, if it is a mapping.
pub(super) fn mapping(tree: &Tree, id: yaml::NodeId, key: &str) -> Option<yaml::NodeId> {
    tree.find(id, key).filter(|&value| tree.is_mapping(value))
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

fn is_null(tree: &Tree, id: yaml::NodeId) -> bool {
    tree.resolve(id) == Some(Resolved::Null)
}

/// The text of a scalar node, and where it stands.
fn scalar(tree: &Tree, id: yaml::NodeId) -> Option<Located> {
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

/// The `variables` of a node that have a name.
pub(super) fn variables(tree: &Tree, node: yaml::NodeId) -> Vec<Variable> {
    let Some(list) = tree.find(node, "variables") else {
        return Vec::new();
    };
    tree.items(list)
        .iter()
        .filter_map(|&item| {
            Some(Variable {
                name: located(tree, item, "name")?,
                type_name: located(tree, item, "type"),
                value: tree.find(item, "value"),
                default: tree.find(item, "default"),
                span: tree.span(item),
            })
        })
        .collect()
}

/// The `when` of a node of that kind, if it is a mapping.
pub(super) fn when(tree: &Tree, node: yaml::NodeId, kind: NodeKind) -> Option<When> {
    let when = mapping(tree, node, "when")?;
    let written = status_keys(kind)
        .iter()
        .find_map(|key| tree.entry(when, key));
    let status_text = written.and_then(|entry| scalar(tree, entry.value));
    Some(When {
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
    })
}

/// The `template` of a node, if it is a mapping.
pub(super) fn template_use(tree: &Tree, node: yaml::NodeId) -> Option<TemplateUse> {
    let template = mapping(tree, node, "template")?;
    Some(TemplateUse {
        span: tree.span(template),
        template_ref: located(tree, template, "templateRef"),
        version_label: located(tree, template, "versionLabel"),
        inputs: tree.find(template, "templateInputs"),
    })
}

/// The `strategy` of a node. An absent or empty value is no strategy.
pub(super) fn strategy(tree: &Tree, node: yaml::NodeId) -> Option<Strategy> {
    let value = tree
        .find(node, "strategy")
        .filter(|&value| !is_null(tree, value))?;
    Some(Strategy {
        span: tree.span(value),
        kind: strategy_kind(tree, value),
    })
}

fn strategy_kind(tree: &Tree, strategy: yaml::NodeId) -> StrategyKind {
    if let Some(value) = tree.find(strategy, "matrix") {
        matrix(tree, value)
    } else if let Some(value) = tree.find(strategy, "repeat") {
        repeat(tree, value)
    } else if let Some(value) = tree.find(strategy, "parallelism") {
        let number = tree.find(value, "times").unwrap_or(value);
        StrategyKind::Parallelism(count(tree, number))
    } else {
        StrategyKind::Unknown
    }
}

fn matrix(tree: &Tree, value: yaml::NodeId) -> StrategyKind {
    let axes = tree.entries(value).iter().filter_map(|entry| {
        let name = scalar(tree, entry.key)?;
        (!MATRIX_SETTINGS.contains(&&*name.text)).then(|| Axis {
            name,
            values: entry.value,
            literal: literal_texts(tree, entry.value)
                .map(|values| values.into_iter().map(|located| located.text).collect()),
        })
    });
    StrategyKind::Matrix {
        axes: axes.collect(),
        exclude: tree.find(value, "exclude"),
        node_name: located(tree, value, "nodeName"),
        open: !tree.is_mapping(value),
    }
}

fn repeat(tree: &Tree, value: yaml::NodeId) -> StrategyKind {
    StrategyKind::Repeat {
        times: tree
            .find(value, "times")
            .and_then(|times| count(tree, times)),
        items: tree
            .find(value, "items")
            .and_then(|items| literal_texts(tree, items)),
        cut: ["start", "end", "partitionSize", "unit"]
            .iter()
            .any(|key| tree.find(value, key).is_some()),
        node_name: located(tree, value, "nodeName"),
    }
}

fn count(tree: &Tree, value: yaml::NodeId) -> Option<u32> {
    tree.text(value)?.trim().parse().ok()
}

/// The items of a list in which every item is a text without expression.
fn literal_texts(tree: &Tree, list: yaml::NodeId) -> Option<Vec<Located>> {
    if !tree.is_sequence(list) {
        return None;
    }
    tree.items(list)
        .iter()
        .map(|&item| scalar(tree, item).filter(|located| !located.text.contains("<+")))
        .collect()
}
