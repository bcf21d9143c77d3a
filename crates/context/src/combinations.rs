//! The turns of a loop whose values stand in the file (`spec/model.md` §3.5).

use pipewright_model::{Axis, Node, NodeId, StrategyKind};
use pipewright_yaml::{self as yaml, Tree};

use crate::scene::Contents;

/// The most combinations of a matrix that are counted out. Harness itself runs no more than 256.
const MAX_COMBINATIONS: usize = 4_096;

/// One turn as the file tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Written {
    /// The place of each axis' value in its list.
    pub(crate) places: Vec<usize>,
    /// What follows the identifier, where no `nodeName` replaces it.
    pub(crate) postfix: Option<String>,
}

/// Every turn of a node's loop in order; `None` where only a run can count them.
pub(crate) fn turns(contents: &Contents, node: NodeId) -> Option<Vec<Written>> {
    let node = contents.pipeline.node(node);
    let count = |count: usize| (count <= MAX_COMBINATIONS).then(|| numbered(node, count));
    match &node.strategy.as_ref()?.kind {
        StrategyKind::Matrix {
            axes,
            exclude,
            open: false,
            ..
        } => matrix(contents, node, axes, *exclude),
        StrategyKind::Repeat {
            items: Some(items),
            cut: false,
            ..
        } => count(items.len()),
        StrategyKind::Repeat {
            times: Some(times),
            items: None,
            cut: false,
            ..
        }
        | StrategyKind::Parallelism(Some(times)) => count(*times as usize),
        _ => None,
    }
}

/// Whether the instances are called by a text of the file's own, so that suffixes are not numbers.
fn has_node_name(node: &Node) -> bool {
    match node.strategy.as_ref().map(|strategy| &strategy.kind) {
        Some(StrategyKind::Matrix { node_name, .. } | StrategyKind::Repeat { node_name, .. }) => {
            node_name.is_some()
        }
        _ => false,
    }
}

fn numbered(node: &Node, count: usize) -> Vec<Written> {
    let named = has_node_name(node);
    let turn = |index: usize| Written {
        places: Vec::new(),
        postfix: (!named).then(|| format!("_{index}")),
    };
    (0..count).map(turn).collect()
}

/// The combinations in the order of the axes, the last one changing fastest, without the excluded ones.
fn matrix(
    contents: &Contents,
    node: &Node,
    axes: &[Axis],
    exclude: Option<yaml::NodeId>,
) -> Option<Vec<Written>> {
    let tree = &contents.tree;
    if exclude.is_some_and(|exclude| !is_plain_exclude(tree, exclude)) {
        return None;
    }
    let mut combinations: Vec<Vec<usize>> = vec![Vec::new()];
    for axis in axes {
        let values = tree.items(axis.values).len();
        if !tree.is_sequence(axis.values) || combinations.len() * values > MAX_COMBINATIONS {
            return None;
        }
        combinations = combinations
            .into_iter()
            .flat_map(|places| {
                (0..values).map(move |value| {
                    let mut places = places.clone();
                    places.push(value);
                    places
                })
            })
            .collect();
    }
    if let Some(exclude) = exclude {
        combinations.retain(|places| !is_excluded(tree, axes, places, exclude));
    }
    let named = has_node_name(node);
    let written = |places: Vec<usize>| Written {
        postfix: (!named).then(|| postfix(&places)),
        places,
    };
    Some(combinations.into_iter().map(written).collect())
}

/// What follows the identifier of a combination: `_0_2`.
fn postfix(places: &[usize]) -> String {
    let mut postfix = String::new();
    for place in places {
        postfix.push('_');
        postfix.push_str(&place.to_string());
    }
    postfix
}

/// Whether every entry is a mapping of texts without expressions.
fn is_plain_exclude(tree: &Tree, exclude: yaml::NodeId) -> bool {
    let is_plain = |value| tree.text(value).is_some_and(|text| !text.contains("<+"));
    tree.is_sequence(exclude)
        && tree.items(exclude).iter().all(|entry| {
            tree.is_mapping(*entry)
                && tree
                    .entries(*entry)
                    .iter()
                    .all(|entry| is_plain(entry.value))
        })
}

fn is_excluded(tree: &Tree, axes: &[Axis], places: &[usize], exclude: yaml::NodeId) -> bool {
    let value = |axis: &str| {
        let at = axes.iter().position(|known| &*known.name.text == axis)?;
        let item = tree.items(axes[at].values).get(*places.get(at)?)?;
        tree.text(*item)
    };
    tree.items(exclude).iter().any(|entry| {
        let entries = tree.entries(*entry);
        !entries.is_empty()
            && entries.iter().all(|entry| {
                let own = tree.text(entry.key).and_then(value);
                own.is_some() && own == tree.text(entry.value)
            })
    })
}
