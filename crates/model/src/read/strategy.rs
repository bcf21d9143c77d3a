//! Reads loops.

use pipewright_yaml::{self as yaml, Tree};

use super::fields::{count, is_null, located, scalar};
use crate::{Axis, Strategy, StrategyKind, Times};

/// The keys of `matrix` that are not axes.
const MATRIX_SETTINGS: [&str; 3] = ["exclude", "nodeName", "maxConcurrency"];

/// The `strategy` of a node. An absent or empty value is no strategy.
pub(super) fn strategy(tree: &Tree, node: yaml::NodeId) -> Option<Strategy> {
    strategy_of(tree, node, kind)
}

/// The `strategy` of a node in any format: `kind` reads what it is.
pub(super) fn strategy_of(
    tree: &Tree,
    node: yaml::NodeId,
    kind: fn(&Tree, yaml::NodeId) -> StrategyKind,
) -> Option<Strategy> {
    let yaml::Entry { key, value } = tree
        .entry(node, "strategy")
        .filter(|entry| !is_null(tree, entry.value))?;
    Some(Strategy {
        key: tree.span(key),
        span: tree.span(value),
        kind: kind(tree, value),
    })
}

fn kind(tree: &Tree, strategy: yaml::NodeId) -> StrategyKind {
    if let Some(value) = tree.find(strategy, "matrix") {
        matrix(tree, value)
    } else if let Some(value) = tree.find(strategy, "repeat") {
        repeat(tree, value)
    } else if let Some(value) = tree.find(strategy, "parallelism") {
        let number = tree.find(value, "times").unwrap_or(value);
        StrategyKind::Parallelism(times(tree, number))
    } else {
        StrategyKind::Unknown
    }
}

fn matrix(tree: &Tree, value: yaml::NodeId) -> StrategyKind {
    StrategyKind::Matrix {
        axes: axes(tree, value, &MATRIX_SETTINGS),
        exclude: tree.find(value, "exclude"),
        node_name: located(tree, value, "nodeName"),
        open: !tree.is_mapping(value),
    }
}

/// The axes of a `matrix`: its keys but for those of its settings.
pub(super) fn axes(tree: &Tree, matrix: yaml::NodeId, settings: &[&str]) -> Vec<Axis> {
    let axes = tree.entries(matrix).iter().filter_map(|entry| {
        let name = scalar(tree, entry.key)?;
        (!settings.contains(&&*name.text)).then_some(Axis {
            name,
            values: entry.value,
        })
    });
    axes.collect()
}

fn repeat(tree: &Tree, value: yaml::NodeId) -> StrategyKind {
    StrategyKind::Repeat {
        times: tree.find(value, "times").map(|value| times(tree, value)),
        items: tree.find(value, "items"),
        cut: ["start", "end", "partitionSize", "unit"]
            .iter()
            .any(|key| tree.find(value, key).is_some()),
        node_name: located(tree, value, "nodeName"),
    }
}

pub(super) fn times(tree: &Tree, value: yaml::NodeId) -> Times {
    Times {
        yaml: value,
        literal: count(tree, value),
    }
}
