//! Reads the loops of v1 nodes.

use pipewright_yaml::{self as yaml, Tree};

use crate::read::fields::{located, scalar};
use crate::read::strategy::{axes, strategy_of, times};
use crate::{Strategy, StrategyKind, may_hold_expression, v1};

/// The keys of `matrix` that are no axes.
const MATRIX_SETTINGS: [&str; 3] = ["include", "exclude", "node-name"];

/// The `strategy` of a node. An absent or empty value is no strategy.
pub(super) fn strategy(tree: &Tree, node: yaml::NodeId) -> Option<Strategy> {
    strategy_of(tree, node, kind)
}

/// The loop that several services or environments may make of a stage: one that a single name does not.
pub(super) fn of_targets(tree: &Tree, stage: yaml::NodeId) -> Option<Strategy> {
    let is_one = |value| is_one_target(tree, value);
    let mut targets = ["service", "environment"]
        .iter()
        .filter_map(|key| tree.entry(stage, key));
    let several = targets.find(|entry| !is_one(entry.value))?;
    Some(Strategy {
        key: tree.span(several.key),
        span: tree.span(several.value),
        kind: StrategyKind::Unknown,
    })
}

/// Whether a service or an environment is surely a single one.
fn is_one_target(tree: &Tree, value: yaml::NodeId) -> bool {
    if let Some(name) = scalar(tree, value) {
        return !may_hold_expression(&name.text);
    }
    let is_list = |key| {
        tree.find(value, key)
            .is_some_and(|several| tree.scalar(several).is_none())
    };
    let is_several = ["items", "filters", "deploy-to"].into_iter().any(is_list);
    tree.is_mapping(value) && !is_several && tree.find(value, "group").is_none()
}

fn kind(tree: &Tree, strategy: yaml::NodeId) -> StrategyKind {
    let written = v1::STRATEGY_KINDS
        .iter()
        .filter_map(|key| Some((*key, tree.find(strategy, key)?)));
    let written: Vec<_> = written.collect();
    match written.as_slice() {
        [("matrix", value)] => matrix(tree, *value),
        [("for", value)] if tree.is_mapping(*value) => match tree.find(*value, "iterations") {
            Some(number) if located(tree, *value, "node-name").is_none() => {
                StrategyKind::Parallelism(times(tree, number))
            }
            number => StrategyKind::Repeat {
                times: number.map(|number| times(tree, number)),
                items: None,
                cut: false,
                node_name: located(tree, *value, "node-name"),
            },
        },
        [("repeat", value)] => StrategyKind::Repeat {
            times: tree
                .find(*value, "iterations")
                .map(|number| times(tree, number)),
            items: tree.find(*value, "items"),
            cut: ["start", "end", "partition-size", "unit"]
                .iter()
                .any(|key| tree.find(*value, key).is_some()),
            node_name: located(tree, *value, "node-name"),
        },
        _ => StrategyKind::Unknown,
    }
}

fn matrix(tree: &Tree, value: yaml::NodeId) -> StrategyKind {
    StrategyKind::Matrix {
        axes: axes(tree, value, &MATRIX_SETTINGS),
        exclude: tree.find(value, "exclude"),
        node_name: located(tree, value, "node-name"),
        // `include` adds combinations, also with axes of their own.
        open: !tree.is_mapping(value) || tree.find(value, "include").is_some(),
    }
}
